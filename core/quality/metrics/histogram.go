package metrics

// Histogram counts pictures by their most likely class and averages how likely it is; p (n, classes).
func Histogram(p []float64, classes int) (counts []int, confidence float64) {
	counts = make([]int, classes)
	n := len(p) / classes
	for i := range n {
		best, at := 0.0, 0
		for c, v := range p[i*classes:][:classes] {
			if v > best {
				best, at = v, c
			}
		}
		counts[at]++
		confidence += best / float64(n)
	}
	return counts, confidence
}
