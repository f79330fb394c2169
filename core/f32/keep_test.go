package f32_test

import (
	"math"
	"testing"

	"ganvas/core/f32"
)

// TestKeepIsFair: the share that is kept, and how often two related values are kept together, are what independent draws
// would give, within five standard deviations.
func TestKeepIsFair(t *testing.T) {
	const n = 1 << 18
	var apart uint64 = 0x9E3779B97F4A7C15 // as the seeds of neighbouring layers
	twice := 2 * apart
	for _, p := range []float32{0.1, 0.3, 0.5} {
		keep := 1 - float64(p)
		check := func(what string, want float64, kept func(i int) bool) {
			t.Helper()
			count := 0
			for i := range n {
				if kept(i) {
					count++
				}
			}
			if got, dev := float64(count)/n, math.Sqrt(want*(1-want)/n); math.Abs(got-want) > 5*dev {
				t.Errorf("rate %g, %s: %.5f, want %.5f ± %.5f", p, what, got, want, dev)
			}
		}
		for _, seed := range []uint64{0, 1, 2, 12345, 1 << 63, math.MaxUint64} {
			check("kept", keep, func(i int) bool { return f32.Keep(seed, i, p) })
			for _, d := range []int{1, 2, 4, 7, 256, 784, 1024, 65536} {
				check("kept with one further on", keep*keep, func(i int) bool { return f32.Keep(seed, i, p) && f32.Keep(seed, i+d, p) })
			}
			for _, other := range []uint64{seed + 1, seed ^ 2, seed + 1000, seed ^ apart, seed ^ twice} {
				check("kept under two seeds", keep*keep, func(i int) bool { return f32.Keep(seed, i, p) && f32.Keep(other, i, p) })
			}
		}
	}
}

// TestKeepAtTheEnds: nothing is dropped at rate 0, everything at rate 1.
func TestKeepAtTheEnds(t *testing.T) {
	for i := range 100000 {
		if !f32.Keep(7, i, 0) || f32.Keep(7, i, 1) {
			t.Fatalf("value %d is kept at rate 0: %v, at rate 1: %v", i, f32.Keep(7, i, 0), f32.Keep(7, i, 1))
		}
	}
}
