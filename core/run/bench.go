package run

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
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

// Worth is the part of the processor's time for a step that a GPU may take to be worth it.
const Worth = 0.9

// glanceSteps is how many steps are timed where patience allows.
const glanceSteps = 8

// Glance is the milliseconds of a step of the recipe on an engine, on a run of its own, which is gone afterwards: the mean of as many as
// begin within patience, at least one. The first is not counted, since engines compile in it, unless it takes longer than patience and
// nothing is compiled.
func Glance(ctx Cancel, e engine.Engine, r config.Recipe, set *data.Set, patience time.Duration, compiles bool, now func() time.Time) (ms float64, err error) {
	t, err := New(e, r, set)
	if err != nil {
		return 0, err
	}
	defer t.GAN.Release()
	began := now()
	if err := t.several(ctx, 1, func() bool { return false }); err != nil {
		return 0, err
	}
	took, n := now().Sub(began), 1
	if compiles || took < patience {
		began, n = now(), 0
		err := t.several(ctx, glanceSteps, func() bool { n++; return now().Sub(began) > patience })
		if err != nil {
			return 0, err
		}
		took = now().Sub(began)
	}
	return took.Seconds() * 1e3 / float64(n), e.Err()
}

// several does at most n steps, the last of which is the one after which enough says so, and waits for all.
func (t *Trainer) several(ctx Cancel, n int, enough func() bool) error {
	for done := 0; done < n; {
		err := cmp.Or(ctx.Err(), t.Ahead())
		switch {
		case err == ErrWaiting:
			time.Sleep(time.Millisecond)
			continue
		case err != nil:
			return err
		}
		if _, err := t.Come(false); err != nil {
			return err
		}
		if done++; enough() {
			break
		}
	}
	_, err := t.Come(true)
	return err
}
