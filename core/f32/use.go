package f32

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

var active Kernels = Plain()

func init() { blas32.Use(active) } // until Use chooses another: gonum's own would take every core

// Use makes k the set that this package's functions and gonum's blas32 compute with. It is called once, before any
// network is built.
func Use(k Kernels) {
	active, mapper = k, mapperOf(k)
	blas32.Use(k)
}

// Active is the set in use.
func Active() Kernels { return active }

// Matrix is x as a matrix whose rows lie right behind each other, for blas32.
func Matrix(rows, cols int, x []float32) blas32.General {
	return blas32.General{Rows: rows, Cols: cols, Stride: max(1, cols), Data: x}
}

// GemmBias is blas32.Gemm with what follows a product in a layer: C (m, n) = act(op(A)·op(B) + bias), see [Kernels].
func GemmBias(tA, tB blas.Transpose, a, b blas32.General, bias []float32, leak float32, c blas32.General) {
	k := a.Cols
	if tA != blas.NoTrans {
		k = a.Rows
	}
	active.GemmBias(tA, tB, c.Rows, c.Cols, k, a.Data, a.Stride, b.Data, b.Stride, bias, leak, c.Data, c.Stride)
}

// Leaky: y = x for x > 0, else leak·x.
func Leaky(y, x []float32, leak float32) { active.Leaky(y, x, leak) }

// LeakyGrad: dx = dy where y > 0, else leak·dy.
func LeakyGrad(dx, dy, y []float32, leak float32) { active.LeakyGrad(dx, dy, y, leak) }

// Tanh: y = tanh x.
func Tanh(y, x []float32) { active.Tanh(y, x) }

// TanhGrad: dx = dy·(1 − y²).
func TanhGrad(dx, dy, y []float32) { active.TanhGrad(dx, dy, y) }

// Sigmoid: y = 1/(1+e^−x).
func Sigmoid(y, x []float32) { active.Sigmoid(y, x) }

// Drop: y[i] = x[i]/(1−p) where Keep(seed, base+i, p), else 0.
func Drop(y, x []float32, p float32, seed uint64, base int) { active.Drop(y, x, p, seed, base) }

// Add: y += x.
func Add(y, x []float32) { active.Add(y, x) }

// Lerp: y += t·(x − y).
func Lerp(y, x []float32, t float32) { active.Lerp(y, x, t) }

// AddColumnSums: s[j] += Σᵢ x[i, j], x (m, n).
func AddColumnSums(s, x []float32, m, n int) { active.AddColumnSums(s, x, m, n) }

// Adam is one update of every weight, see [Kernels].
func Adam(w, g, m, v []float32, c AdamStep) { active.Adam(w, g, m, v, c) }
