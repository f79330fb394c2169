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
			ldTo, ldFrom := r+c%3, c+r%3
			from := numbers(r * ldFrom)
			both(fmt.Sprintf("transposed %d × %d", r, c), c*ldTo, 0, func(m f32.Mapper, to []float32) { m.Transpose(to, ldTo, from, ldFrom, r, c) })
		}
	}
	stencil := &f32.Stencil{}
	stencil.Add(2, f32.Term{In: 0, By: 1}, f32.Term{In: 3, By: -0.5})
	stencil.Add(0, f32.Term{In: 1, By: 2})
	stencil.Add(3)
	stencil.Add(1, f32.Term{In: 3, By: 1}, f32.Term{In: 2, By: -1}, f32.Term{In: 0, By: 0.25})
	for run := 1; run < 40; run++ {
		l := f32.Mixing{Rows: 3, ToStep: 5, FromStep: 4, Unit: run, Run: run}
		from := numbers(12 * run)
		both(fmt.Sprintf("mixed runs of %d", run), 15*run, 1e-6, func(m f32.Mapper, to []float32) { m.Mix(to, from, stencil, l) })
	}
	for cols := range 40 {
		const rows, maps = 6, 3
		n := rows * cols
		x, y, by := numbers(n), numbers(n), numbers(12)
		both(fmt.Sprintf("sums of %d", cols), 2*rows, 1e-5, func(m f32.Mapper, to []float32) { m.Sums(to, x, y, rows, cols) })
		both(fmt.Sprintf("squares of %d", cols), rows, 1e-5, func(m f32.Mapper, to []float32) { m.Squares(to, x, by[:maps], rows, cols) })
		both(fmt.Sprintf("normalised %d", cols), 2*n, 1e-6, func(m f32.Mapper, to []float32) { m.Normalize(to[:n], to[n:], x, by, rows, cols) })
		both(fmt.Sprintf("gradient of %d", cols), n, 1e-6, func(m f32.Mapper, to []float32) { m.NormalizeGrad(to, x, y, by[:9], rows, cols) })
	}
}
