package f32

import "unsafe"

// Bare is k's innermost loop without anything around it: a function that multiplies one tile's panels, which stay in the
// first cache, so many times and returns how many floating-point operations that was. What it reaches a second is the
// most that products can. Each thread needs a function of its own; nil where k has no such loop.
func Bare(k Kernels) func(turns int) float64 {
	s, ok := k.(*packed)
	if !ok {
		return nil
	}
	t := s.tile
	a, b, c := make([]float32, tileRows*blockK+slack), make([]float32, t.cols*blockK+slack), make([]float32, tileRows*t.cols)
	return func(turns int) float64 {
		for range turns {
			t.run(blockK, unsafe.Pointer(&a[0]), unsafe.Pointer(&b[0]), unsafe.Pointer(&c[0]), t.cols, false)
		}
		return float64(turns) * 2 * tileRows * float64(t.cols) * blockK
	}
}
