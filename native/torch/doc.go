// Package torch is the engine that computes through gotch with libtorch: its kernels, its autograd, on the CPU or a GPU. It is there
// in programs built with the tag libtorch; without it the package is this sentence, so that tools find it.
package torch
