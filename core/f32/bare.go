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
	a, b, c := make([]float32, t.rows*blockK+slack), make([]float32, t.cols*blockK+slack), make([]float32, t.rows*t.cols)
	return func(turns int) float64 {
		for range turns {
			t.run(t.rows, t.cols, blockK, unsafe.Pointer(&a[0]), unsafe.Pointer(&b[0]), unsafe.Pointer(&c[0]), t.cols, false, ahead{at: uintptr(unsafe.Pointer(&b[0]))})
		}
		return float64(turns) * 2 * float64(t.rows*t.cols) * blockK
	}
}

// Limit is like Bare for multiply-adds that wait for nothing: what the processor itself can do. It is nil where k does not
// know how.
func Limit(k Kernels) func(turns int) float64 {
	s, ok := k.(*packed)
	if !ok {
		return nil
	}
	return s.tile.limit
}
