#!/usr/bin/env python3
"""Writes golden.safetensors: every number type that PyTorch has, for the reader's test. Needs torch and safetensors."""
import torch
from safetensors.torch import save_file

values = [0.0, -0.0, 1.0, -1.5, 3.140625, 65504.0, 6e-8, 1e-3]
tensors = {
    "f64": torch.tensor(values, dtype=torch.float64).reshape(2, 4),
    "f32": torch.tensor(values, dtype=torch.float32).reshape(2, 2, 2),
    "f16": torch.tensor(values).half(),
    "bf16": torch.tensor(values).bfloat16(),
    "i64": torch.tensor([-(2**62), -1, 0, 7]),
    "i32": torch.tensor([-5, 2**30], dtype=torch.int32),
    "u8": torch.tensor([0, 255], dtype=torch.uint8),
    "scalar": torch.tensor(42),
    "empty": torch.zeros(0, 3),
    "every half": torch.arange(-32768, 32768, dtype=torch.int32).to(torch.int16).view(torch.float16),
    "every half as f32": torch.arange(-32768, 32768, dtype=torch.int32).to(torch.int16).view(torch.float16).float(),
}
save_file(tensors, "golden.safetensors", metadata={"format": "pt", "who": "测试"})
