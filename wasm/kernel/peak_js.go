package kernel

import (
	"time"

	"ganvas/wasm/kernel/gen"
)

// Peak is the speed, in GFLOP/s, of the module's multiply-add loop over registers for about a duration: the most that
// any kernel of it could reach now. It is 0 where no module is joined.
func Peak(during time.Duration) float64 {
	if state() == 0 {
		return 0
	}
	const turns = 5000 // about 30 µs
	out := workingArea()
	start := time.Now()
	for n := 1; ; n++ {
		bare(turns, out)
		if d := time.Since(start); d >= during {
			return float64(n) * turns * gen.BareTurn / float64(d.Nanoseconds())
		}
	}
}
