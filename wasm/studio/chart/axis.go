package chart

import (
	"math"
	"strconv"
)

// Ticks are two or about n round numbers (1, 2 or 5 times a power of ten apart) within low…high.
func Ticks(low, high float64, n int) []float64 {
	if !(high > low) || n < 1 {
		return []float64{low}
	}
	step := roundUp((high - low) / float64(n))
	var ticks []float64
	for i := math.Ceil(low/step - 1e-9); i*step <= high+step*1e-9; i++ {
		ticks = append(ticks, i*step)
	}
	if len(ticks) < 2 {
		return Ticks(low, high, 2*n)
	}
	return ticks
}

// Nice widens low…high to round numbers with about n ticks between them.
func Nice(low, high float64, n int) (float64, float64) {
	if !(high > low) {
		margin := max(math.Abs(low)*0.1, 0.5)
		low, high = low-margin, low+margin
	}
	step := roundUp((high - low) / float64(max(n, 1)))
	return math.Floor(low/step+1e-9) * step, math.Ceil(high/step-1e-9) * step
}

// roundUp is the least of 1, 2, 5 times a power of ten that is no less than x.
func roundUp(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= x*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// Number writes a value in at most five characters or so: 0.25, 12.5, 3400 as 3.4k.
func Number(v float64) string {
	a := math.Abs(v)
	switch {
	case a >= 999.5e3:
		return trim(v/1e6, 1) + "M"
	case a >= 9999.5:
		return trim(v/1e3, 1) + "k"
	case a >= 100:
		return trim(v, 0)
	case a >= 10:
		return trim(v, 1)
	case a == 0 || a >= 0.005:
		return trim(v, 2)
	}
	return strconv.FormatFloat(v, 'g', 2, 64)
}

// Value writes a measured value with digits that stay in place while it changes.
func Value(v float64) string {
	switch a := math.Abs(v); {
	case a >= 9999.5:
		return Number(v)
	case a >= 99.95:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case a >= 9.995:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

// trim writes v with at most that many decimals and no zeros at the end of them.
func trim(v float64, decimals int) string {
	p := math.Pow(10, float64(decimals))
	return strconv.FormatFloat(math.Round(v*p)/p+0, 'f', -1, 64)
}

// Apart moves labels that are less than gap apart until they are not; their order stays. It returns new places within low…high.
func Apart(a, b, gap, low, high float64) (float64, float64) {
	if a > b {
		b, a = Apart(b, a, gap, low, high)
		return a, b
	}
	if d := gap - (b - a); d > 0 {
		a, b = a-d/2, b+d/2
	}
	if d := low - a; d > 0 {
		a, b = a+d, max(b, low+gap)
	}
	if d := b - high; d > 0 {
		a, b = min(a, high-gap), b-d
	}
	return a, b
}
