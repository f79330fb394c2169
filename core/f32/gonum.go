package f32

import (
	"gonum.org/v1/gonum/blas"
)

// gonums multiplies with gonum's own blas32 as it comes. It allocates, and takes all of the processor's threads.
type gonums struct{ plain }

// Gonum is gonum's own implementation of blas32, with plain Go for what a product of matrices is not.
func Gonum() Kernels { return gonums{} }

func (gonums) Name() string { return "gonum" }

// Allocates says that the set's products take memory.
func (gonums) Allocates() bool { return true }

func (g gonums) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	g.Implementation.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

func (g gonums) GemmBias(tA, tB blas.Transpose, m, n, k int, a []float32, lda int, b []float32, ldb int, bias []float32, leak float32, c []float32, ldc int) {
	g.Sgemm(tA, tB, m, n, k, 1, a, lda, b, ldb, 0, c, ldc)
	g.follow(m, n, bias, leak, c, ldc)
}
