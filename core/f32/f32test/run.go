// Package f32test holds a set of kernels against the definitions of its routines, in float64 where they round: ragged
// sizes, strides, slices between guards, NaN and infinities, results in place of operands, and no allocation.
package f32test

import (
	"math"
	"math/rand/v2"
	"testing"

	"ganvas/core/f32"
)

// Run tests k.
func Run(t *testing.T, k f32.Kernels) {
	t.Run("Gemm", func(t *testing.T) { gemm(t, k) })
	t.Run("GemmBias", func(t *testing.T) { gemmBias(t, k) })
	t.Run("GemmPanics", func(t *testing.T) { gemmPanics(t, k) })
	for _, p := range passes {
		t.Run(p.name, func(t *testing.T) { p.test(t, k) })
	}
	t.Run("Adam", func(t *testing.T) { adam(t, k) })
	t.Run("AddColumnSums", func(t *testing.T) { columnSums(t, k) })
	if a, ok := k.(interface{ Allocates() bool }); !ok || !a.Allocates() {
		t.Run("Allocations", func(t *testing.T) { allocations(t, k) })
	}
}

const (
	margin = 5
	mark   = -12345
)

// guarded is a slice with marks on both sides.
type guarded struct{ all, x []float32 }

// vector is n random numbers at a distance from alignment of its own.
func vector(r *rand.Rand, n int) guarded {
	all := make([]float32, n+2*margin+3)
	for i := range all {
		all[i] = mark
	}
	at := margin + r.IntN(4)
	g := guarded{all, all[at : at+n : at+n]}
	for i := range g.x {
		g.x[i] = float32(2 * r.NormFloat64())
	}
	return g
}

// spoil puts what arithmetic finds hard into some places of x.
func spoil(r *rand.Rand, x []float32) {
	hard := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 1e30, -200, 90, 1e-40}
	for _, v := range hard {
		if len(x) > 0 {
			x[r.IntN(len(x))] = float32(v)
		}
	}
}

func (g guarded) clone() []float32 { return append([]float32(nil), g.x...) }

// intact fails the test where a mark is gone.
func (g guarded) intact(t *testing.T, what string) {
	t.Helper()
	marks := 0
	for _, v := range g.all {
		if v == mark {
			marks++
		}
	}
	if marks != len(g.all)-len(g.x) {
		t.Fatalf("%s: wrote beside its slice", what)
	}
}

// near fails the test where got is further than slack·(1+size) from want; NaN must meet NaN.
func near(t *testing.T, what string, i int, got float32, want, slack float64) {
	t.Helper()
	w := want
	if math.Abs(w) > math.MaxFloat32 {
		w = math.Copysign(math.Inf(1), w)
	}
	g := float64(got)
	if g == w || g != g && w != w {
		return
	}
	if !(math.Abs(g-w) <= slack*(1+math.Abs(w))) || math.IsInf(w, 0) {
		t.Fatalf("%s: element %d is %g, want %g", what, i, got, want)
	}
}
