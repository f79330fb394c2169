#!/usr/bin/env python3
"""Records runs of PyTorch as traces of the form gan-trace-1, for what the older traces do not hold: other losses, norms,
label modes, residual networks, growing ones and augmentation. One table row is one file; networks are nn.Modules whose state_dict has the names that
this project's checkpoints have.

    python record.py IMAGES.gz LABELS.gz OUTDIR [NAME ...]

Needs torch 2.1, numpy, safetensors.
"""
import gzip, json, os, sys
from growing import Discriminator, Generator, GrowingPlay
import numpy as np, torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm
from safetensors.numpy import save_file

SMALL = dict(conditional=False, label_mode="onehot", norm="auto", noise=8, leak=0.2, dropout=0.0, label_smoothing=0.0, lr_g=2e-4, lr_d=2e-4,
             beta1=0.5, beta2=0.999, eps=1e-8, gp_weight=10.0, d_steps=1, batch=8, steps=6)
MLP = dict(arch="mlp", generator=[12, 16], discriminator=[16, 12])
CONV = dict(arch="dcgan", generator=[6, 4], discriminator=[4, 6])
RES = dict(arch="sngan", generator=[6, 4, 3], discriminator=[3, 4, 6], leak=0.0)
# Wide enough that convolutions are not computed as their definition reads.
WIDE = dict(generator=[32, 10], discriminator=[10, 33], steps=4)
# A bias whose gradient is nothing but rounding, such as one before BatchNorm, moves by whole steps under Adam with a tiny eps.
CALM = dict(eps=1e-4)
RUNS = {
    "mlp-r1-layer-norm": {**SMALL, **MLP, "loss": "r1", "norm": "layer", "gp_weight": 1.0},
    "mlp-relativistic": {**SMALL, **MLP, "loss": "relativistic", "beta1": 0.9, **CALM},
    "dcgan-auxiliary-bce": {**SMALL, **CONV, "loss": "bce", "conditional": True, "label_mode": "auxiliary"},
    "dcgan-spectral-projection-hinge": {**SMALL, **CONV, "loss": "hinge", "norm": "spectral", "conditional": True, "label_mode": "projection", "d_steps": 2},
    "sngan-projection-hinge": {**SMALL, **RES, "loss": "hinge", "conditional": True, "label_mode": "projection", **CALM},
    "sngan-wgan-gp": {**SMALL, **RES, "loss": "wgan-gp", **CALM},
    "dcgan-wide-bce": {**SMALL, **CONV, **WIDE, "loss": "bce"},
    "dcgan-wide-spectral-wgan-gp": {**SMALL, **CONV, **WIDE, "loss": "wgan-gp", "norm": "spectral", "batch": 6, "d_steps": 2, **CALM},
    "sngan-wide-wgan-gp": {**SMALL, **RES, **WIDE, "generator": [32, 33, 8], "discriminator": [8, 32, 33], "loss": "wgan-gp", "batch": 9, "steps": 2, **CALM},
    "progressive-wgan-gp": {**SMALL, "arch": "progressive", "loss": "wgan-gp", "generator": [14, 12, 10], "discriminator": [10, 12, 14], "beta1": 0.0, "beta2": 0.99,
                    "drift": 1e-3, "stage_images": 16, "steps": 12, "lr_g": 1e-3, "lr_d": 1e-3, "eps": 1e-2},
    "dcgan-augment-bce": {**SMALL, **CONV, "loss": "bce", "augment": "all"},
    "mlp-augment-wgan-gp": {**SMALL, **MLP, "loss": "wgan-gp", "augment": "all", "d_steps": 2, **CALM},
    "mlp-augment-relativistic": {**SMALL, **MLP, "loss": "relativistic", "augment": "all", "conditional": True, "steps": 4, **CALM},
}


class Both(nn.Module):
    """Two ways from the same input, added up."""
    def __init__(self, main, skip):
        super().__init__()
        self.main, self.skip = nn.Sequential(*main), nn.Sequential(*skip)

    def forward(self, x):
        return self.main(x) + self.skip(x)


class Labelled(nn.Module):
    """A label's row of a table times the sample."""
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(10, width))

    def forward(self, x):
        return (self.weight[Labelled.now] * x).sum(1, keepdim=True)


class SumPool(nn.Module):
    def forward(self, x):
        return x.sum((2, 3), keepdim=True)


def keep(m):
    return m


def augmented(x, u):
    """Images (n, 784) in other light, moved, and with a square cut out, as their rows of six numbers in [0, 1) say."""
    if u is None:
        return x
    u = u.numpy()
    light, contrast = (torch.tensor(v[:, None]).to(x.dtype) for v in (u[:, 0] - np.float32(0.5), u[:, 1] + np.float32(0.5)))
    x = contrast * x + (1 - contrast) * x.mean(1, keepdim=True) + light
    rows = []
    for image, row in zip(x.reshape(-1, 28, 28), u):
        across, down = (int(v * np.float32(9)) - 4 for v in row[2:4])
        moved = F.pad(image, (4, 4, 4, 4), value=-1.0)[4 - down:32 - down, 4 - across:32 - across]
        left, top = (int(v * np.float32(29)) - 7 for v in row[4:6])
        hole = torch.zeros(28, 28, dtype=torch.bool)
        hole[max(0, top):top + 14, max(0, left):left + 14] = True
        rows.append(torch.where(hole, torch.full_like(moved, -1.0), moved))
    return torch.stack(rows).reshape(-1, 784)


def discriminator_head(c, width, under):
    verdict = under(nn.Linear(width, 11 if c["label_mode"] == "auxiliary" else 1))
    return Both([verdict], [under(Labelled(width))]) if c["label_mode"] == "projection" else verdict


def networks(c):
    onehot = 10 if c["conditional"] else 0
    seen = 10 if c["conditional"] and c["label_mode"] == "onehot" else 0
    g, d, leak = c["generator"], c["discriminator"], c["leak"]
    spectral = c["norm"] == "spectral" or c["arch"] == "sngan" and c["norm"] == "auto"
    under = spectral_norm if spectral else keep
    if c["arch"] == "mlp":
        up, last = [], c["noise"] + onehot
        normed = c["norm"] != "auto"
        for w in g:
            up += [nn.Linear(last, w, bias=not normed)] + ([nn.BatchNorm1d(w)] if normed else []) + [nn.LeakyReLU(leak)]
            last = w
        down, last2 = [], 784 + seen
        for i, w in enumerate(d):
            down += [nn.Linear(last2, w)] + ([nn.LayerNorm(w)] if c["norm"] == "layer" and i else []) + [nn.LeakyReLU(leak), nn.Dropout(0.0)]
            last2 = w
        return nn.Sequential(*up, nn.Linear(last, 784), nn.Tanh()), nn.Sequential(*down, discriminator_head(c, last2, under))
    if c["arch"] == "dcgan":
        up = [nn.Linear(c["noise"] + onehot, g[0] * 49, bias=False), nn.Unflatten(1, (g[0], 7, 7)), nn.BatchNorm2d(g[0]), nn.ReLU(),
              nn.ConvTranspose2d(g[0], g[1], 4, 2, 1, bias=False), nn.BatchNorm2d(g[1]), nn.ReLU(), nn.ConvTranspose2d(g[1], 1, 4, 2, 1), nn.Tanh()]
        batch = [] if spectral else [nn.BatchNorm2d(d[1])]
        down = [under(nn.Conv2d(1 + seen, d[0], 4, 2, 1)), nn.LeakyReLU(leak), under(nn.Conv2d(d[0], d[1], 4, 2, 1, bias=spectral)), *batch,
                nn.LeakyReLU(leak), nn.Flatten(), discriminator_head(c, d[1] * 49, under)]
        return nn.Sequential(*up), nn.Sequential(*down)

    def growing(i, o):
        return Both([nn.BatchNorm2d(i), nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv2d(i, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU(),
                     nn.Conv2d(o, o, 3, 1, 1)], [nn.Upsample(scale_factor=2), nn.Conv2d(i, o, 1)])

    def conv(i, o, k):
        return under(nn.Conv2d(i, o, k, 1, k // 2))

    up = [nn.Linear(c["noise"] + onehot, g[0] * 49), nn.Unflatten(1, (g[0], 7, 7)), growing(g[0], g[1]), growing(g[1], g[2]), nn.BatchNorm2d(g[2]), nn.ReLU(),
          nn.Conv2d(g[2], 1, 3, 1, 1), nn.Tanh()]
    half = [nn.AvgPool2d(2)]
    down = [Both([conv(1 + seen, d[0], 3), nn.ReLU(), conv(d[0], d[0], 3), *half], [*half, conv(1 + seen, d[0], 1)]),
            Both([nn.ReLU(), conv(d[0], d[1], 3), nn.ReLU(), conv(d[1], d[1], 3), *half], [conv(d[0], d[1], 1), *half]),
            Both([nn.ReLU(), conv(d[1], d[2], 3), nn.ReLU(), conv(d[2], d[2], 3)], [conv(d[1], d[2], 1)]),
            nn.ReLU(), SumPool(), nn.Flatten(), discriminator_head(c, d[2], under)]
    return nn.Sequential(*up), nn.Sequential(*down)


class Play:
    """One GAN in one number type."""
    def __init__(self, c, start, dtype):
        self.c = c
        self.g, self.d = (n.to(dtype) for n in networks(c))
        for net, state in zip((self.g, self.d), start):
            net.load_state_dict({k: torch.tensor(v) for k, v in state.items()})
        rates = dict(betas=(c["beta1"], c["beta2"]), eps=c["eps"])
        self.og = torch.optim.Adam(self.g.parameters(), lr=c["lr_g"], **rates)
        self.od = torch.optim.Adam(self.d.parameters(), lr=c["lr_d"], **rates)

    def fakes(self, z, label):
        if label is not None:
            z = torch.cat([z, F.one_hot(label, 10).to(z.dtype)], 1)
        return self.g(z).reshape(-1, 784)

    def judge(self, x, label, u=None):
        x = augmented(x, u)
        Labelled.now = label
        if self.c["arch"] != "mlp":
            x = x.reshape(-1, 1, 28, 28)
        if label is not None and self.c["label_mode"] == "onehot":
            hot = F.one_hot(label, 10).to(x.dtype)
            x = torch.cat([x, hot if x.dim() == 2 else hot[:, :, None, None].expand(-1, -1, 28, 28)], 1)
        y = self.d(x)
        named = F.cross_entropy(y[:, 1:], label) if y.shape[1] > 1 else 0.0
        return y[:, 0], named

    def learn_d(self, feed):
        x, z, label, asked, eps = (feed.get(k) for k in ("real", "noise", "label", "fake_label", "epsilon"))
        u = [feed.get("augment_" + k) for k in ("real", "fake", "penalty")]
        fake = self.fakes(z, asked).detach()
        (a, an), (b, bn) = self.judge(x, label, u[0]), self.judge(fake, asked, u[1])
        c, one, zero = self.c, torch.ones(len(a), dtype=x.dtype), torch.zeros(len(a), dtype=x.dtype)
        bce = F.binary_cross_entropy_with_logits
        if c["loss"] == "hinge":
            loss = F.relu(1 - a).mean() + F.relu(1 + b).mean()
        elif c["loss"] == "relativistic":
            loss = bce(a - b.mean(), one) + bce(b - a.mean(), zero)
        elif c["loss"] == "wgan-gp":
            mix = (eps * x + (1 - eps) * fake).requires_grad_()
            slope, = torch.autograd.grad(self.judge(mix, label, u[2])[0].sum(), mix, create_graph=True)
            loss = b.mean() - a.mean() + c["gp_weight"] * ((slope.norm(dim=1) - 1) ** 2).mean()
        else:
            loss = bce(a, one) + bce(b, zero)
        if c["loss"] == "r1":
            at = x.clone().requires_grad_()
            slope, = torch.autograd.grad(self.judge(at, label, u[2])[0].sum(), at, create_graph=True)
            loss = loss + c["gp_weight"] / 2 * (slope ** 2).sum(1).mean()
        loss = loss + an + bn
        self.od.zero_grad()
        loss.backward()
        self.od.step()
        return float(loss)

    def learn_g(self, z, asked, x, label, u):
        fake = self.fakes(z, asked)
        c, one, bce = self.c, torch.ones(len(z), dtype=z.dtype), F.binary_cross_entropy_with_logits
        if c["loss"] == "relativistic":
            a, _ = self.judge(x, label, u[0])
        b, bn = self.judge(fake, asked, u[1])
        if c["loss"] == "relativistic":
            loss = bce(b - a.mean(), one) + bce(a - b.mean(), 0 * one)
        elif c["loss"] in ("hinge", "wgan-gp"):
            loss = -b.mean()
        else:
            loss = bce(b, one)
        loss = loss + bn
        self.og.zero_grad()
        loss.backward()
        self.og.step()
        return float(loss)

    def after(self, _):
        pass


def record(name, c, pictures, digits, out):
    torch.manual_seed(sum(map(ord, name)))
    growing = c["arch"] == "progressive"
    state = lambda nets: [{k: v.detach().numpy().copy() for k, v in n.state_dict().items()} for n in nets]
    fresh = {k: state((Generator(c, k), Discriminator(c, k))) for k in range(len(c["generator"]))} if growing else {}
    start = fresh[0] if growing else state(networks(c))
    t = {f"init/{who}.{k}": v for who, s in zip(("generator", "discriminator"), start) for k, v in s.items()}
    t.update({f"stage/{stage}/{who}.{k}": v for stage, both in fresh.items() if stage for who, s in zip(("generator", "discriminator"), both) for k, v in s.items()})
    kind = GrowingPlay if growing else Play
    plays = kind(c, start, torch.float64), kind(c, start, torch.float32)
    n, apart = c["batch"], 0.0
    for i in range(c["steps"]):
        feeds = []
        for j in range(c["d_steps"]):
            rows = torch.randint(0, len(pictures), (n,)).numpy()
            feed = dict(real=torch.tensor(pictures[rows]).float() / 127.5 - 1, noise=torch.randn(n, c["noise"]))
            if c["conditional"]:
                feed.update(label=torch.tensor(digits[rows].astype(np.int64)), fake_label=torch.randint(0, 10, (n,)))
            if c["loss"] == "wgan-gp":
                feed["epsilon"] = torch.rand(n, 1)
            if "augment" in c:
                feed.update({"augment_" + k: torch.rand(n, 6) for k in ("real", "fake", "penalty")})
            t.update({f"step/{i}/d/{j}/{k}": v.numpy() for k, v in feed.items()})
            feeds.append(feed)
        z, asked = torch.randn(n, c["noise"]), torch.randint(0, 10, (n,)) if c["conditional"] else None
        t[f"step/{i}/g/noise"] = z.numpy()
        if asked is not None:
            t[f"step/{i}/g/fake_label"] = asked.numpy()
        u = [torch.rand(n, 6), torch.rand(n, 6)] if "augment" in c else [None, None]
        t.update({f"step/{i}/g/augment_{k}": v.numpy() for k, v in zip(("real", "fake"), u) if v is not None})
        losses = []
        for p, kind in zip(plays, (torch.float64, torch.float32)):
            cast = lambda k, v: v if k.startswith("augment") or v.dtype == torch.int64 else v.to(kind)
            row = [p.learn_d({k: cast(k, v) for k, v in f.items()}) for f in feeds]
            losses.append(row + [p.learn_g(z.to(kind), asked, feeds[-1]["real"].to(kind), feeds[-1].get("label"), u)])
            p.after(fresh.get)
        t[f"step/{i}/loss"] = np.array(losses[0])
        apart = max(apart, float(np.abs(np.subtract(*losses)).max()))
    worst = 0.0
    for who in ("generator", "discriminator"):
        exact, rough = (getattr(p, who[0]).state_dict() for p in plays)
        for k, v in exact.items():
            t[f"final/{who}.{k}"] = v.numpy()
            if v.is_floating_point():
                worst = max(worst, float((v - rough[k].double()).abs().max()))
    plays[0].g.eval()
    z, asked = torch.randn(8, c["noise"]), torch.arange(8) if c["conditional"] else None
    t["eval/noise"] = z.numpy()
    if asked is not None:
        t["eval/label"] = asked.numpy()
    with torch.no_grad():
        t["eval/images"] = plays[0].fakes(z.double(), asked).numpy()
    meta = dict(format="gan-trace-1", config=json.dumps(c), float32_error=json.dumps(dict(loss=apart, weights=worst)), torch=torch.__version__)
    save_file({k: np.ascontiguousarray(v) for k, v in t.items()}, os.path.join(out, name + ".safetensors"), metadata=meta)
    print(name, meta["float32_error"])


if __name__ == "__main__":
    images, labels, out = sys.argv[1:4]
    torch.set_num_threads(1)
    pictures = np.frombuffer(gzip.open(images).read(), np.uint8, offset=16).reshape(-1, 784)
    digits = np.frombuffer(gzip.open(labels).read(), np.uint8, offset=8)
    for name in sys.argv[4:] or RUNS:
        record(name, RUNS[name], pictures, digits, out)
