"""Generators as people write them in PyTorch, saved in the ways in which they save them.

    python generators.py make DIR [NAME …]    NAME.pth of each, or of those, and cases.json: the settings that its weights do not tell
    python generators.py check DIR     holds NAME.x.npy, made of the noise NAME.z.npy (and NAME.y, the label of all), against PyTorch
    python generators.py taken DIR     holds what NAME became with more training here, NAME.safetensors, against NAME.x.npy in the script's own network
    python generators.py bad DIR       files that must be refused, each named after words of the sentence that says so, and what is in parentheses
"""
import collections, json, os, sys, warnings, zipfile

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

torch.set_num_threads(1)


def trained(net, *inputs):
    """Weights and running statistics that are no fresh network's."""
    with torch.no_grad():
        for p in net.parameters():
            if p.dim() == 1:
                p.add_(0.1 * torch.randn_like(p))
    net.train()
    for _ in range(40):
        net(*[i() for i in inputs])
    return net.eval()


def z(n, *more):
    return lambda: torch.randn(64, n, *more)


def labels():
    return torch.randint(0, 10, (64,))


class Dense(nn.Module):  # the textbook's
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(20, 32), nn.Linear(32, 64), nn.Linear(64, 784)

    def forward(self, x):
        x = F.leaky_relu(self.fc1(x), 0.2)
        return torch.tanh(self.fc3(F.leaky_relu(self.fc2(x), 0.2)))


class NormsLast(nn.Module):  # defined behind all dense layers
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.out = nn.Linear(16, 24), nn.Linear(24, 48), nn.Linear(48, 784)
        self.bn1, self.bn2 = nn.BatchNorm1d(24), nn.BatchNorm1d(48)

    def forward(self, x):
        x = F.relu(self.bn1(self.fc1(x)))
        return torch.sigmoid(self.out(F.relu(self.bn2(self.fc2(x)))))


class Blocks(nn.Module):  # BatchNorm's second argument is its eps, as many have it by mistake
    def __init__(self):
        super().__init__()
        def block(i, o, norm=True):
            return [nn.Linear(i, o)] + ([nn.BatchNorm1d(o, 0.8)] if norm else []) + [nn.LeakyReLU(0.2, inplace=True)]
        self.model = nn.Sequential(*block(100, 32, False), *block(32, 64), *block(64, 96), nn.Linear(96, 784), nn.Tanh())

    def forward(self, x):
        return self.model(x)


class Deconvs(nn.Module):
    def __init__(self, layers, n):
        super().__init__()
        self.n, self.main = n, nn.Sequential(*layers)

    def forward(self, x):
        return self.main(x.view(-1, self.n, 1, 1))


def dcgan(channels=1):
    return Deconvs([nn.ConvTranspose2d(24, 32, 4, 1, 0, bias=False), nn.BatchNorm2d(32), nn.ReLU(True), nn.ConvTranspose2d(32, 16, 4, 2, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(True),
                    nn.ConvTranspose2d(16, 12, 4, 2, 1, bias=False), nn.BatchNorm2d(12), nn.ReLU(True), nn.ConvTranspose2d(12, channels, 4, 2, 1, bias=False), nn.Tanh()], 24)


def mnist_28():
    return Deconvs([nn.ConvTranspose2d(20, 16, 4, 1, 0), nn.BatchNorm2d(16), nn.ReLU(), nn.ConvTranspose2d(16, 12, 3, 2, 1), nn.BatchNorm2d(12), nn.ReLU(),
                    nn.ConvTranspose2d(12, 8, 4, 2, 1), nn.BatchNorm2d(8), nn.ReLU(), nn.ConvTranspose2d(8, 1, 4, 2, 1), nn.Tanh()], 20)


def cropped():  # 32×32, of which the last layer's padding leaves 28×28
    return Deconvs([nn.ConvTranspose2d(24, 32, 4, 1, 0, bias=False), nn.BatchNorm2d(32), nn.ReLU(True), nn.ConvTranspose2d(32, 16, 4, 2, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(True),
                    nn.ConvTranspose2d(16, 12, 4, 2, 1, bias=False), nn.BatchNorm2d(12), nn.ReLU(True), nn.ConvTranspose2d(12, 8, 4, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(True),
                    nn.ConvTranspose2d(8, 1, 1, 1, 2, bias=False), nn.Tanh()], 24)


def course():
    def block(i, o, k, s, last=False):
        return nn.Sequential(nn.ConvTranspose2d(i, o, k, s), nn.Tanh()) if last else nn.Sequential(nn.ConvTranspose2d(i, o, k, s), nn.BatchNorm2d(o), nn.ReLU(inplace=True))
    return Deconvs([block(16, 24, 3, 2), block(24, 16, 4, 1), block(16, 8, 3, 2), block(8, 1, 4, 2, True)], 16)


class Padded(nn.Module):  # output_padding
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(12, 7 * 7 * 16), nn.ReLU(), nn.Unflatten(1, (16, 7, 7)), nn.ConvTranspose2d(16, 8, 5, 2, 2, output_padding=1), nn.BatchNorm2d(8), nn.ReLU(),
                                 nn.ConvTranspose2d(8, 1, 3, 2, 1, output_padding=1), nn.Sigmoid())

    def forward(self, x):
        return self.net(x)


class Upsampled(nn.Module):
    def __init__(self):
        super().__init__()
        self.l1 = nn.Sequential(nn.Linear(30, 16 * 64))
        self.conv_blocks = nn.Sequential(nn.BatchNorm2d(16), nn.Upsample(scale_factor=2), nn.Conv2d(16, 16, 3, stride=1, padding=1), nn.BatchNorm2d(16, 0.8), nn.LeakyReLU(0.2),
                                         nn.Upsample(scale_factor=2), nn.Conv2d(16, 8, 3, stride=1, padding=1), nn.BatchNorm2d(8, 0.8), nn.LeakyReLU(0.2), nn.Conv2d(8, 3, 3, stride=1, padding=1), nn.Tanh())

    def forward(self, x):
        return self.conv_blocks(self.l1(x).view(-1, 16, 8, 8))


class Embedded(nn.Module):
    def __init__(self, first, e=10, deconv=False):
        super().__init__()
        self.first, self.deconv = first, deconv
        self.label_emb = nn.Embedding(10, e)
        self.model = nn.Sequential(nn.Linear(24 + e, 48), nn.LeakyReLU(0.2), nn.Linear(48, 784), nn.Tanh()) if not deconv else nn.Sequential(
            nn.ConvTranspose2d(24 + e, 12, 7, 1, 0), nn.BatchNorm2d(12), nn.ReLU(), nn.ConvTranspose2d(12, 8, 4, 2, 1), nn.BatchNorm2d(8), nn.ReLU(), nn.ConvTranspose2d(8, 1, 4, 2, 1), nn.Tanh())

    def forward(self, x, y):
        e = self.label_emb(y)
        x = torch.cat([e, x] if self.first else [x, e], 1)
        return self.model(x[:, :, None, None] if self.deconv else x)


class OneHot(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(110, 40), nn.ReLU(), nn.Linear(40, 784), nn.Sigmoid())

    def forward(self, x, y):
        return self.net(torch.cat([x, F.one_hot(y, 10).float()], 1))


def spectral(new):
    norm = nn.utils.parametrizations.spectral_norm if new else nn.utils.spectral_norm
    return nn.Sequential(norm(nn.Linear(10, 7 * 7 * 8)), nn.ReLU(), nn.Unflatten(1, (8, 7, 7)), norm(nn.ConvTranspose2d(8, 8, 4, 2, 1)), nn.ReLU(), norm(nn.ConvTranspose2d(8, 1, 4, 2, 1)), nn.Tanh())


def weight_normed(new):
    norm = nn.utils.parametrizations.weight_norm if new else nn.utils.weight_norm
    return nn.Sequential(norm(nn.Linear(10, 24)), nn.ReLU(), norm(nn.Linear(24, 784)), nn.Tanh())


def saved(how, net, path, **more):
    sd = net.state_dict()
    torch.save({
        "plain": lambda: sd,
        "parallel": lambda: {"module." + k: v for k, v in sd.items()},
        "wrapped": lambda: {"epoch": 3, "state_dict": sd, "loss": [0.5, 0.25]},
        "both": lambda: {"generator": sd, "discriminator": nn.Sequential(nn.Linear(784, 1)).state_dict(), "g_optimizer": adam(net).state_dict(), "lr": 2e-4},
        "netG": lambda: {"netD": nn.Linear(784, 1).state_dict(), "netG": collections.OrderedDict(("module." + k, v) for k, v in sd.items()), "numpy": np.float64(3)},
        "one dict": lambda: {**{"gen." + k: v for k, v in sd.items()}, **{"disc." + k: v for k, v in nn.Sequential(nn.Linear(784, 1)).state_dict().items()}},
        "parameters": lambda: collections.OrderedDict((k, nn.Parameter(v) if v.is_floating_point() else v) for k, v in sd.items()),
        "half": lambda: {k: v.half() if v.is_floating_point() else v for k, v in sd.items()},
        "bfloat16": lambda: {k: v.bfloat16() if v.is_floating_point() else v for k, v in sd.items()},
        "double": lambda: {k: v.double() if v.is_floating_point() else v for k, v in sd.items()},
        "averaged": lambda: {"generator": nn.Sequential(nn.Linear(3, 784)).state_dict(), "g_ema": sd},
        "two": lambda: {"left": sd, "right": nn.Sequential(nn.Linear(3, 784)).state_dict()},
        "transposed": lambda: {k: v.t().contiguous().t() if v.dim() == 2 else v for k, v in sd.items()},
    }[how](), path, **more)


def adam(net):
    o = torch.optim.Adam(net.parameters())
    for p in net.parameters():
        p.grad = torch.zeros_like(p)
    o.step()
    return o


# name: network, what it takes, how it is saved, settings that its weights do not tell, how far bytes may be off
CASES = {
    "dense": (Dense, [z(20)], "plain", {}, 0.52),
    "dense-legacy": (Dense, [z(20)], "legacy", {}, 0.52),
    "dense-module": (Dense, [z(20)], "parallel", {}, 0.52),
    "dense-both": (Dense, [z(20)], "both", {}, 0.52),
    "dense-one-dict": (Dense, [z(20)], "one dict", {}, 0.52),
    "dense-netG": (Dense, [z(20)], "netG", {}, 0.52),
    "dense-parameters": (Dense, [z(20)], "parameters", {}, 0.52),
    "dense-double": (Dense, [z(20)], "double", {}, 0.52),
    "dense-half": (Dense, [z(20)], "half", {}, 0.7),
    "dense-bfloat16": (Dense, [z(20)], "bfloat16", {}, 1.5),
    "dense-transposed": (Dense, [z(20)], "transposed", {}, 0.52),
    "dense-averaged": (Dense, [z(20)], "averaged", {}, 0.52),
    "dense-part": (Dense, [z(20)], "two", {"part": "left"}, 0.52),
    "dense-safetensors": (Dense, [z(20)], "safetensors", {}, 0.52),
    "norms-last": (NormsLast, [z(16)], "wrapped", {"hidden": "relu", "range": "0..1"}, 0.52),
    "blocks": (Blocks, [z(100)], "plain", {"hidden": "leaky:0.2", "bn-eps": "0.8"}, 0.52),
    "dcgan": (dcgan, [z(24)], "plain", {}, 0.52),
    "dcgan-colour": (lambda: dcgan(3), [z(24)], "legacy", {}, 0.52),
    "mnist-28": (mnist_28, [z(20)], "plain", {}, 0.52),
    "cropped": (cropped, [z(24)], "plain", {}, 0.52),
    "course": (course, [z(16)], "plain", {}, 0.52),
    "padded": (Padded, [z(12)], "plain", {"range": "0..1"}, 0.52),
    "upsampled": (Upsampled, [z(30)], "plain", {"hidden": "leaky:0.2", "bn-eps": "1e-5,0.8,0.8"}, 0.52),
    "embedded": (lambda: Embedded(False), [z(24), labels], "plain", {}, 0.52),
    "embedded-first": (lambda: Embedded(True, 6), [z(24), labels], "plain", {"labels": "first"}, 0.52),
    "embedded-deconv": (lambda: Embedded(False, 5, True), [z(24), labels], "plain", {}, 0.52),
    "one-hot": (OneHot, [z(100), labels], "plain", {"hidden": "relu", "range": "0..1"}, 0.52),
    "spectral": (lambda: spectral(False), [z(10)], "plain", {"hidden": "relu"}, 0.52),
    "spectral-new": (lambda: spectral(True), [z(10)], "plain", {"hidden": "relu"}, 0.52),
    "weight-norm": (lambda: weight_normed(False), [z(10)], "plain", {"hidden": "relu"}, 0.52),
    "weight-norm-new": (lambda: weight_normed(True), [z(10)], "plain", {"hidden": "relu"}, 0.52),
    "prelu": (lambda: nn.Sequential(nn.Linear(12, 32), nn.PReLU(), nn.Linear(32, 784), nn.Tanh()), [z(12)], "plain", {}, 0.52),
    "layer-norm": (lambda: nn.Sequential(nn.Linear(12, 32), nn.LayerNorm(32), nn.ReLU(), nn.Linear(32, 784), nn.Tanh()), [z(12)], "plain", {"hidden": "relu"}, 0.52),
    "mnist-28-safetensors": (mnist_28, [z(20)], "safetensors", {}, 0.52),
}


def network(name):
    torch.manual_seed(list(CASES).index(name))
    make, inputs = CASES[name][:2]
    return trained(make(), *inputs)


def make(out, *names):
    for name, (_, inputs, how, _, _) in CASES.items():
        if names and name not in names:
            continue
        path = os.path.join(out, name + ".pth")
        if how == "safetensors":
            save_file(network(name).state_dict(), path)
        elif how == "legacy":
            torch.save(network(name).state_dict(), path, _use_new_zipfile_serialization=False)
        else:
            saved(how, network(name), path)
    torch.save(nn.Sequential(nn.Linear(4, 16), nn.LeakyReLU(0.2), nn.Linear(16, 2), nn.Tanh()).state_dict(), os.path.join(out, "points.pth"))
    about = {name: {"flags": flags, "labels": len(inputs) > 1} for name, (_, inputs, _, flags, _) in CASES.items()}
    json.dump(about, open(os.path.join(out, "cases.json"), "w"))


def check(out):
    wrong = 0
    for name, (_, inputs, _, flags, off) in CASES.items():
        noise = torch.from_numpy(np.load(os.path.join(out, name + ".z.npy")))
        have = np.load(os.path.join(out, name + ".x.npy"))
        net = network(name)
        more = [torch.full((len(noise),), 7)] if len(inputs) > 1 else []
        with torch.no_grad():
            x = net(noise, *more).reshape(len(noise), -1)
        if flags.get("range") != "0..1":
            x = (x + 1) / 2
        want = (x.clamp(0, 1) * 255).numpy()
        if have.ndim == 4:
            have = have.transpose(0, 3, 1, 2)
        have = have.reshape(len(noise), -1)
        assert have.shape == want.shape, (name, have.shape, want.shape)
        far = np.abs(have - want).max()
        print(f"{name}: {far:.3f} of 255 off at most, values from {want.min():.0f} to {want.max():.0f}")
        if far > off:
            wrong += 1
    sys.exit(f"{wrong} are wrong" if wrong else 0)


def taken(out):
    """Weights of a run that went on from a script's own, back in the script's network: the same pictures of the same noise."""
    for path in sorted(p for p in os.listdir(out) if p.endswith(".safetensors")):
        name = path.removesuffix(".safetensors")
        net, before = network(name), network(name)
        net.main.load_state_dict({k.removeprefix("generator."): v for k, v in load_file(os.path.join(out, path)).items()})
        noise = torch.from_numpy(np.load(os.path.join(out, name + ".z.npy")))
        have = torch.from_numpy(np.load(os.path.join(out, name + ".x.npy")).reshape(len(noise), -1))
        with torch.no_grad():
            x, was = (255 * ((n.eval()(noise).reshape(len(noise), -1) + 1) / 2).clamp(0, 1) for n in (net, before))
        print(f"{name}: {float((x - have).abs().max()):.3f} of 255 off at most, {float((x - was).abs().max()):.0f} away from where training began")
        assert float((x - have).abs().max()) <= 0.52, "other pictures"
        assert float((x - was).abs().max()) > 2, "nothing was learned"


class Danger:
    def __reduce__(self):
        return os.system, ("touch executed",)


class View(nn.Module):
    pass


def repacked(path, to, change, method=zipfile.ZIP_STORED, twice=False):
    """A file of torch.save with some part's bytes changed, or packed in another way."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", method) as new, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in old.namelist() * (2 if twice else 1):
            new.writestr(name, change(name, old.read(name)))


def changed(old, new):
    def change(name, b):
        assert not name.endswith("data.pkl") or old in b, "there is nothing to change"
        return b.replace(old, new) if name.endswith("data.pkl") else b
    return change


def misleading(out, save):
    """Files that torch.save wrote and somebody changed."""
    at = lambda name: os.path.join(out, name + ".pth")
    row = os.path.join(out, "row")
    torch.save({"w": torch.ones(200)}, row)
    keep = lambda name, b: b
    repacked(row, at("lies outside of its numbers"), changed(b"K\xc8\x85", b"K\xff\x85"))
    repacked(row, at("compressed"), keep, zipfile.ZIP_DEFLATED)
    repacked(row, at("two parts of the name"), keep, twice=True)
    repacked(row, at("big-endian"), lambda name, b: b"big" if name.endswith("byteorder") else b)
    repacked(row, at("opcode"), lambda name, b: b"\x80\x02(i__main__\nView\n." if name.endswith("data.pkl") else b)
    repacked(row, at("values over and over"), lambda name, b: b"\x80\x02" + b"]" * 100_000 + b"a" * 99_999 + b"." if name.endswith("data.pkl") else b)
    b = bytearray(open(row, "rb").read())
    entries = [i for i in range(len(b)) if b[i:i + 4] == b"PK\1\2"]
    large = max(entries, key=lambda i: b[i + 24:i + 28][::-1])
    for i in entries:  # all show the largest one's bytes
        b[i + 16:i + 28], b[i + 42:i + 46] = b[large + 16:large + 28], b[large + 42:large + 46]
    open(at("overlap"), "wb").write(b)
    torch.save({"w": torch.ones(200)}, row, _use_new_zipfile_serialization=False)
    b = open(row, "rb").read()
    i = b.index(b"little_endian")
    j = b.index(b"\x88", i)
    open(at("big-endian (older form)"), "wb").write(b[:j] + b"\x89" + b[j + 1:])
    open(at("cut short (older form)"), "wb").write(b[:-100])
    os.remove(row)
    twice = torch.ones(3)
    for _ in range(40):
        twice = [twice, twice]
    save("the same values", {"w": twice})


def bad(out):
    def save(name, value, **more):
        torch.save(value, os.path.join(out, name + ".pth"), **more)

    sd = Dense().state_dict()
    save("whole module", Dense())
    save("whole module (older form)", Dense(), _use_new_zipfile_serialization=False)
    save("nothing that a file asks for is run here", {"a": Danger()})
    save("nothing that a file asks for is run here (older form)", {"a": Danger()}, _use_new_zipfile_serialization=False)
    save("sparse", {"w": torch.eye(3).to_sparse()})
    save("quantised", {"w": torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8)})
    save("meta", {"w": torch.empty(3, device="meta")})
    save("complex", {"w": torch.ones(3, dtype=torch.complex64)})
    save("int8", {**sd, "fc1.weight": torch.ones(32, 20, dtype=torch.int8)})
    save("recurrent", nn.LSTM(3, 4).state_dict())
    save("attention", nn.MultiheadAttention(4, 2).state_dict())
    save("discriminator", nn.Sequential(nn.Linear(784, 32), nn.LeakyReLU(), nn.Linear(32, 1)).state_dict())
    save("no generator", {"discriminator": nn.Linear(4, 4).state_dict()})
    save("begins with noise", nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Conv2d(8, 1, 3)).state_dict())
    save("one tensor and no name", torch.ones(3))
    save("no tensors", {"a": 1})
    save("same numbers several times", {"w": torch.ones(1).expand(100, 100)})
    save("same numbers several times (huge)", {"w": torch.ones(1).expand(1 << 40)})
    save("same numbers several times (overlapping)", {"w": torch.ones(9).as_strided((2, 2), (1, 1))})
    save("stand in one row", {"a.weight": torch.ones(8, 4), "b.weight": torch.ones(784, 9)})
    save("diverged", {**sd, "fc3.bias": torch.full((784,), float("nan"))})
    save("no square picture", nn.Sequential(nn.Linear(4, 785)).state_dict())
    save("without statistics", nn.Sequential(nn.ConvTranspose2d(8, 4, 4), nn.InstanceNorm2d(4, affine=True), nn.ReLU(), nn.ConvTranspose2d(4, 1, 4)).state_dict())
    save("GroupNorm", nn.Sequential(nn.ConvTranspose2d(8, 4, 4), nn.GroupNorm(2, 4), nn.ReLU(), nn.ConvTranspose2d(4, 1, 4)).state_dict())
    save("multiplies the noise", {"emb.weight": torch.ones(10, 8), **nn.Sequential(nn.Linear(8, 784)).state_dict()})
    save("2 embeddings", {"emb1.weight": torch.ones(10, 2), "emb2.weight": torch.ones(10, 2), **nn.Sequential(nn.Linear(8, 784)).state_dict()})
    misleading(out, save)
    me = {"w": torch.ones(2, 2)}
    me["self"] = me
    save("holds itself", me)
    torch.jit.save(torch.jit.script(nn.Linear(2, 2)), os.path.join(out, "TorchScript.pth"))


if __name__ == "__main__":
    {"make": make, "check": check, "taken": taken, "bad": bad}[sys.argv[1]](*sys.argv[2:])
