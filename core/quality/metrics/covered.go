package metrics

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

func total(counts []int) (n int) {
	for _, k := range counts {
		n += k
	}
	return n
}
