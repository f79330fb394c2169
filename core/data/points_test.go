package data

import (
	"math"
	"testing"

	"ganvas/core/sample"
)

// Nearly all points of a set lie at its modes, every mode has its share, and all are inside the square.
func TestPointsLieAtTheirModes(t *testing.T) {
	for name, modes := range map[string]int{"ring": 8, "grid": 25, "ring-sharp": 8, "grid-sharp": 25, "spiral": 60, "moons": 40} {
		s := Made(name, TrainSplit)
		m := s.Modes()
		if len(m.Centres) != modes || s.Shape() != sample.Plane || s.Classes() != 0 || s.Arrived() != s.Len() {
			t.Fatalf("%s has %d modes, shape %v", name, len(m.Centres), s.Shape())
		}
		each, near := make([]int, modes), 0
		at := make([]float32, 2)
		for i := range s.Len() {
			s.Gather(at, []int32{int32(i)})
			best, which := math.Inf(1), 0
			for k, c := range m.Centres {
				if d := math.Hypot(float64(at[0])-c[0], float64(at[1])-c[1]); d < best {
					best, which = d, k
				}
			}
			each[which]++
			if best <= m.Near {
				near++
			}
			if math.Abs(float64(at[0])) > 1 || math.Abs(float64(at[1])) > 1 {
				t.Fatalf("%s: a point lies at %v", name, at)
			}
		}
		if share := float64(near) / float64(s.Len()); share < 0.98 {
			t.Errorf("%s: only %.3f of the points are at a mode", name, share)
		}
		for k, n := range each {
			if want := s.Len() / modes; n < want*8/10 || n > want*12/10 {
				t.Errorf("%s: mode %d has %d points, not about %d", name, k, n, want)
			}
		}
	}
	if Made("mnist", TrainSplit) != nil {
		t.Error("mnist is taken for points")
	}
	a, b, held := Made("ring", TrainSplit), Made("ring", TrainSplit), Made("ring", TestSplit)
	x, y, z := make([]float32, 2), make([]float32, 2), make([]float32, 2)
	for set, to := range map[*Set][]float32{a: x, b: y, held: z} {
		set.Gather(to, []int32{7})
	}
	if x[0] != y[0] || x[0] == z[0] {
		t.Errorf("point 7 is %v, %v, and held out %v", x, y, z)
	}
}
