"""Holds exports against the images that the native program makes of the same noise.

    python exported.py DIR      for each NAME.z.npy in it, with NAME.x.npy and NAME.y (a label, or nothing): NAME.onnx, NAME.npz and the folder NAME
"""
import glob, importlib.util, os, sys

import numpy as np
import onnx
import onnxruntime
import torch

torch.set_num_threads(1)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.z.npy"))):
    name = path[: -len(".z.npy")]
    noise, have = np.load(path), np.load(name + ".x.npy").astype(np.float64)
    if have.ndim == 4:
        have = have.transpose(0, 3, 1, 2)
    have = have.reshape(len(noise), -1)
    label = open(name + ".y").read()
    labels = np.full(len(noise), int(label or 0), np.int64)

    onnx.checker.check_model(onnx.load(name + ".onnx"), full_check=True)
    session = onnxruntime.InferenceSession(name + ".onnx", options, providers=["CPUExecutionProvider"])
    assert [i.name for i in session.get_inputs()] == ["noise"] + ["label"] * bool(label), session.get_inputs()
    assert "recipe" in session.get_modelmeta().custom_metadata_map
    feed = lambda n: {"noise": noise[:n], **({"label": labels[:n]} if label else {})}
    x = session.run(["image"], feed(len(noise)))[0]
    assert np.abs(session.run(["image"], feed(1))[0] - x[:1]).max() < 1e-5, "another batch gives others"
    off = lambda x: np.abs(np.clip((x.reshape(len(noise), -1).astype(np.float64) + 1) * 127.5, 0, 255) - have).max() - 0.5  # of 255; bytes round by half
    print(f"{os.path.basename(name)}: ONNX {off(x):.1e}", end="")
    assert off(x) <= 1e-5 * 127.5, "ONNX gives other images"
    assert np.load(name + ".npz")["recipe"].tobytes().startswith(b"{")
    spec = importlib.util.spec_from_file_location("model", os.path.join(name, "model.py"))
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    torch.load(os.path.join(name, "state_dict.pth"), weights_only=True)
    g = model.load(os.path.join(name, "state_dict.pth"))
    with torch.no_grad():
        y = g(torch.from_numpy(noise), *([torch.from_numpy(labels)] if label else [])).numpy()
    between = np.abs(x - y).max() / max(1, np.abs(x).max())
    print(f", PyTorch {off(y):.1e}, between the two {between:.1e}", end="")
    assert off(y) <= 1e-5 * 127.5 and between <= 1e-5, "PyTorch gives other images"
    sys.modules["model"] = model
    os.chdir(name)
    exec(open("example.py").read())
    print()
