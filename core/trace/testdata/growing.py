"""Progressive growing in PyTorch, for record.py: networks of one resolution, how real images become those of it, and when
the next one comes. Children are named as this project's checkpoints name them. (Karras et al. 2018.)
"""
import math
import torch
from torch import nn
from torch.nn import functional as F


class Equal(nn.Module):
    """A dense or convolution layer whose weights are scaled as it runs."""
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
    def forward(self, x):
        s = torch.sqrt(((x - x.mean(0)) ** 2).mean(0) + 1e-8).mean()
        return torch.cat([x, s.expand(len(x), 1, *x.shape[2:])], 1)


def conv(i, o, k, gain=math.sqrt(2)):
    return Equal((o, i, k, k), gain)


def twice(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")


class Generator(nn.Module):
    def __init__(self, c, stage):
        super().__init__()
        self.stage, w, leak = stage, c["generator"], c["leak"]
        act = lambda *l: [*l, nn.LeakyReLU(leak), PixelNorm()]
        self.base4 = nn.Sequential(Equal((w[0] * 16, c["noise"]), math.sqrt(2) / 4), nn.Unflatten(1, (w[0], 4, 4)), nn.LeakyReLU(leak), PixelNorm(),
                                   *act(conv(w[0], w[0], 3)))
        for k in range(1, stage + 1):
            self.add_module(f"block{4 << k}", nn.Sequential(nn.Upsample(scale_factor=2), *act(conv(w[k - 1], w[k], 3)), *act(conv(w[k], w[k], 3))))
        for k in {max(0, stage - 1), stage}:
            self.add_module(f"image{4 << k}", nn.Sequential(conv(w[k], 1, 1, 1)))

    def forward(self, z, alpha):
        x = self.base4(PixelNorm()(z))
        for k in range(1, self.stage):
            x = getattr(self, f"block{4 << k}")(x)
        k = self.stage
        image = getattr(self, f"image{4 << k}")
        if k == 0:
            return image(x)
        new = image(getattr(self, f"block{4 << k}")(x))
        return (1 - alpha) * twice(getattr(self, f"image{2 << k}")(x)) + alpha * new


class Discriminator(nn.Module):
    def __init__(self, c, stage):
        super().__init__()
        self.stage, w, leak = stage, c["discriminator"][::-1], c["leak"]
        act = lambda *l: [*l, nn.LeakyReLU(leak)]
        for k in {max(0, stage - 1), stage}:
            self.add_module(f"pixels{4 << k}", nn.Sequential(*act(conv(1, w[k], 1))))
        for k in range(1, stage + 1):
            self.add_module(f"block{4 << k}", nn.Sequential(*act(conv(w[k], w[k], 3)), *act(conv(w[k], w[k - 1], 3)), nn.AvgPool2d(2)))
        self.end4 = nn.Sequential(BatchDeviation(), *act(conv(w[0] + 1, w[0], 3)), nn.Flatten(), *act(Equal((w[0], w[0] * 16), math.sqrt(2))), Equal((1, w[0]), 1))

    def forward(self, x, alpha):
        k = self.stage
        seen = getattr(self, f"pixels{4 << k}")(x)
        if k > 0:
            new = getattr(self, f"block{4 << k}")(seen)
            seen = (1 - alpha) * getattr(self, f"pixels{2 << k}")(F.avg_pool2d(x, 2)) + alpha * new
        for j in range(k - 1, 0, -1):
            seen = getattr(self, f"block{4 << j}")(seen)
        return self.end4(seen)


def place(c, images):
    """Stage and fade-in after that many real images."""
    n, last = c["stage_images"], len(c["generator"]) - 1
    if images < n:
        return 0, 1.0
    stage, within = 1 + (images - n) // (2 * n), (images - n) % (2 * n)
    return (last, 1.0) if stage > last else (stage, min(1.0, within / n))


def framed(x, stage, alpha):
    """Images (n, 784) in a frame of black, at the stage's resolution."""
    x = F.avg_pool2d(F.pad(x.reshape(-1, 1, 28, 28), (2, 2, 2, 2), value=-1.0), 32 // (4 << stage))
    return x if stage == 0 else (1 - alpha) * twice(F.avg_pool2d(x, 2)) + alpha * x


class GrowingPlay:
    """One growing GAN in one number type; grow(stage, states) is given what the networks of a stage have fresh."""
    def __init__(self, c, start, dtype):
        self.c, self.dtype, self.images, self.stage, self.alpha = c, dtype, 0, 0, 1.0
        self.g = self.d = None
        self.become(start)

    def become(self, fresh):
        old = [n.state_dict() if n else {} for n in (self.g, self.d)]
        self.g, self.d = Generator(self.c, self.stage).to(self.dtype), Discriminator(self.c, self.stage).to(self.dtype)
        for net, state, before in zip((self.g, self.d), fresh, old):
            net.load_state_dict({k: before.get(k, torch.tensor(v).to(self.dtype)) for k, v in state.items()})
        c = self.c
        rates = dict(betas=(c["beta1"], c["beta2"]), eps=c["eps"])
        self.og = torch.optim.Adam(self.g.parameters(), lr=c["lr_g"], **rates)
        self.od = torch.optim.Adam(self.d.parameters(), lr=c["lr_d"], **rates)

    def fakes(self, z, _):
        """Images (n, 784) as they are shown."""
        x = self.g(z, self.alpha)
        x = F.interpolate(x, scale_factor=32 // x.shape[2], mode="nearest")
        return x[:, :, 2:30, 2:30].reshape(-1, 784)

    def learn_d(self, feed):
        c, x = self.c, framed(feed["real"], self.stage, self.alpha)
        fake = self.g(feed["noise"], self.alpha).detach()
        a, b = self.d(x, self.alpha), self.d(fake, self.alpha)
        eps = feed["epsilon"][:, :, None, None]
        mix = (eps * x + (1 - eps) * fake).requires_grad_()
        slope, = torch.autograd.grad(self.d(mix, self.alpha).sum(), mix, create_graph=True)
        loss = b.mean() - a.mean() + c["gp_weight"] * ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean() + c["drift"] * (a ** 2).mean()
        self.od.zero_grad()
        loss.backward()
        self.od.step()
        return float(loss)

    def learn_g(self, z, *_):
        loss = -self.d(self.g(z, self.alpha), self.alpha).mean()
        self.og.zero_grad()
        loss.backward()
        self.og.step()
        return float(loss)

    def after(self, fresh):
        """The end of a step: fresh gives the weights of a stage's networks."""
        self.images += self.c["batch"] * self.c["d_steps"]
        stage, self.alpha = place(self.c, self.images)
        if stage != self.stage:
            self.stage = stage
            self.become(fresh(stage))
