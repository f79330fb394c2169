package winograd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"ganvas/core/f32"
)

// direct is a convolution by its definition, in float64.
func direct(g Geometry, n int, f func(w, x, y int)) {
	for i := range n {
		for m := range g.Maps {
			for oy := range g.OH {
				for ox := range g.OW {
					for c := range g.PixelMaps {
						for ky := range g.Kernel {
							for kx := range g.Kernel {
								py, px := oy*g.Stride+ky-g.Pad, ox*g.Stride+kx-g.Pad
								if py >= 0 && py < g.H && px >= 0 && px < g.W {
									f(((m*g.PixelMaps+c)*g.Kernel+ky)*g.Kernel+kx, ((i*g.PixelMaps+c)*g.H+py)*g.W+px, ((i*g.Maps+m)*g.OH+oy)*g.OW+ox)
								}
							}
						}
					}
				}
			}
		}
	}
}

// TestConv: the output, both gradients and the adjoint are those of the definition, for every kind of tile, frames,
// images in several blocks and lanes without an image, on every set of kernels and on several threads.
func TestConv(t *testing.T) {
	defer f32.Use(f32.Plain())
	defer f32.Threads(1)
	r := rand.New(rand.NewPCG(1, 2))
	for _, g := range []Geometry{
		{PixelMaps: 3, H: 14, W: 14, Maps: 5, OH: 7, OW: 7, Kernel: 4, Stride: 2, Pad: 1},
		{PixelMaps: 4, H: 6, W: 9, Maps: 3, OH: 2, OW: 3, Kernel: 4, Stride: 2, Pad: 0},
		{PixelMaps: 2, H: 8, W: 5, Maps: 7, OH: 8, OW: 5, Kernel: 3, Stride: 1, Pad: 1},
		{PixelMaps: 5, H: 4, W: 7, Maps: 4, OH: 2, OW: 5, Kernel: 3, Stride: 1, Pad: 0},
		{PixelMaps: 1, H: 5, W: 6, Maps: 2, OH: 6, OW: 7, Kernel: 2, Stride: 1, Pad: 1},
		{PixelMaps: 2, H: 11, W: 8, Maps: 2, OH: 4, OW: 3, Kernel: 6, Stride: 2, Pad: 1},
	} {
		for _, n := range []int{1, 4, 7} {
			for _, k := range f32.Sets() {
				for _, threads := range []int{1, 3} {
					t.Run(fmt.Sprintf("%+v of %d/%s/%d", g, n, k.Name(), threads), func(t *testing.T) {
						f32.Use(k)
						f32.Threads(threads)
						compare(t, r, g, n)
					})
				}
			}
		}
	}
}

func compare(t *testing.T, r *rand.Rand, g Geometry, n int) {
	numbers := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(r.NormFloat64())
		}
		return x
	}
	w, bias := numbers(g.Maps*g.PixelMaps*g.Kernel*g.Kernel), numbers(g.Maps)
	x, y := numbers(n*g.PixelMaps*g.H*g.W), numbers(n*g.Maps*g.OH*g.OW)
	wantY, wantX, wantW := make([]float64, len(y)), make([]float64, len(x)), make([]float64, len(w))
	for i := range wantY {
		wantY[i] = float64(bias[i/(g.OH*g.OW)%g.Maps])
	}
	direct(g, n, func(a, b, c int) {
		wantY[c] += float64(w[a]) * float64(x[b])
		wantX[b] += float64(w[a]) * float64(y[c])
		wantW[a] += float64(x[b]) * float64(y[c])
	})
	for i := range wantW {
		wantW[i] += 2 // that were there before
	}

	c := New(g, n, r.IntN(2) == 0, &Scratch{})
	c.each = min(c.each, 4) // several blocks
	near := func(what string, got []float32, want []float64) {
		t.Helper()
		for i, v := range got {
			if d := math.Abs(float64(v) - want[i]); !(d <= 1e-6*float64(n*g.PixelMaps*g.Maps)+1e-5) {
				t.Fatalf("%s: number %d is %v, want %v", what, i, v, want[i])
			}
		}
	}
	twos := func() []float32 {
		x := make([]float32, len(w))
		for i := range x {
			x[i] = 2
		}
		return x
	}
	gotX, gotY := numbers(len(x)), numbers(len(y))
	c.Take(w)
	c.Correlate(gotY, x, bias)
	near("correlated", gotY, wantY)
	dw := twos()
	c.CorrelateBack(dw, gotX, y, x, true)
	near("gradient at the kernel", dw, wantW)
	near("gradient at the images", gotX, wantX)
	dw = twos()
	c.CorrelateBack(dw, nil, y, x, false)
	near("gradient at the kernel of other images", dw, wantW)
	gotX = numbers(len(x))
	c.Spread(gotX, y)
	near("spread", gotX, wantX)
	dw, gotY = twos(), numbers(len(y))
	c.SpreadBack(dw, gotY, x, y)
	near("gradient at the spreading kernel", dw, wantW)
	for i := range wantY {
		wantY[i] -= float64(bias[i/(g.OH*g.OW)%g.Maps])
	}
	near("gradient at the maps", gotY, wantY)
	step := func() {
		c.Take(w)
		c.Correlate(gotY, x, bias)
		c.CorrelateBack(dw, gotX, y, x, true)
		c.Spread(gotX, y)
		c.SpreadBack(dw, gotY, x, y)
	}
	allocs := testing.AllocsPerRun(3, step)
	for try := 0; allocs > 0 && try < 4; try++ { // what others allocate at the time is counted, too, but not each time
		allocs = testing.AllocsPerRun(3, step)
	}
	if allocs > 0 {
		t.Errorf("%v allocations in a step", allocs)
	}
}
