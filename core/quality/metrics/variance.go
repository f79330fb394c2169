package metrics

import "gonum.org/v1/gonum/floats"

// MeanVariance is the mean of at least two values and the unbiased estimate of their variance. It takes no gonum/stat, whose
// linear programming would be 5 kB of the page's trainer.
func MeanVariance(values []float64) (mean, variance float64) {
	n := float64(len(values))
	mean = floats.Sum(values) / n
	for _, v := range values {
		variance += (v - mean) * (v - mean)
	}
	return mean, variance / (n - 1)
}
