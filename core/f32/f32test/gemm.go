package f32test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"ganvas/core/f32"
	"gonum.org/v1/gonum/blas"
)

// matrix is X (rows, cols) with rows ld apart and marks between them.
type matrix struct {
	guarded
	rows, cols, ld int
}

func newMatrix(r *rand.Rand, t blas.Transpose, rows, cols int) matrix {
	if t != blas.NoTrans {
		rows, cols = cols, rows
	}
	ld := max(1, cols+r.IntN(3)*r.IntN(8))
	g := vector(r, max(0, (rows-1)*ld+cols))
	for i := range g.x {
		if i%ld >= cols {
			g.x[i] = mark
		}
	}
	return matrix{g, rows, cols, ld}
}

// at is op(X)[i, j].
func (m matrix) at(t blas.Transpose, i, j int) float64 {
	if t != blas.NoTrans {
		i, j = j, i
	}
	return float64(m.x[i*m.ld+j])
}

var flags = []blas.Transpose{blas.NoTrans, blas.Trans}

// sizes cross every boundary of tiles, panels and blocks; zero is a size.
var sizes = [][3]int{ // m, n, k
	{1, 1, 1}, {4, 8, 4}, {4, 16, 3}, {5, 33, 7}, {3, 31, 256}, {64, 32, 257}, {65, 15, 100}, {100, 1, 256}, {1, 100, 256},
	{70, 67, 300}, {13, 129, 513}, {200, 9, 33}, {100, 130, 64}, {2, 3, 5000}, {0, 3, 2}, {3, 0, 2}, {3, 5, 0},
}

// rounding is what a sum may be off by, relative to the sum of its terms' sizes: a few units of float32's last place, as
// errors of both signs come together.
const rounding = 3. / (1 << 24)

func gemm(t *testing.T, k f32.Kernels) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range sizes {
		for _, tA := range flags {
			for _, tB := range flags {
				for _, ab := range [][2]float32{{1, 0}, {1, 1}, {-0.5, 0.25}, {0, 2}} {
					one(t, r, k, s, tA, tB, ab[0], ab[1], false)
				}
				one(t, r, k, s, tA, tB, 1, 0, true)
			}
		}
	}
}

// one compares C = alpha·A·B + beta·C with sums in float64; poison puts a NaN into A, and into a C that beta 0 must forget.
func one(t *testing.T, r *rand.Rand, k f32.Kernels, s [3]int, tA, tB blas.Transpose, alpha, beta float32, poison bool) {
	t.Helper()
	m, n, d := s[0], s[1], s[2]
	a, b, c := newMatrix(r, tA, m, d), newMatrix(r, tB, d, n), newMatrix(r, blas.NoTrans, m, n)
	if poison && m*n*d > 0 {
		a.x[0], c.x[len(c.x)-1] = float32(math.NaN()), float32(math.NaN())
	}
	what := fmt.Sprintf("%v (%d, %d)·(%d, %d) %c%c alpha %g beta %g", k.Name(), m, d, d, n, tA, tB, alpha, beta)
	old := matrix{guarded{x: c.clone()}, m, n, c.ld}
	k.Sgemm(tA, tB, m, n, d, alpha, a.x, a.ld, b.x, b.ld, beta, c.x, c.ld)
	for i := range m {
		for j := range n {
			var sum, size float64
			if alpha != 0 {
				for p := range d {
					v := a.at(tA, i, p) * b.at(tB, p, j)
					sum += v
					size += math.Abs(v)
				}
			}
			sum *= float64(alpha)
			if beta != 0 {
				sum += float64(beta) * old.at(blas.NoTrans, i, j)
			}
			near(t, what, i*n+j, c.x[i*c.ld+j], sum, rounding*(4+size))
		}
	}
	checkGaps(t, what, c)
}

// checkGaps: nothing was written between C's rows or beside it.
func checkGaps(t *testing.T, what string, c matrix) {
	t.Helper()
	for i, v := range c.x {
		if i%c.ld >= c.cols && v != mark {
			t.Fatalf("%s: wrote between rows", what)
		}
	}
	for i := range c.x {
		c.x[i] = 0 // marks inside are done with
	}
	c.intact(t, what)
}

func gemmBias(t *testing.T, k f32.Kernels) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, s := range sizes {
		m, n, d := s[0], s[1], s[2]
		for _, tB := range flags {
			for _, leak := range []float32{1, 0.2, 0} {
				a, b, c := newMatrix(r, blas.NoTrans, m, d), newMatrix(r, tB, d, n), newMatrix(r, blas.NoTrans, m, n)
				bias := vector(r, n).x
				if r.IntN(3) == 0 {
					bias = nil
				}
				what := fmt.Sprintf("%v (%d, %d)·(%d, %d) leak %g", k.Name(), m, d, d, n, leak)
				k.GemmBias(blas.NoTrans, tB, m, n, d, a.x, a.ld, b.x, b.ld, bias, leak, c.x, c.ld)
				for i := range m {
					for j := range n {
						var sum, size float64
						for p := range d {
							v := a.at(blas.NoTrans, i, p) * b.at(tB, p, j)
							sum += v
							size += math.Abs(v)
						}
						if bias != nil {
							sum += float64(bias[j])
						}
						if sum <= 0 {
							sum *= float64(leak)
						}
						near(t, what, i*n+j, c.x[i*c.ld+j], sum, rounding*(4+size))
					}
				}
				checkGaps(t, what, c)
			}
		}
	}
}

// gemmPanics: a matrix that doesn't fit its slice is a bug that must not read or write beyond it.
func gemmPanics(t *testing.T, k f32.Kernels) {
	x := make([]float32, 99)
	for name, call := range map[string]func(){
		"A": func() { k.Sgemm(blas.NoTrans, blas.NoTrans, 10, 5, 10, 1, x, 10, x, 5, 0, make([]float32, 50), 5) },
		"B": func() { k.Sgemm(blas.NoTrans, blas.Trans, 5, 10, 10, 1, x, 10, x, 10, 0, make([]float32, 50), 10) },
		"C": func() { k.Sgemm(blas.NoTrans, blas.NoTrans, 10, 10, 5, 1, x, 5, x, 10, 0, x, 10) },
		"bias": func() {
			k.GemmBias(blas.NoTrans, blas.NoTrans, 3, 9, 3, x, 3, x, 9, x[:8:8], 1, make([]float32, 27), 9)
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is too small for its matrix, but nothing panics", name)
				}
			}()
			call()
		}()
	}
}
