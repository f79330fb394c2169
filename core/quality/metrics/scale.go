package metrics

import "math"

// Scale brings feature vectors to where those that it was made of have the mean 0 in each feature and, on average, the variance 1.
type Scale struct {
	mean []float64
	by   float64
}

// ScaleOf is the scale of feature vectors (n, d).
func ScaleOf(features []float64, d int) Scale {
	s := Scale{make([]float64, d), 1}
	column := make([]float64, len(features)/d)
	variance := 0.0
	for k := range s.mean {
		for i := range column {
			column[i] = features[i*d+k]
		}
		m, v := MeanVariance(column)
		s.mean[k] = m
		variance += v / float64(d)
	}
	if variance > 0 {
		s.by = 1 / math.Sqrt(variance)
	}
	return s
}

// Of is the feature vectors (n, d) on that scale.
func (s Scale) Of(features []float64) []float64 {
	out := make([]float64, len(features))
	for i, v := range features {
		out[i] = s.by * (v - s.mean[i%len(s.mean)])
	}
	return out
}
