package metrics

import "math"

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

// Covered is how many classes have at least that share of all counted.
func Covered(counts []int, share float64) int {
	all, covered := total(counts), 0
	for _, n := range counts {
		if n > 0 && float64(n) >= share*float64(all) {
			covered++
		}
	}
	return covered
}

// Divergence is the Kullback-Leibler divergence of the counted classes from the ones wanted, in nats; 0 where they come
// in the same proportions. Every class wanted must be there.
func Divergence(counts, wanted []int) float64 {
	all, allWanted, sum := float64(total(counts)), float64(total(wanted)), 0.0
	for c, n := range counts {
		if n > 0 {
			p := float64(n) / all
			sum += p * math.Log(p*allWanted/float64(wanted[c]))
		}
	}
	return sum
}

func total(counts []int) (n int) {
	for _, k := range counts {
		n += k
	}
	return n
}
