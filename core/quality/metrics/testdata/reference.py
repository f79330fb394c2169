"""Writes reference.json: small samples and what NumPy makes of them, without any shortcut that core/quality/metrics takes.

python3 reference.py > reference.json
"""
import json

import numpy as np

rng = np.random.default_rng(7)
d, classes = 6, 4
a = rng.normal(size=(40, d)) @ rng.normal(size=(d, d))
b = rng.normal(size=(50, d)) @ rng.normal(size=(d, d)) + 0.5
p = rng.dirichlet(np.full(classes, 0.3), size=40)


def frechet(x, y):
    cx, cy = np.cov(x.T), np.cov(y.T)
    roots = np.sqrt(np.linalg.eigvals(cx @ cy).astype(complex)).real.sum()
    return float(((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(cx) + np.trace(cy) - 2 * roots)


def within(points, centres):
    inside = 0
    radii = [np.sort(np.linalg.norm(centres - c, axis=1))[3] for c in centres]
    for x in points:
        inside += any(np.linalg.norm(x - c) <= r for c, r in zip(centres, radii))
    return inside / len(points)


def diversity(x, labels):
    far = [np.linalg.norm(x[i] - x[j]) for i in range(len(x)) for j in range(i) if labels[i] == labels[j]]
    return float(np.mean(far))


mean = p.mean(0)
counts = np.bincount(p.argmax(1), minlength=classes)
wanted = np.array([12, 7, 15, 6])
q, w = counts / counts.sum(), wanted / wanted.sum()
q, w = q[q > 0], w[q > 0]
pictures, known = rng.integers(0, 256, (9, 16)), rng.integers(0, 256, (30, 16))
far = np.linalg.norm(pictures[:, None] / 127.5 - known[None] / 127.5, axis=2)
held = rng.uniform(far.min(), far.max(), 200)
logits = rng.normal(size=50) + 0.3
print(json.dumps({
    "d": d, "classes": classes, "a": a.ravel().tolist(), "b": b.ravel().tolist(), "p": p.ravel().tolist(),
    "frechet": frechet(a, b), "precision": within(a, b), "recall": within(b, a),
    "score": float(np.exp((p * np.log(p / mean)).sum(1).mean())),
    "counts": counts.tolist(), "confidence": float(p.max(1).mean()),
    "diversity": diversity(a, p.argmax(1)),
    "wanted": wanted.tolist(), "divergence": float((q * np.log(q / w)).sum()), "covered": int((q >= 0.2).sum()),
    "pictures": pictures.ravel().tolist(), "set": known.ravel().tolist(), "far": far.min(1).tolist(), "which": far.argmin(1).tolist(),
    "copied": [float(np.median(far.min(1)) / np.median(held)), float((far.min(1) < np.sort(held)[len(held) // 100]).mean())], "held": held.tolist(),
    "logits": logits.tolist(), "accuracy": float((logits > 0).mean()),
}))
