// Package pytorch holds ganvas.py, the whole GAN of this project in one file of PyTorch: it goes on with checkpoints,
// on one process or on several under torchrun, replays and records traces, and times steps. The package's tests hold
// it against the Go engine.
package pytorch
