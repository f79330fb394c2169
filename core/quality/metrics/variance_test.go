package metrics

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"
)

// The mean and the variance are gonum's.
func TestMeanVarianceIsGonums(t *testing.T) {
	values := []float64{3, 1.5, -7, 1e4, 12, 12}
	mean, variance := MeanVariance(values)
	if m, v := stat.MeanVariance(values, nil); math.Abs(mean-m) > 1e-9*m || math.Abs(variance-v) > 1e-9*v {
		t.Errorf("%g and %g, gonum has %g and %g", mean, variance, m, v)
	}
}
