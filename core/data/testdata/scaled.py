#!/usr/bin/env python3
"""Writes scaled.f32: what PyTorch makes of every byte, as 256 little-endian float32. Needs torch and NumPy."""
import torch

torch.arange(256, dtype=torch.uint8).float().div(127.5).sub(1).numpy().astype("<f4").tofile("scaled.f32")
