package kernel

import (
	"fmt"
	"testing"
	"time"

	"ganvas/core/f32"

	"gonum.org/v1/gonum/blas"
)

// layers are the products of the classic recipe, (in, out): the generator's, then the discriminator's.
var layers = [][2]int{{100, 256}, {256, 512}, {512, 1024}, {1024, 784}, {784, 1024}, {1024, 512}, {512, 256}}

const batch = 100

// BenchmarkBare is the multiply-add loop that nothing holds up.
func BenchmarkBare(b *testing.B) {
	for b.Loop() {
		b.ReportMetric(Peak(20*time.Millisecond), "GFLOP/s")
	}
}

// forms are the three products of a layer, at (in, out).
var forms = []struct {
	name string
	run  func(k f32.Kernels, in, out int, x, w, dy []float32)
}{
	{"x·Wᵀ", func(k f32.Kernels, in, out int, x, w, dy []float32) {
		k.GemmBias(blas.NoTrans, blas.Trans, batch, out, in, x, in, w, in, w[:out], 0.2, dy, out)
	}},
	{"dy·W", func(k f32.Kernels, in, out int, x, w, dy []float32) {
		k.Sgemm(blas.NoTrans, blas.NoTrans, batch, in, out, 1, dy, out, w, in, 0, x, in)
	}},
	{"dyᵀ·x", func(k f32.Kernels, in, out int, x, w, dy []float32) {
		k.Sgemm(blas.Trans, blas.NoTrans, out, in, batch, 1e-3, dy, out, x, in, 1, w, in)
	}},
}

func operands(in, out int) (x, w, dy []float32) {
	x, w, dy = make([]float32, batch*in), make([]float32, in*out), make([]float32, batch*out)
	for _, s := range [][]float32{x, w, dy} {
		for i := range s {
			s[i] = float32(i%17)/17 - 0.5
		}
	}
	return x, w, dy
}

func gflops(b *testing.B, flop int) {
	b.ReportMetric(float64(flop)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
}

func BenchmarkGemm(b *testing.B) {
	k := Best()
	for _, l := range layers {
		in, out := l[0], l[1]
		x, w, dy := operands(in, out)
		for _, f := range forms {
			b.Run(fmt.Sprintf("%dx%d/%s", in, out, f.name), func(b *testing.B) {
				for b.Loop() {
					clear(w) // keeps the numbers from growing from call to call
					f.run(k, in, out, x, w, dy)
				}
				gflops(b, 2*batch*in*out)
			})
		}
	}
}

// BenchmarkMix runs every form of every layer, and the bare loop beside it: "share" is how much of that loop's speed
// the products reach.
func BenchmarkMix(b *testing.B) {
	k := Best()
	type call struct{ x, w, dy []float32 }
	var calls []call
	flop := 0
	for _, l := range layers {
		x, w, dy := operands(l[0], l[1])
		calls = append(calls, call{x, w, dy})
		flop += 3 * 2 * batch * l[0] * l[1]
	}
	peak, n := 0.0, 0
	for b.Loop() {
		for i, c := range calls {
			for _, f := range forms {
				f.run(k, layers[i][0], layers[i][1], c.x, c.w, c.dy)
			}
		}
		b.StopTimer()
		peak += Peak(10 * time.Millisecond)
		n++
		b.StartTimer()
	}
	gflops(b, flop)
	speed := float64(flop) * float64(b.N) / float64(b.Elapsed().Nanoseconds())
	b.ReportMetric(speed/(peak/float64(n)), "share")
}

// BenchmarkPasses reports the time of a pass for one element, on as many as the classic generator has weights.
func BenchmarkPasses(b *testing.B) {
	const n = 1_489_936
	k := Best()
	w, g, m, v := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	for i := range w {
		w[i], g[i], v[i] = float32(i%13)-6, float32(i%7)-3, 1
	}
	for _, p := range []struct {
		name string
		run  func()
	}{
		{"Adam", func() { k.Adam(w, g, m, v, f32.AdamStep{Rate: 1e-7, Root: 1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8}) }},
		{"Leaky", func() { k.Leaky(w, g, 0.2) }},
		{"LeakyGrad", func() { k.LeakyGrad(w, g, m, 0.2) }},
		{"Drop", func() { k.Drop(w, g, 0.3, 5, 0) }},
		{"Tanh", func() { k.Tanh(w, g) }},
		{"TanhGrad", func() { k.TanhGrad(w, g, m) }},
		{"Sigmoid", func() { k.Sigmoid(w, g) }},
		{"Add", func() { k.Add(v, m) }},
		{"Lerp", func() { k.Lerp(w, g, 0.01) }},
		{"AddColumnSums", func() { k.AddColumnSums(w, g, n/1024, 1024) }},
	} {
		b.Run(p.name, func(b *testing.B) {
			for b.Loop() {
				p.run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/element")
		})
	}
}

// BenchmarkCall is what crossing to the module and back costs.
func BenchmarkCall(b *testing.B) {
	k := Best()
	x := make([]float32, 4)
	c := f32.AdamStep{Rate: 0, Root: 1}
	b.Run("Add", func(b *testing.B) {
		for b.Loop() {
			k.Add(x, x)
		}
	})
	b.Run("Adam", func(b *testing.B) {
		for b.Loop() {
			k.Adam(x, x, x, x, c)
		}
	})
	b.Run("Gemm", func(b *testing.B) {
		for b.Loop() {
			k.Sgemm(blas.NoTrans, blas.NoTrans, 1, 1, 1, 1, x, 1, x, 1, 0, x, 1)
		}
	})
}
