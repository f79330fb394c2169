// Package f32 holds the float32 arithmetic that training spends its time in: matrix products and the few passes
// over vectors around them. Matrices are row-major with a leading dimension, as in BLAS.
//
// Everything goes through one set of [Kernels], chosen once at start-up by [Use]; the same set is put under gonum's
// blas32, whose Gemm is the product that everybody calls. The sets are: plain Go (always there, the reference), gonum's own
// blas32 as it comes, Go's simd packages (built with GOEXPERIMENT=simd), and the WebAssembly kernel module in the browser.
package f32

import "gonum.org/v1/gonum/blas"

// Kernels is one implementation of the arithmetic. No method allocates or keeps a slice. Slices that a method writes
// must not overlap the ones that it reads unless they are the same slice element for element.
type Kernels interface {
	// Name says which implementation this is, for a status line: "go", "go simd avx2", "go simd neon", "wasm relaxed simd", …
	Name() string

	blas.Float32

	// GemmBias: C (m, n) = act(op(A) (m, k) · op(B) (k, n) + bias (n)), where act(v) = v for v > 0 and leak·v
	// otherwise; leak 1 is the identity and leak 0 is ReLU. A nil bias is zero.
	GemmBias(tA, tB blas.Transpose, m, n, k int, a []float32, lda int, b []float32, ldb int, bias []float32, leak float32, c []float32, ldc int)

	// Leaky: y = x for x > 0, else leak·x.
	Leaky(y, x []float32, leak float32)
	// LeakyGrad: dx = dy where y > 0, else leak·dy; y is the output of Leaky with leak ≥ 0.
	LeakyGrad(dx, dy, y []float32, leak float32)
	// Tanh: y = tanh x, within 2e-7 absolute of the true value.
	Tanh(y, x []float32)
	// TanhGrad: dx = dy·(1 − y²).
	TanhGrad(dx, dy, y []float32)
	// Sigmoid: y = 1/(1+e^−x).
	Sigmoid(y, x []float32)
	// Drop: y[i] = x[i]/(1−p) where Keep(seed, base+i, p), else 0. The same call applied to dy is its gradient.
	Drop(y, x []float32, p float32, seed uint64, base int)

	// Add: y += x.
	Add(y, x []float32)
	// Lerp: y += t·(x − y), for averaged weights.
	Lerp(y, x []float32, t float32)
	// AddColumnSums: s[j] += Σᵢ x[i, j], x (m, n) contiguous. Each sum is formed from zero before it is added to s: a
	// critic's last bias has the gradients of real and fake cancel, and Adam would turn a rounding error into a whole step.
	AddColumnSums(s, x []float32, m, n int)
	// Adam is one update of every weight, as in PyTorch. With step t ≥ 1: m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²;
	// w ← w − c.Rate·m / (√v·c.Root + ε), where c.Rate = lr/(1−β₁ᵗ) and c.Root = 1/√(1−β₂ᵗ).
	Adam(w, g, m, v []float32, c AdamStep)
}

// AdamStep holds the scalars of one Adam update, see [Kernels].Adam.
type AdamStep struct {
	Rate, Root   float32
	Beta1, Beta2 float64 // so that 1−β, rounded to float32, is as near as can be: 1 − float32(0.999) is off by 5e-5 of itself
	Eps          float32
}

// Rests are 1−β₁ and 1−β₂.
func (c AdamStep) Rests() (first, second float32) { return float32(1 - c.Beta1), float32(1 - c.Beta2) }
