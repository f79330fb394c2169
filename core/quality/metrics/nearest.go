package metrics

import (
	"math"

	"ganvas/core/data"
)

// Nearest is how far each of the pictures (n, size; bytes) is from the nearest of a set's first ones, in Euclidean
// distance of values in [−1, 1], and which one that is.
func Nearest(pictures []byte, set *data.Set, first int) (far []float64, which []int32) {
	size := set.Size()
	known, rows := make([]float32, first*size), make([]int32, first)
	for i := range rows {
		rows[i] = int32(i)
	}
	set.Gather(known, rows)
	x := make([]float32, len(pictures))
	for i, v := range pictures {
		x[i] = float32(v)/127.5 - 1
	}
	n := len(pictures) / size
	far, which = make([]float64, n), make([]int32, n)
	distances(x, known, size, func(i int, to []float32) {
		best := float32(math.Inf(1))
		for j, v := range to {
			if v < best {
				best, which[i] = v, int32(j)
			}
		}
		far[i] = math.Sqrt(float64(best))
	})
	return far, which
}

// Copied compares fakes' distances from their nearest training pictures with those of held-out real ones: the ratio of
// the medians, and the share of fakes that are nearer than 99 % of the real ones are. A generator that remembers its
// training pictures has a ratio far below 1 and a share far above 0.01.
func Copied(fakes, held []float64) (ratio, share float64) {
	near := make([]float32, len(held))
	for i, v := range held {
		near[i] = float32(v)
	}
	edge := float64(smallest(near, len(near)/100))
	k := 0
	for _, v := range fakes {
		if v < edge {
			k++
		}
	}
	return median(fakes) / median(held), float64(k) / float64(len(fakes))
}
