package kernel

import "unsafe"

// The functions that www/js/kernel.js provides; package gen says what they do. Only state may be called before a module
// is joined. Nothing here keeps a pointer.

// state is 0 without a module, 1 with the strict one, 2 with the relaxed one.
//
//go:wasmimport kernel state
func state() uint32

//go:wasmimport kernel gemm
//go:noescape
func gemm(tA, tB, m, n, k uint32, a unsafe.Pointer, lda uint32, b unsafe.Pointer, ldb uint32, c unsafe.Pointer, ldc uint32,
	join uint32, bias, scratch unsafe.Pointer, alpha, beta, leak float32)

//go:wasmimport kernel leaky
//go:noescape
func leaky(y, x unsafe.Pointer, n uint32, leak float32)

//go:wasmimport kernel leakyGrad
//go:noescape
func leakyGrad(dx, dy, y unsafe.Pointer, n uint32, leak float32)

//go:wasmimport kernel tanh
//go:noescape
func tanh(y, x unsafe.Pointer, n uint32)

//go:wasmimport kernel tanhGrad
//go:noescape
func tanhGrad(dx, dy, y unsafe.Pointer, n uint32)

//go:wasmimport kernel sigmoid
//go:noescape
func sigmoid(y, x unsafe.Pointer, n uint32)

//go:wasmimport kernel drop
//go:noescape
func drop(y, x unsafe.Pointer, n, seedLow, seedHigh, base, below uint32, scale float32)

//go:wasmimport kernel add
//go:noescape
func add(y, x unsafe.Pointer, n uint32)

//go:wasmimport kernel lerp
//go:noescape
func lerp(y, x unsafe.Pointer, n uint32, t float32)

//go:wasmimport kernel axpy
//go:noescape
func axpy(y, x unsafe.Pointer, n uint32, a float32)

//go:wasmimport kernel scale
//go:noescape
func scale(x unsafe.Pointer, n uint32, a float32)

//go:wasmimport kernel columnSums
//go:noescape
func columnSums(s, x unsafe.Pointer, m, n uint32)

//go:wasmimport kernel adam
//go:noescape
func adam(w, g, m, v unsafe.Pointer, n uint32, rate, root, beta1, beta2, rest1, rest2, eps float32)

//go:wasmimport kernel bare
//go:noescape
func bare(turns uint32, out unsafe.Pointer)
