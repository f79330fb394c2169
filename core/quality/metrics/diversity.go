package metrics

import "math"

// Diversity is how far apart pictures of one class lie, by their feature vectors (n, d): the mean distance between the
// vectors of the same class, over all classes that come at least twice. Divide it by the reals' own: near 1 a class's
// pictures differ as real ones do, near 0 they are all the same.
func Diversity(features []float64, d int, class func(i int) int) float64 {
	x := narrow(features)
	sum, pairs := 0.0, 0
	distances(x, x, d, func(i int, to []float32) {
		for j, v := range to[:i] {
			if class(i) == class(j) {
				sum += math.Sqrt(float64(v))
				pairs++
			}
		}
	})
	if pairs == 0 {
		return 0
	}
	return sum / float64(pairs)
}
