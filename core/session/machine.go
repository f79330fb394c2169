package session

import (
	"runtime"
	"time"

	"ganvas/core/engine"
)

// Each program's peak is the best of several looks, short enough that a busy machine leaves some of them alone; all
// programs look at once.
const (
	peakLooks  = 20
	peakDuring = 5 * time.Millisecond
)

// machine is what the programs that share a batch have between them.
type machine struct {
	peak   float64 // GFLOP/s of a bare multiply-add loop in all of them at once; 0 where nothing can tell
	memory float64 // bytes that the Go runtimes hold
}

// timed measures the machine before and after f, since other programs may slow it down at either end: the higher peak
// counts. It must be called in all of the engine's programs alike; peak is the speed of this one's bare loop, or nil.
func timed(e engine.Engine, peak func(time.Duration) float64, f func() error) (machine, error) {
	before := look(e, peak)
	if err := f(); err != nil {
		return machine{}, err
	}
	after := look(e, peak)
	after.peak = max(after.peak, before.peak)
	return after, nil
}

func look(e engine.Engine, peak func(time.Duration) float64) machine {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	const unit = 1 << 16 // memory comes in pages, so that float32 holds it exactly
	sums := [2]float32{0, float32(m.Sys / unit)}
	for n := 0; peak != nil && n < peakLooks; n++ {
		sums[0] = max(sums[0], float32(peak(peakDuring)))
	}
	e.Group().Sum(sums[:])
	return machine{peak: float64(sums[0]), memory: float64(sums[1]) * unit}
}
