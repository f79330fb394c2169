package metrics

import "math"

// Score is the exponential of the mean divergence of each picture's class probabilities p (n, classes) from their mean
// over all pictures: 1 where all pictures look alike or unclear, the number of classes where each is clear and all come
// equally often. (Salimans et al. 2016, with a classifier of one's own.)
func Score(p []float64, classes int) float64 {
	n := len(p) / classes
	mean := make([]float64, classes)
	for i, v := range p {
		mean[i%classes] += v / float64(n)
	}
	sum := 0.0
	for i, v := range p {
		if v > 0 {
			sum += v * math.Log(v/mean[i%classes])
		}
	}
	return math.Exp(sum / float64(n))
}
