package tape

import "math"

// Moments are about n steps of a run of that many, at which to look at a generator that changes fast at first and ever
// more slowly: the step of moment k is total·(k/n)^2.5. The first is 0 and the last the run's end.
func Moments(total, n int) []int {
	steps := []int{0}
	for k := 1; k <= n; k++ {
		step := int(math.Round(float64(total) * math.Pow(float64(k)/float64(n), 2.5)))
		if step > steps[len(steps)-1] {
			steps = append(steps, step)
		}
	}
	return steps
}
