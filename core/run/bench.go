package run

import (
	"errors"
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

// Bench times n steps, or some more, after a few to warm up. Steps that report together have their time in equal parts. Time
// that goes to yield counts while steps are under way.
func (t *Trainer) Bench(ctx Cancel, n int, now func() time.Time, yield func()) (Timing, error) {
	if now == nil {
		now = time.Now
	}
	b := Timing{FlopsPerStep: t.GAN.StepFlops()}
	took := time.Duration(0) // by steps that have not reported
	for len(b.MsPerStep) < n || t.step < WarmUp {
		if ctx.Err() != nil {
			return b, ctx.Err()
		}
		began := now()
		err := t.Ahead()
		came, failed := t.Come(t.step <= WarmUp)
		if yield != nil && len(t.begun) > 0 {
			yield() // and the engine goes on meanwhile
			took += now().Sub(began)
		} else {
			took += now().Sub(began)
			if yield != nil {
				yield()
			}
		}
		if err == ErrWaiting {
			took = 0
			time.Sleep(time.Millisecond)
			continue
		}
		if err := errors.Join(err, failed); err != nil {
			return b, err
		}
		for _, r := range came {
			if r.Step > WarmUp {
				b.MsPerStep = append(b.MsPerStep, float64(took)/float64(len(came))/float64(time.Millisecond))
			}
		}
		if len(came) > 0 {
			took = 0
		}
	}
	median, _, _ := b.Median()
	b.GFlops = b.FlopsPerStep / median / 1e6
	return b, nil
}
