#!/usr/bin/env python3
"""Records runs of PyTorch as traces of the form gan-trace-1, for what the older traces do not hold: other losses, norms,
label modes, residual networks, growing ones and augmentation. One table row is one file; native/pytorch/ganvas.py plays them.

    python record.py OUTDIR [NAME ...]

Needs torch 2.1, numpy, safetensors, and the digits, which the go command fetches.
"""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "native" / "pytorch"))
import ganvas
import numpy as np
import torch

SMALL = dict(conditional=False, label_mode="onehot", norm="auto", noise=8, leak=0.2, dropout=0.0, label_smoothing=0.0, lr_g=2e-4, lr_d=2e-4,
             beta1=0.5, beta2=0.999, eps=1e-8, gp_weight=10.0, d_steps=1, batch=8, steps=6)
MLP = dict(arch="mlp", generator=[12, 16], discriminator=[16, 12])
CONV = dict(arch="dcgan", generator=[6, 4], discriminator=[4, 6])
RES = dict(arch="sngan", generator=[6, 4, 3], discriminator=[3, 4, 6], leak=0.0)
# Rates at which blocks that begin at zero count for something at the end.
MODERN = dict(arch="r3gan", loss="r3gan", generator=[6, 4, 3], discriminator=[3, 4, 6], beta1=0.0, beta2=0.99, gp_weight=1.0, batch=6, lr_g=5e-3, lr_d=5e-3)
# Wide enough that convolutions are not computed as their definition reads.
WIDE = dict(generator=[32, 10], discriminator=[10, 33], steps=4)
# A bias whose gradient is nothing but rounding, such as one before BatchNorm, moves by whole steps under Adam with a tiny eps.
CALM = dict(eps=1e-4)
RUNS = {
    "mlp-r1-layer-norm": {**SMALL, **MLP, "loss": "r1", "norm": "layer", "gp_weight": 1.0},
    "mlp-minimax": {**SMALL, **MLP, "loss": "minimax", "label_smoothing": 0.1, **CALM},
    "mlp-relativistic": {**SMALL, **MLP, "loss": "relativistic", "beta1": 0.9, **CALM},
    "mlp-r3gan": {**SMALL, **MLP, "loss": "r3gan", "gp_weight": 1.0, "d_steps": 2, **CALM},
    "dcgan-conditional-r3gan": {**SMALL, **CONV, "loss": "r3gan", "conditional": True, **CALM},
    "dcgan-auxiliary-bce": {**SMALL, **CONV, "loss": "bce", "conditional": True, "label_mode": "auxiliary"},
    "dcgan-spectral-projection-hinge": {**SMALL, **CONV, "loss": "hinge", "norm": "spectral", "conditional": True, "label_mode": "projection", "d_steps": 2},
    "sngan-projection-hinge": {**SMALL, **RES, "loss": "hinge", "conditional": True, "label_mode": "projection", **CALM},
    "sngan-wgan-gp": {**SMALL, **RES, "loss": "wgan-gp", **CALM},
    "dcgan-wide-bce": {**SMALL, **CONV, **WIDE, "loss": "bce"},
    "dcgan-wide-spectral-wgan-gp": {**SMALL, **CONV, **WIDE, "loss": "wgan-gp", "norm": "spectral", "batch": 6, "d_steps": 2, **CALM},
    "sngan-wide-wgan-gp": {**SMALL, **RES, **WIDE, "generator": [32, 33, 8], "discriminator": [8, 32, 33], "loss": "wgan-gp", "batch": 9, "steps": 2, **CALM},
    "sngan-deep-colour-hinge": {**SMALL, **RES, "generator": [5, 4, 3, 3], "discriminator": [3, 4, 5, 6], "loss": "hinge", "batch": 6, "steps": 4, "sample": [3, 32, 16], **CALM},
    "r3gan": {**SMALL, **MODERN, "steps": 4, **CALM},
    "r3gan-conditional-colour": {**SMALL, **MODERN, "generator": [5, 4, 4, 3], "discriminator": [3, 3, 4, 5], "conditional": True, "label_mode": "projection", "d_steps": 2,
                                 "sample": [3, 16, 24], "steps": 4, **CALM},
    "mlp-packed-wgan-gp": {**SMALL, **MLP, "loss": "wgan-gp", "packing": 2, "sample": [1, 8, 8], **CALM},
    "dcgan-packed-r3gan-colour": {**SMALL, **CONV, "loss": "r3gan", "packing": 3, "batch": 9, "gp_weight": 1.0, "sample": [3, 8, 12], "steps": 4, **CALM},
    "mlp-hinge-r1-r2": {**SMALL, **MLP, "loss": "hinge", "r1_weight": 0.5, "r2_weight": 2.0, "sample": [1, 8, 8], **CALM},
    "progressive-wgan-gp": {**SMALL, "arch": "progressive", "loss": "wgan-gp", "generator": [14, 12, 10], "discriminator": [10, 12, 14], "beta1": 0.0, "beta2": 0.99,
                    "drift": 1e-3, "stage_images": 16, "steps": 12, "lr_g": 1e-3, "lr_d": 1e-3, "eps": 1e-2},
    "dcgan-augment-bce": {**SMALL, **CONV, "loss": "bce", "augment": "all"},
    "dcgan-augment-colour": {**SMALL, **CONV, "loss": "r3gan", "gp_weight": 1.0, "augment": "all", "augment_p": 0.7, "sample": [3, 16, 12], **CALM},
    "mlp-augment-wgan-gp": {**SMALL, **MLP, "loss": "wgan-gp", "augment": "all", "d_steps": 2, **CALM},
    "mlp-augment-relativistic": {**SMALL, **MLP, "loss": "relativistic", "augment": "all", "conditional": True, "steps": 4, **CALM},
}


def shaped(digits, shape):
    """Digits cut or framed to a shape; each channel is another digit, so that pictures have colours."""
    channels, h, w = shape
    x = np.zeros((1000, *shape), np.uint8)
    for k in range(channels):
        part = digits.values[977 * k:977 * k + 1000].reshape(-1, 28, 28)[:, max(0, 28 - h) // 2:, max(0, 28 - w) // 2:][:, :h, :w]
        top, left = (h - part.shape[1]) // 2, (w - part.shape[2]) // 2
        x[:, k, top:top + part.shape[1], left:left + part.shape[2]] = part
    return ganvas.Samples(x.reshape(1000, -1), digits.labels[:1000], shape)


if __name__ == "__main__":
    out, names = sys.argv[1], sys.argv[2:]
    torch.set_num_threads(1)
    digits = ganvas.samples("mnist", None)
    for name in names or RUNS:
        recipe = dict(RUNS[name])
        steps = recipe.pop("steps")
        shape = recipe.pop("sample", None)
        print(name, ganvas.record(name, recipe, shaped(digits, shape) if shape else digits, out, steps))
