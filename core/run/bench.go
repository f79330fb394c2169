package run

import (
	"slices"
	"time"
)

// Timing is the measured speed of training steps.
type Timing struct {
	MsPerStep    []float64 `json:"msPerStep"` // each step's
	GFlops       float64   `json:"gflops"`    // at the median
	FlopsPerStep float64   `json:"flopsPerStep"`
}

// Median, least and largest of the steps' milliseconds.
func (t Timing) Median() (median, least, largest float64) {
	s := slices.Sorted(slices.Values(t.MsPerStep))
	return s[len(s)/2], s[0], s[len(s)-1]
}

// WarmUp steps are not counted.
const WarmUp = 3

// Bench times n steps after a few to warm up.
func (t *Trainer) Bench(ctx Cancel, n int, now func() time.Time, yield func()) (Timing, error) {
	if now == nil {
		now = time.Now
	}
	b := Timing{FlopsPerStep: t.GAN.StepFlops()}
	for len(b.MsPerStep) < n || t.step < WarmUp {
		if ctx.Err() != nil {
			return b, ctx.Err()
		}
		began := now()
		_, err := t.Step()
		took := now().Sub(began)
		if yield != nil {
			yield()
		}
		if err == ErrWaiting {
			time.Sleep(time.Millisecond)
			continue
		}
		if err != nil {
			return b, err
		}
		if t.step > WarmUp {
			b.MsPerStep = append(b.MsPerStep, float64(took)/float64(time.Millisecond))
		}
	}
	median, _, _ := b.Median()
	b.GFlops = b.FlopsPerStep / median / 1e6
	return b, nil
}
