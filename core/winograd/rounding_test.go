package winograd

import (
	"math"
	"math/rand/v2"
	"testing"

	"ganvas/core/f32"
)

// TestRounding: results are as near to the truth as float32 sums of as many terms can be expected to be; the points' own
// rounding stays below that.
func TestRounding(t *testing.T) {
	defer f32.Use(f32.Plain())
	r := rand.New(rand.NewPCG(3, 4))
	for _, k := range f32.Sets() {
		f32.Use(k)
		for _, g := range []Geometry{
			{PixelMaps: 8, H: 14, W: 14, Maps: 16, OH: 7, OW: 7, Kernel: 4, Stride: 2, Pad: 1},
			{PixelMaps: 16, H: 10, W: 10, Maps: 8, OH: 10, OW: 10, Kernel: 3, Stride: 1, Pad: 1},
		} {
			const n = 8
			numbers := func(n int) []float32 {
				x := make([]float32, n)
				for i := range x {
					x[i] = float32(r.NormFloat64())
				}
				return x
			}
			w, x, y := numbers(g.Maps*g.PixelMaps*g.Kernel*g.Kernel), numbers(n*g.PixelMaps*g.H*g.W), numbers(n*g.Maps*g.OH*g.OW)
			want := make([]float64, len(y))
			direct(g, n, func(a, b, c int) { want[c] += float64(w[a]) * float64(x[b]) })
			c := New(g, n, true, &Scratch{})
			c.Take(w)
			c.Correlate(y, x, nil)
			var off, all float64
			for i, v := range y {
				off += (float64(v) - want[i]) * (float64(v) - want[i])
				all += want[i] * want[i]
			}
			if rms := math.Sqrt(off / all); !(rms < 4e-7) {
				t.Errorf("%s, %+v: results are off by %.2g of their size", k.Name(), g, rms)
			} else {
				t.Logf("%s, %+v: off by %.2g", k.Name(), g, rms)
			}
		}
	}
}
