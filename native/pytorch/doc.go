// Package pytorch holds ganvas.py, the whole GAN of this project in one file of PyTorch: it goes on with checkpoints,
// on one process or on several under torchrun, replays and records traces, and times steps. The package's tests hold
// it against the Go engine.
package pytorch

import _ "embed"

// Script is ganvas.py, for a Python that has torch, numpy and safetensors to be given on its standard input.
//
//go:embed ganvas.py
var Script string
