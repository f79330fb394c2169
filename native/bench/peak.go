package bench

import (
	"sync"
	"time"

	"ganvas/core/f32"
)

const (
	looks = 8                     // the best of so many counts
	look  = 20 * time.Millisecond // each
)

// Peak is how many GFLOP/s the kernels' bare loop reaches on so many threads at once; 0 where they have none.
func Peak(threads int) float64 {
	return rate(threads, func() func(int) float64 { return f32.Bare(f32.Active()) })
}

// Limit is how many GFLOP/s the processor can do with the kernels' vectors, on so many threads; 0 where nobody knows.
func Limit(threads int) float64 {
	return rate(threads, func() func(int) float64 { return f32.Limit(f32.Active()) })
}

func rate(threads int, loop func() func(turns int) float64) float64 {
	best := 0.0
	for range looks {
		var all sync.WaitGroup
		done := make([]float64, threads)
		for i := range done {
			run := loop()
			if run == nil {
				return 0
			}
			all.Go(func() {
				began := time.Now()
				var flops float64
				for time.Since(began) < look {
					flops += run(100)
				}
				done[i] = flops / time.Since(began).Seconds() / 1e9
			})
		}
		all.Wait()
		sum := 0.0
		for _, g := range done {
			sum += g
		}
		best = max(best, sum)
	}
	return best
}
