package gen

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
)

// Sizes around every edge of the blocking: below, at and above a tile's rows and columns, a turn of the inner loop, a
// block of k, and blocks of m and n.
func TestGemmAtTheEdgesOfBlocks(t *testing.T) {
	h := newHost(t)
	rng := rand.New(rand.NewPCG(1, 2))
	sizes := [][3]int{{1, 1, 1}, {3, 7, 5}, {4, 8, 4}, {5, 9, 3}, {6, 9, 5}, {7, 8, 9}, {14, 11, 6}, {50, 16, 7}, {100, 33, 64}, {13, 40, blockK}, {9, 17, blockK + 1},
		{3, blockB/blockK + 9, blockK}, {blockA/blockK + 5, 10, blockK}, {2, blockB/600*2 + 3, 600}}
	for _, s := range sizes {
		for _, tr := range [][2]blas.Transpose{{blas.NoTrans, blas.NoTrans}, {blas.NoTrans, blas.Trans}, {blas.Trans, blas.NoTrans}, {blas.Trans, blas.Trans}} {
			for _, scale := range [][2]float32{{1, 0}, {1, 1}, {-0.5, 0.25}} {
				m, n, k := s[0], s[1], s[2]
				t.Run(fmt.Sprintf("%c%c %dx%dx%d %v", tr[0], tr[1], m, n, k, scale), func(t *testing.T) {
					a, lda := matrix(rng, tr[0], m, k)
					b, ldb := matrix(rng, tr[1], k, n)
					c, ldc := matrix(rng, blas.NoTrans, m, n)
					want := reference(tr[0], tr[1], m, n, k, scale[0], a, lda, b, ldb, scale[1], c, ldc)
					h.Sgemm(tr[0], tr[1], m, n, k, scale[0], a, lda, b, ldb, scale[1], c, ldc)
					near(t, c, want, k)
				})
			}
		}
	}
}

// Bias and activation follow the last block of k only, and every block of n has its own part of the bias.
func TestGemmBiasAcrossBlocks(t *testing.T) {
	h := newHost(t)
	rng := rand.New(rand.NewPCG(3, 4))
	const m, n, k, leak = 5, 2*blockB/blockK + 11, blockK + 40, 0.2
	a, lda := matrix(rng, blas.NoTrans, m, k)
	b, ldb := matrix(rng, blas.Trans, k, n)
	c, ldc := matrix(rng, blas.NoTrans, m, n)
	bias, _ := matrix(rng, blas.NoTrans, 1, n)
	want := reference(blas.NoTrans, blas.Trans, m, n, k, 1, a, lda, b, ldb, 0, c, ldc)
	for i := range m {
		for j := range n {
			v := &want[i*ldc+j]
			if *v += float64(bias[j]); *v < 0 {
				*v *= leak
			}
		}
	}
	h.GemmBias(blas.NoTrans, blas.Trans, m, n, k, a, lda, b, ldb, bias[:n], leak, c, ldc)
	near(t, c, want, k)
}

// An operand that ends where memory ends must not be read or written beyond: that traps.
func TestGemmAtTheEndOfMemory(t *testing.T) {
	const m, n, k, words = 5, 9, 7, 4096
	for last, size := range []uint64{m * k, k * n, m * n, n} {
		for tr := range uint64(4) {
			h := newHost(t)
			at := [4]uint64{0, words, 2 * words, 3 * words}
			at[last] = hostPages<<16 - 4*size
			tA, tB := tr&1, tr>>1
			lda, ldb := [2]uint64{k, m}[tA], [2]uint64{n, k}[tB]
			h.call("gemm", tA, tB, m, n, k, at[0], lda, at[1], ldb, at[2], n, 1, at[3], 1<<16, scalar(1), scalar(1), scalar(0.2))
		}
	}
}

func near(t *testing.T, got []float32, want []float64, k int) {
	t.Helper()
	for i, w := range want {
		if d := math.Abs(float64(got[i]) - w); !(d <= 1e-5*math.Sqrt(float64(k))) {
			t.Fatalf("element %d is %g, want %g", i, got[i], w)
		}
	}
}

// matrix is random, with a leading dimension beyond its row.
func matrix(rng *rand.Rand, t blas.Transpose, rows, cols int) (x []float32, ld int) {
	if t != blas.NoTrans {
		rows, cols = cols, rows
	}
	ld = cols + rng.IntN(4)
	x = make([]float32, ld*(rows-1)+cols)
	for i := range x {
		x[i] = rng.Float32() - 0.5
	}
	return x, ld
}

// reference computes α·op(A)·op(B) + β·C in float64; what lies between rows of C stays.
func reference(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) []float64 {
	at := func(t blas.Transpose, x []float32, ld, i, j int) float64 {
		if t != blas.NoTrans {
			i, j = j, i
		}
		return float64(x[i*ld+j])
	}
	want := make([]float64, len(c))
	for i, v := range c {
		want[i] = float64(v)
	}
	for i := range m {
		for j := range n {
			sum := 0.0
			for p := range k {
				sum += at(tA, a, lda, i, p) * at(tB, b, ldb, p, j)
			}
			want[i*ldc+j] = float64(alpha)*sum + float64(beta)*want[i*ldc+j]
		}
	}
	return want
}
