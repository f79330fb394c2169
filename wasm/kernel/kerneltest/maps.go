package kerneltest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"ganvas/core/f32"
)

// maps tests what k offers for images, if anything, against plain Go.
func maps(t *testing.T, k f32.Kernels) {
	m, ok := k.(f32.Mapper)
	if !ok {
		t.Skip("these kernels leave images to plain Go")
	}
	plain := f32.Plain().(f32.Mapper)
	rng := rand.New(rand.NewPCG(3, 4))
	numbers := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(rng.NormFloat64())
		}
		return x
	}
	both := func(what string, n int, slack float64, run func(m f32.Mapper, to []float32)) {
		t.Helper()
		got := numbers(n)
		want := append([]float32(nil), got...)
		run(m, got)
		run(plain, want)
		compare(t, what, got, want, slack)
	}
	for _, p := range []f32.Patch{
		{C: 1, H: 4, W: 4, Kernel: 4, Stride: 1, OH: 1, OW: 1}, {C: 3, H: 10, W: 9, Kernel: 4, Stride: 2, OH: 4, OW: 3},
		{C: 2, H: 7, W: 5, Kernel: 3, Stride: 1, OH: 5, OW: 3}, {C: 2, H: 6, W: 6, Kernel: 1, Stride: 2, OH: 3, OW: 3}, {C: 1, H: 12, W: 7, Kernel: 5, Stride: 2, OH: 4, OW: 2},
	} {
		image, col := numbers(p.C*p.H*p.W), numbers(p.OH*p.OW*p.C*p.Kernel*p.Kernel)
		both(fmt.Sprintf("patches of %v", p), len(col), 0, func(m f32.Mapper, to []float32) { m.Patches(to, image, p) })
		both(fmt.Sprintf("added patches of %v", p), len(image), 1e-6, func(m f32.Mapper, to []float32) { m.AddPatches(to, col, p) })
	}
	for r := range 11 {
		for c := range 11 {
			from := numbers(r * c)
			both(fmt.Sprintf("transposed %d × %d", r, c), r*c, 0, func(m f32.Mapper, to []float32) { m.Transpose(to, from, r, c) })
		}
	}
	for n := range 40 {
		x, y := numbers(n), numbers(n)
		both(fmt.Sprintf("sums of %d", n), 2, 1e-5, func(m f32.Mapper, to []float32) { m.Sums((*[2]float32)(to), x, y) })
		both(fmt.Sprintf("squares of %d", n), 2, 1e-5, func(m f32.Mapper, to []float32) { m.Squares((*[2]float32)(to), x, 0.3) })
		both(fmt.Sprintf("normalised %d", n), 2*n, 1e-6, func(m f32.Mapper, to []float32) { m.Normalize(to[:n], to[n:], x, 0.3, 1.7, -0.4, 2) })
		both(fmt.Sprintf("gradient of %d", n), n, 1e-6, func(m f32.Mapper, to []float32) { m.NormalizeGrad(to, x, y, 0.3, 0.1, -0.7) })
	}
}
