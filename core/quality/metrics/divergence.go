package metrics

import "math"

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
