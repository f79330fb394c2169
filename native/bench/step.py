#!/usr/bin/env python3
"""Times a training step of the classic or the dcgan preset in PyTorch on the CPU: the peer of `bench --preset NAME`.

Prints one JSON object: milliseconds of each step, their median, and what computed. Needs torch and numpy.
"""
import argparse
import json
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


def classic():
    """Dense networks of 100-256-512-1024-784 and 784-1024-512-256-1, and the noise's width."""
    g, sizes = [], [100, 256, 512, 1024]
    for i, o in zip(sizes, sizes[1:]):
        g += [nn.Linear(i, o), nn.LeakyReLU(0.2)]
    d, sizes = [], [784, 1024, 512, 256]
    for i, o in zip(sizes, sizes[1:]):
        d += [nn.Linear(i, o), nn.LeakyReLU(0.2), nn.Dropout(0.3)]
    return nn.Sequential(*g, nn.Linear(1024, 784), nn.Tanh()), nn.Sequential(*d, nn.Linear(256, 1)), 100


def dcgan():
    """Convolutional networks, 64-32 maps in the generator and 32-64 in the discriminator."""
    g = nn.Sequential(nn.Linear(64, 64 * 49, bias=False), nn.Unflatten(1, (64, 7, 7)), nn.BatchNorm2d(64), nn.ReLU(),
                      nn.ConvTranspose2d(64, 32, 4, 2, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU(),
                      nn.ConvTranspose2d(32, 1, 4, 2, 1), nn.Tanh())
    d = nn.Sequential(nn.Conv2d(1, 32, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(32, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64),
                      nn.LeakyReLU(0.2), nn.Flatten(), nn.Linear(64 * 49, 1))
    return g, d, 64


PRESETS = {"classic": (classic, (784,)), "dcgan": (dcgan, (1, 28, 28))}


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--preset", choices=list(PRESETS), default="classic")
    p.add_argument("--steps", type=int, default=30)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--batch", type=int, default=100)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    build, shape = PRESETS[a.preset]
    g, d, noise = build()
    og, od = (torch.optim.Adam(n.parameters(), lr=2e-4) for n in (g, d))
    data = torch.randint(0, 256, (6000, *shape)).float().div(127.5).sub(1)
    one, zero = torch.ones(a.batch, 1), torch.zeros(a.batch, 1)
    bce, times = F.binary_cross_entropy_with_logits, []
    for i in range(a.steps + 3):
        began = time.perf_counter()
        real = data[torch.randint(0, len(data), (a.batch,))]
        fake = g(torch.randn(a.batch, noise)).detach()
        loss = bce(d(real), one) + bce(d(fake), zero)
        od.zero_grad(); loss.backward(); od.step()
        loss = bce(d(g(torch.randn(a.batch, noise))), one)
        og.zero_grad(); loss.backward(); og.step()
        loss.item()
        if i >= 3:
            times.append(1000 * (time.perf_counter() - began))
    print(json.dumps({"engine": "pytorch " + torch.__version__, "threads": a.threads, "medianMs": sorted(times)[len(times) // 2], "msPerStep": times}))


if __name__ == "__main__":
    main()
