package kernel

import (
	"unsafe"

	"ganvas/core/f32"

	"gonum.org/v1/gonum/blas"
)

// Best is the joined module's kernels, or f32.Best where no module is joined.
func Best() f32.Kernels {
	switch state() {
	case 2:
		return &set{Kernels: f32.Best(), name: "wasm relaxed simd"}
	case 1:
		return &set{Kernels: f32.Best(), name: "wasm simd"}
	default:
		return f32.Best()
	}
}

// set forwards to the module. What the module lacks falls to the embedded set.
type set struct {
	f32.Kernels
	name string
}

func (s *set) Name() string { return s.name }

// scratch is gemm's working area; a Go program in WebAssembly has one thread.
var scratch [scratchBytes + cacheLine]byte

const cacheLine = 64

// workingArea is scratch from its first cache line on.
func workingArea() unsafe.Pointer {
	p := unsafe.Pointer(&scratch)
	return unsafe.Add(p, -uintptr(p)&(cacheLine-1))
}

func ptr(x []float32) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(x)) }

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func (s *set) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	if m <= 0 || n <= 0 || k <= 0 || alpha == 0 {
		s.Kernels.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		return
	}
	f32.CheckGemm(tA, tB, m, n, k, a, lda, b, ldb, c, ldc)
	gemm(bit(tA != blas.NoTrans), bit(tB != blas.NoTrans), uint32(m), uint32(n), uint32(k), ptr(a), uint32(lda), ptr(b), uint32(ldb),
		ptr(c), uint32(ldc), 0, nil, workingArea(), alpha, beta, 1)
}

// noBias stands for a nil bias of up to its length.
var noBias [4096]float32

func (s *set) GemmBias(tA, tB blas.Transpose, m, n, k int, a []float32, lda int, b []float32, ldb int, bias []float32, leak float32, c []float32, ldc int) {
	if bias == nil && n <= len(noBias) {
		bias = noBias[:n]
	}
	if m <= 0 || n <= 0 || k <= 0 || bias == nil {
		s.Kernels.GemmBias(tA, tB, m, n, k, a, lda, b, ldb, bias, leak, c, ldc)
		return
	}
	f32.CheckGemm(tA, tB, m, n, k, a, lda, b, ldb, c, ldc)
	if len(bias) < n {
		panic("kernel: bias is shorter than a row")
	}
	gemm(bit(tA != blas.NoTrans), bit(tB != blas.NoTrans), uint32(m), uint32(n), uint32(k), ptr(a), uint32(lda), ptr(b), uint32(ldb),
		ptr(c), uint32(ldc), 1, ptr(bias), workingArea(), 1, 0, leak)
}

func (s *set) Leaky(y, x []float32, leak float32) { leaky(ptr(y), ptr(x), same(y, x), leak) }

func (s *set) LeakyGrad(dx, dy, y []float32, leak float32) {
	leakyGrad(ptr(dx), ptr(dy), ptr(y), same(dx, dy, y), leak)
}

func (s *set) Tanh(y, x []float32)          { tanh(ptr(y), ptr(x), same(y, x)) }
func (s *set) TanhGrad(dx, dy, y []float32) { tanhGrad(ptr(dx), ptr(dy), ptr(y), same(dx, dy, y)) }
func (s *set) Sigmoid(y, x []float32)       { sigmoid(ptr(y), ptr(x), same(y, x)) }
func (s *set) Add(y, x []float32)           { add(ptr(y), ptr(x), same(y, x)) }

func (s *set) Lerp(y, x []float32, t float32) { lerp(ptr(y), ptr(x), same(y, x), t) }

func (s *set) Drop(y, x []float32, p float32, seed uint64, base int) {
	drop(ptr(y), ptr(x), same(y, x), uint32(seed), uint32(seed>>32), uint32(base), dropBelow(p), 1/(1-p))
}

func (s *set) AddColumnSums(sums, x []float32, m, n int) {
	if m < 0 || n < 0 || len(sums) < n || len(x) < m*n {
		panic("kernel: column sums of a matrix larger than its slice")
	}
	columnSums(ptr(sums), ptr(x), uint32(m), uint32(n))
}

func (s *set) Adam(w, g, m, v []float32, c f32.AdamStep) {
	rest1, rest2 := c.Rests()
	adam(ptr(w), ptr(g), ptr(m), ptr(v), same(w, g, m, v), c.Rate, c.Root, float32(c.Beta1), float32(c.Beta2), rest1, rest2, c.Eps)
}

func (s *set) Saxpy(n int, a float32, x []float32, incX int, y []float32, incY int) {
	if n <= 0 || incX != 1 || incY != 1 {
		s.Kernels.Saxpy(n, a, x, incX, y, incY)
		return
	}
	axpy(ptr(y[:n]), ptr(x[:n]), uint32(n), a)
}

func (s *set) Sscal(n int, a float32, x []float32, incX int) {
	if n <= 0 || incX != 1 {
		s.Kernels.Sscal(n, a, x, incX)
		return
	}
	scale(ptr(x[:n]), uint32(n), a)
}
