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
	best := 0.0
	for range looks {
		var all sync.WaitGroup
		done := make([]float64, threads)
		for i := range done {
			bare := f32.Bare(f32.Active())
			if bare == nil {
				return 0
			}
			all.Go(func() {
				began := time.Now()
				var flops float64
				for time.Since(began) < look {
					flops += bare(100)
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
