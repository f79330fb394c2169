package metrics_test

import (
	"testing"

	"ganvas/core/quality/metrics"
)

// Ten points: six at the first of two centres, one at the other, three at none.
func TestCountModes(t *testing.T) {
	centres := [][2]float64{{0, 0}, {1, 0}}
	points := []float32{0, 0, 0.05, 0, 0, -0.05, 0.03, 0.03, -0.1, 0, 0, 0.1, 1, 0.05, 0.5, 0, 0.2, 0, 1, 0.3}
	m := metrics.CountModes(points, centres, 0.11)
	if m.Each[0] != 6 || m.Each[1] != 1 || m.Near != 7 || m.Samples != 10 || m.Quality() != 0.7 {
		t.Errorf("%+v", m)
	}
	// An equal share is 5 points.
	if m.Covered(0.2) != 2 || m.Covered(0.21) != 1 || m.Covered(1.3) != 0 {
		t.Errorf("%d, %d and %d modes are covered", m.Covered(0.2), m.Covered(0.21), m.Covered(1.3))
	}
}
