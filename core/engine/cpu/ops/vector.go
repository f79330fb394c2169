package ops

import (
	"math"

	"ganvas/core/f32"
)

// dot is Σ a·b, added up in float64.
func dot(a, b []float32) float64 {
	sum := 0.0
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}

// normalize scales x to length 1, as PyTorch does: over at least 1e-12.
func normalize(x []float32) {
	inv := float32(1 / math.Max(math.Sqrt(dot(x, x)), 1e-12))
	for i := range x {
		x[i] *= inv
	}
}

// addScaled: to += k·x.
func addScaled(to, x []float32, k float32) {
	if k == 1 {
		f32.Add(to, x)
		return
	}
	for i, v := range x {
		to[i] += k * v
	}
}

// setScaled: to = k·x.
func setScaled(to, x []float32, k float32) {
	if k == 1 {
		copy(to, x)
		return
	}
	for i, v := range x {
		to[i] = k * v
	}
}

// scaled: to = k·x, in memory that is made at its first use; x itself where k is 1 and nil where x is.
func scaled(to *[]float32, x []float32, k float32) []float32 {
	if x == nil || k == 1 {
		return x
	}
	*to = sized(*to, len(x))
	setScaled(*to, x, k)
	return *to
}
