package metrics

import (
	"math"

	"ganvas/core/rng"

	"gonum.org/v1/gonum/floats"
)

const (
	kernelSubset  = 100 // vectors of each kind in one estimate, or half of those that there are
	kernelRepeats = 50
)

// Kernel is the distance of fakes from reals by their feature vectors (n, d) and (m, d) as the squared maximum mean
// discrepancy under the kernel (x·y/d + 1)³, and its standard error. It is the mean of unbiased estimates over subsets of 100
// vectors of each, or of half as many as there are, drawn by the stream: unlike [Frechet] it does not grow when samples are few,
// and between real samples it is 0 on average. (Bińkowski et al. 2018.)
func Kernel(fakes, reals []float64, d int, random *rng.Stream) (distance, deviation float64) {
	n := max(2, min(kernelSubset, len(fakes)/d/2, len(reals)/d/2))
	estimates := make([]float64, kernelRepeats)
	x, y := make([][]float64, n), make([][]float64, n)
	for i := range estimates {
		draw(x, fakes, d, random)
		draw(y, reals, d, random)
		estimates[i] = discrepancy(x, y)
	}
	mean, variance := MeanVariance(estimates)
	return mean, math.Sqrt(variance / kernelRepeats)
}

// draw fills subset with different rows of v (n, d).
func draw(subset [][]float64, v []float64, d int, random *rng.Stream) {
	order := make([]int32, len(v)/d)
	for i := range order {
		order[i] = int32(i)
	}
	random.Shuffle(order)
	for i := range subset {
		subset[i] = v[int(order[i])*d:][:d]
	}
}

// discrepancy is the unbiased estimate of the squared maximum mean discrepancy of equally many vectors x and y.
func discrepancy(x, y [][]float64) float64 {
	n := float64(len(x))
	kernel := func(a, b []float64) float64 {
		v := floats.Dot(a, b)/float64(len(a)) + 1
		return v * v * v
	}
	within, between := 0.0, 0.0
	for i := range x {
		for j := range i {
			within += kernel(x[i], x[j]) + kernel(y[i], y[j])
		}
		for j := range y {
			between += kernel(x[i], y[j])
		}
	}
	return 2*within/(n*(n-1)) - 2*between/(n*n)
}
