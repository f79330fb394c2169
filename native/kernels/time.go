package kernels

import (
	"fmt"
	"strings"
	"time"

	"ganvas/core/f32"

	"gonum.org/v1/gonum/blas"
)

const (
	rounds = 5                    // the best of so many looks at each set, in turn
	look   = 5 * time.Millisecond // each
	// lead is how much faster another set must be than the one with the widest vectors, which two timings of the same could
	// differ by.
	lead = 1.05
)

// timed times the sets, and records the rates and the fastest.
func (c *Chooser) timed(r *record) f32.Kernels {
	sets := c.Timed
	rates := make([]float64, len(sets))
	for range rounds {
		for i, k := range sets {
			rates[i] = max(rates[i], c.Rate(k))
		}
	}
	best := len(sets) - 1
	for i := best - 1; i >= 0; i-- {
		if rates[i] > lead*rates[best] {
			best = i
		}
	}
	for i, k := range sets {
		r.Rates = append(r.Rates, rated{word(k), rates[i]})
	}
	r.Kernels = sets[best].Name()
	return sets[best]
}

// says is why k is taken: the rates, the widest vectors first, and how they are known.
func (r record) says(k f32.Kernels, how string) string {
	var rates []string
	for i := len(r.Rates) - 1; i >= 0; i-- {
		rates = append(rates, fmt.Sprintf("%s %.3g", r.Rates[i].Name, r.Rates[i].GFlops))
	}
	return fmt.Sprintf("Computing with %s, the fastest here: %s GFLOP/s on one thread, %s.", k.Name(), strings.Join(rates, ", "), how)
}

// rate is what a small dense layer's product with its activation and its weights' update reach on one thread; the update counts
// as time without operations.
func rate(k f32.Kernels) float64 {
	const batch, in, out = 64, 192, 256
	x, w, y := make([]float32, batch*in), make([]float32, in*out), make([]float32, batch*out)
	m, v := make([]float32, in*out), make([]float32, in*out)
	for i := range x {
		x[i] = float32(i%7) - 3
	}
	for i := range w {
		w[i] = float32(i%5) - 2
	}
	step := func() {
		for range 8 {
			k.Sgemm(blas.NoTrans, blas.NoTrans, batch, out, in, 1, x, in, w, out, 0, y, out)
			k.Leaky(y, y, 0.2)
		}
		k.Adam(w, w, m, v, f32.AdamStep{Beta1: 0.5, Beta2: 0.999, Rate: 1e-4, Root: 1, Eps: 1e-8})
	}
	step() // memory and the processor's clock
	began, done := time.Now(), 0
	for time.Since(began) < look {
		step()
		done++
	}
	return float64(done) * 8 * 2 * batch * in * out / time.Since(began).Seconds() / 1e9
}
