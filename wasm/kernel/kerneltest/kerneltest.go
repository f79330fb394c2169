// Package kerneltest holds a set of kernels against the plain one, which is its definition: ragged sizes, unaligned
// slices between guards, infinities and NaN, results in place of operands.
package kerneltest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ganvas/core/f32"

	"gonum.org/v1/gonum/blas"
)

// arrays are the operands that a routine gets; it may write any of them.
type arrays [4][]float32

// passes are the routines over arrays of one length. slack is how far a result may be from the plain one, relative to
// 1 + its size: 0 where nothing may be rounded otherwise.
var passes = []struct {
	name  string
	slack float64
	run   func(k f32.Kernels, x arrays)
}{
	{"Leaky", 0, func(k f32.Kernels, x arrays) { k.Leaky(x[0], x[1], 0.2) }},
	{"Leaky in place", 0, func(k f32.Kernels, x arrays) { k.Leaky(x[0], x[0], 0.2) }},
	{"Leaky ReLU", 0, func(k f32.Kernels, x arrays) { k.Leaky(x[0], x[1], 0) }},
	{"LeakyGrad", 0, func(k f32.Kernels, x arrays) { k.LeakyGrad(x[0], x[1], x[2], 0.2) }},
	{"LeakyGrad in place", 0, func(k f32.Kernels, x arrays) { k.LeakyGrad(x[0], x[0], x[2], 0.2) }},
	{"Tanh", 2e-7, func(k f32.Kernels, x arrays) { k.Tanh(x[0], x[1]) }},
	{"Tanh in place", 2e-7, func(k f32.Kernels, x arrays) { k.Tanh(x[0], x[0]) }},
	{"TanhGrad", 3e-7, func(k f32.Kernels, x arrays) { k.TanhGrad(x[0], x[1], x[2]) }},
	{"Sigmoid", 2e-7, func(k f32.Kernels, x arrays) { k.Sigmoid(x[0], x[1]) }},
	{"Drop", 0, func(k f32.Kernels, x arrays) { k.Drop(x[0], x[1], 0.3, 0x123456789abcdef, 77) }},
	{"Drop at a high seed and number", 0, func(k f32.Kernels, x arrays) { k.Drop(x[0], x[0], 0.5, 0xfedcba9876543210, 1<<31-5) }},
	{"Drop nothing", 0, func(k f32.Kernels, x arrays) { k.Drop(x[0], x[1], 0, 1, 0) }},
	{"Add", 0, func(k f32.Kernels, x arrays) { k.Add(x[0], x[1]) }},
	{"Add to itself", 0, func(k f32.Kernels, x arrays) { k.Add(x[0], x[0]) }},
	{"Lerp", 1e-6, func(k f32.Kernels, x arrays) { k.Lerp(x[0], x[1], 0.3) }},
	{"Saxpy", 1e-6, func(k f32.Kernels, x arrays) { k.Saxpy(len(x[0]), 0.3, x[1], 1, x[0], 1) }},
	{"Sscal", 0, func(k f32.Kernels, x arrays) { k.Sscal(len(x[0]), 0.3, x[0], 1) }},
	{"Adam", 1e-5, func(k f32.Kernels, x arrays) {
		for i, v := range x[3] {
			x[3][i] = float32(math.Abs(float64(v))) // v is a mean of squares
		}
		k.Adam(x[0], x[1], x[2], x[3], f32.AdamStep{Rate: 1e-2, Root: 1.1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8})
	}},
	{"AddColumnSums", 3e-6, func(k f32.Kernels, x arrays) {
		n := len(x[1]) / 5
		k.AddColumnSums(x[0][:n], x[1], 5, n)
	}},
}

// Run tests k against f32.Plain.
func Run(t *testing.T, k f32.Kernels) {
	for _, p := range passes {
		t.Run(p.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			for n := range 75 {
				for _, special := range []bool{false, true} {
					got, guards := operands(rng, n, special)
					want := got.clone()
					p.run(k, got)
					p.run(f32.Plain(), want)
					for i := range got {
						compare(t, fmt.Sprintf("array %d of %d elements", i, n), got[i], want[i], p.slack)
					}
					guards(t)
				}
			}
		})
	}
	t.Run("GemmBias", func(t *testing.T) { gemmBias(t, k) })
	t.Run("maps", func(t *testing.T) { maps(t, k) })
}

// Allocations tests that no routine of k allocates.
func Allocations(t *testing.T, k f32.Kernels) {
	x, _ := operands(rand.New(rand.NewPCG(7, 8)), 100, false)
	check := func(name string, call func()) {
		if n := testing.AllocsPerRun(5, call); n != 0 {
			t.Errorf("%s: %g allocations a call", name, n)
		}
	}
	for _, p := range passes {
		check(p.name, func() { p.run(k, x) })
	}
	check("Sgemm", func() { k.Sgemm(blas.NoTrans, blas.Trans, 9, 9, 9, 1, x[0], 9, x[1], 9, 1, x[2], 9) })
	check("GemmBias", func() { k.GemmBias(blas.NoTrans, blas.Trans, 9, 9, 9, x[0], 9, x[1], 9, nil, 0.2, x[2], 9) })
}

func gemmBias(t *testing.T, k f32.Kernels) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 60 {
		m, n, d := 1+rng.IntN(20), 1+rng.IntN(40), 1+rng.IntN(60)
		for _, tr := range []blas.Transpose{blas.NoTrans, blas.Trans} {
			size := max(m*d, d*n, m*n, n)
			got, guards := operands(rng, size, m%4 == 0)
			want := got.clone()
			for i, s := range []f32.Kernels{k, f32.Plain()} {
				x := [2]arrays{got, want}[i]
				ldb := n
				if tr == blas.Trans {
					ldb = d
				}
				bias := x[2][:n]
				if m%3 == 0 {
					bias = nil
				}
				s.GemmBias(blas.NoTrans, tr, m, n, d, x[0], d, x[1], ldb, bias, []float32{1, 0.2, 0}[m%3], x[3], n)
			}
			compare(t, fmt.Sprintf("C (%d, %d) over %d", m, n, d), got[3], want[3], 1e-4)
			guards(t)
		}
	}
}

func (x arrays) clone() (y arrays) {
	for i := range x {
		y[i] = slices.Clone(x[i])
	}
	return y
}

// operands are random arrays inside larger ones; guards fails the test if anything beside them has changed.
func operands(rng *rand.Rand, n int, special bool) (x arrays, guards func(t *testing.T)) {
	const margin, mark = 3, -12345
	var all [4][]float32
	for i := range all {
		all[i] = make([]float32, n+2*margin+i) // i moves arrays off each other's alignment
		for j := range all[i] {
			all[i][j] = mark
		}
		x[i] = all[i][margin+i/2:][:n:n]
		for j := range x[i] {
			x[i][j] = float32(rng.NormFloat64() * 3)
		}
		if special && n > 0 {
			for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 1e30, -200} {
				x[i][rng.IntN(n)] = float32(v)
			}
		}
	}
	return x, func(t *testing.T) {
		t.Helper()
		for i, a := range all {
			for j, v := range a {
				if inside := j >= margin+i/2 && j < margin+i/2+n; !inside && v != mark {
					t.Fatalf("wrote beside array %d", i)
				}
			}
		}
	}
}

func compare(t *testing.T, what string, got, want []float32, slack float64) {
	t.Helper()
	for i, w := range want {
		g := got[i]
		if g == w || g != g && w != w {
			continue
		}
		if d := math.Abs(float64(g) - float64(w)); !(d <= slack*(1+math.Abs(float64(w)))) {
			t.Fatalf("%s: element %d is %g, want %g", what, i, g, w)
		}
	}
}
