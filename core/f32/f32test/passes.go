package f32test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"ganvas/core/f32"
	"gonum.org/v1/gonum/blas"
)

// pass is a routine that makes each y[i] of y[i], a[i], b[i] and i alone; want is its definition.
type pass struct {
	name  string
	slack float64 // of the result, relative to 1 + its size
	run   func(k f32.Kernels, y, a, b []float32)
	want  func(i int, y, a, b float64) float64
}

const (
	dropRate = 0.3
	dropSeed = 0xfedcba9876543210
	dropBase = 1<<32 - 9 // the value's number wraps
)

func leaky(v, by float64) float64 {
	if by > 0 {
		return v
	}
	return v * float64(float32(0.2))
}

var passes = []pass{
	{"Leaky", 6e-8, func(k f32.Kernels, y, a, _ []float32) { k.Leaky(y, a, 0.2) },
		func(_ int, _, a, _ float64) float64 { return leaky(a, a) }},
	{"LeakyGrad", 6e-8, func(k f32.Kernels, y, a, b []float32) { k.LeakyGrad(y, a, b, 0.2) },
		func(_ int, _, a, b float64) float64 { return leaky(a, b) }},
	{"Tanh", 2e-7, func(k f32.Kernels, y, a, _ []float32) { k.Tanh(y, a) },
		func(_ int, _, a, _ float64) float64 { return math.Tanh(a) }},
	{"Sigmoid", 2e-7, func(k f32.Kernels, y, a, _ []float32) { k.Sigmoid(y, a) },
		func(_ int, _, a, _ float64) float64 { return 1 / (1 + math.Exp(-a)) }},
	{"Drop", 2e-7, func(k f32.Kernels, y, a, _ []float32) { k.Drop(y, a, dropRate, dropSeed, dropBase) },
		func(i int, _, a, _ float64) float64 {
			if f32.Keep(dropSeed, dropBase+i, dropRate) {
				return a / (1 - dropRate)
			}
			return 0
		}},
	{"Add", 6e-8, func(k f32.Kernels, y, a, _ []float32) { k.Add(y, a) },
		func(_ int, y, a, _ float64) float64 { return y + a }},
	{"Lerp", 4e-7, func(k f32.Kernels, y, a, _ []float32) { k.Lerp(y, a, 0.25) },
		func(_ int, y, a, _ float64) float64 { return y + 0.25*(a-y) }},
	{"TanhGrad", 4e-7, func(k f32.Kernels, y, a, b []float32) { k.TanhGrad(y, a, b) }, tanhGrad},
}

// tanhGrad is a·(1−b²), where b is what tanh can give; beyond, float32 overflows where float64 doesn't.
func tanhGrad(_ int, _, a, b float64) float64 {
	return a * (1 - float64(float32(b)*float32(b)))
}

// lengths cross the boundaries of vectors, and of parts for threads.
func lengths() []int {
	ns := []int{1000, 1<<17 + 5}
	for n := range 70 {
		ns = append(ns, n)
	}
	return ns
}

func (p pass) test(t *testing.T, k f32.Kernels) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range lengths() {
		modes := 4 // bit 0: in place of a; bit 1: with NaN and its like
		if n > 1000 {
			modes = 1
		}
		for mode := range modes {
			y, a, b := vector(r, n), vector(r, n), vector(r, n)
			if mode&2 != 0 {
				spoil(r, a.x)
				spoil(r, b.x)
			}
			if mode&1 != 0 {
				y = a
			}
			y0, a0, b0 := y.clone(), a.clone(), b.clone()
			p.run(k, y.x, a.x, b.x)
			what := fmt.Sprintf("%s %s of %d", k.Name(), p.name, n)
			for i := range n {
				near(t, what, i, y.x[i], p.want(i, float64(y0[i]), float64(a0[i]), float64(b0[i])), p.slack)
			}
			y.intact(t, what)
		}
	}
	p.smooth(t, k)
}

// smooth runs p over its whole range of inputs at fine steps, where a series or a table would show its seams.
func (p pass) smooth(t *testing.T, k f32.Kernels) {
	a := make([]float32, 40001)
	for i := range a {
		a[i] = float32(i-20000) / 1000
	}
	y, b := make([]float32, len(a)), make([]float32, len(a))
	p.run(k, y, a, b)
	for i := range y {
		near(t, p.name, i, y[i], p.want(i, 0, float64(a[i]), 0), p.slack)
	}
}

func adam(t *testing.T, k f32.Kernels) {
	r := rand.New(rand.NewPCG(7, 8))
	c := f32.AdamStep{Rate: 1e-2, Root: 1.1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8}
	for _, n := range lengths() {
		w, g, m, v := vector(r, n), vector(r, n), vector(r, n), vector(r, n)
		for i := range v.x {
			v.x[i] *= v.x[i]
		}
		if n > 3 {
			g.x[2], v.x[3] = float32(math.NaN()), 0
		}
		w0, m0, v0 := w.clone(), m.clone(), v.clone()
		k.Adam(w.x, g.x, m.x, v.x, c)
		for i := range n {
			b1, b2, x := c.Beta1, c.Beta2, float64(g.x[i])
			m1 := b1*float64(m0[i]) + (1-b1)*x
			v1 := b2*float64(v0[i]) + (1-b2)*x*x
			near(t, "m", i, m.x[i], m1, 1e-6)
			near(t, "v", i, v.x[i], v1, 2e-7) // three roundings to float32
			step := float64(c.Rate) * m1 / (math.Sqrt(v1)*float64(c.Root) + float64(c.Eps))
			near(t, "w", i, w.x[i], float64(w0[i])-step, 2e-6*(1+math.Abs(step)))
		}
		for _, x := range []guarded{w, g, m, v} {
			x.intact(t, "Adam")
		}
	}
}

// columnSums: also that what is added twice with opposite signs cancels to the bit.
func columnSums(t *testing.T, k f32.Kernels) {
	r := rand.New(rand.NewPCG(9, 10))
	for _, m := range []int{0, 1, 5, 100} {
		for _, n := range []int{0, 1, 3, 8, 31, 33, 64, 130, 1024} {
			s, x := vector(r, n), vector(r, m*n)
			s0 := s.clone()
			k.AddColumnSums(s.x, x.x, m, n)
			for j := range n {
				want := float64(s0[j])
				for i := range m {
					want += float64(x.x[i*n+j])
				}
				near(t, "AddColumnSums", j, s.x[j], want, 1e-5)
			}
			s.intact(t, "AddColumnSums")
			clear(s.x)
			k.AddColumnSums(s.x, x.x, m, n)
			for i := range x.x {
				x.x[i] = -x.x[i]
			}
			k.AddColumnSums(s.x, x.x, m, n)
			for j, v := range s.x {
				if v != 0 {
					t.Fatalf("(%d, %d): column %d and its negative add up to %g", m, n, j, v)
				}
			}
		}
	}
}

func allocations(t *testing.T, k f32.Kernels) {
	const n = 1 << 17
	r := rand.New(rand.NewPCG(11, 12))
	w, x, y, z := vector(r, n).x, vector(r, n).x, vector(r, n).x, vector(r, n).x
	check := func(name string, call func()) {
		t.Helper()
		if got := testing.AllocsPerRun(3, call); got != 0 {
			t.Errorf("%s: %g allocations a call", name, got)
		}
	}
	for _, p := range passes {
		check(p.name, func() { p.run(k, w, x, y) })
	}
	check("Adam", func() { k.Adam(w, x, y, z, f32.AdamStep{Beta1: 0.9, Beta2: 0.9, Eps: 1}) })
	check("AddColumnSums", func() { k.AddColumnSums(w, x, 100, 1000) })
	check("Sgemm", func() { k.Sgemm(blas.NoTrans, blas.Trans, 100, 200, 300, 1, x, 300, y, 300, 0, z, 200) })
	check("GemmBias", func() { k.GemmBias(blas.NoTrans, blas.Trans, 100, 100, 30, x, 30, y, 30, w, 0.2, z, 100) })
}
