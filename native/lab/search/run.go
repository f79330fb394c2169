package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/quality/judge"
	"ganvas/core/quality/metrics"
	"ganvas/core/run"
)

// The bar: every digit has at least the share shown of the images, and the judge is this sure of what it sees.
const (
	Samples    = 10_000
	Confidence = 0.80
	timed      = 15    // steps
	few        = 1_000 // images of a first look, which says whether all are worth making
	firstLook  = 100   // steps
	lookEvery  = 25    // steps between looks, at least
	lookGrowth = 1.08  // the next look's step as a multiple of this one's
	wideGrowth = 1.25  // the same where each look is at all images
)

// Look is what the judge made of a run's images at one step.
type Look struct {
	Step       int     `json:"step"`
	Samples    int     `json:"samples"`
	Covered    int     `json:"covered"`
	Confidence float64 `json:"confidence"`
	Distance   float64 `json:"apart"` // Fréchet distance as a multiple of that between real images
}

// shown is the share of the pictures that a digit needs here, readable or not.
const shown = 0.02

// passes reports whether a look meets the bar.
func (l Look) passes() bool { return l.Covered == judge.Classes && l.Confidence > Confidence }

// Result is one run of a candidate.
type Result struct {
	Name   string        `json:"name"`
	Recipe config.Recipe `json:"recipe"`
	Engine string        `json:"engine"`
	Ms     float64       `json:"ms"`     // a step, by the fastest tenth of them: the others shared the machine
	Passed int           `json:"passed"` // at this step; 0: not within the limit
	Looks  []Look        `json:"looks"`
	Why    string        `json:"why,omitempty"` // it ended early
}

// Seconds is how much training it took to pass, at the run's time for a step; ok is false where it did not.
func (r *Result) Seconds() (s float64, ok bool) {
	return float64(r.Passed) * r.Ms / 1000, r.Passed > 0
}

// Limit is when a run ends that does not pass, or in any case where it is to go on.
type Limit struct {
	Seconds float64 // of training
	Through bool    // go on after the bar
}

// Bench is what runs are measured with: the data, the judge and what it sees in real images.
type Bench struct {
	engine engine.Engine
	train  *data.Set
	judge  *judge.Judge
	reals  metrics.Moments
	floor  float64
}

// NewBench looks at the real images. The distance is to held-out ones, and its floor that of as many training images.
func NewBench(e engine.Engine, set, held *data.Set, file []byte) (*Bench, error) {
	b := &Bench{engine: e, train: set}
	var err error
	if b.judge, err = judge.Load(e, 200, file); err != nil {
		return nil, err
	}
	n := min(Samples, held.Len(), set.Len())
	see := func(s *data.Set) metrics.Moments {
		var all []byte
		for i := range n {
			all = append(all, s.Pixels(i)...)
		}
		return metrics.MomentsOf(b.judge.See(all, nil).Features, judge.Features)
	}
	b.reals = see(held)
	b.floor, err = metrics.Frechet(b.reals, see(set))
	return b, err
}

// Run trains a candidate until it passes or the limit is reached.
func (b *Bench) Run(ctx context.Context, c Candidate, limit Limit, report func(*Result, Look)) (*Result, error) {
	t, err := run.New(b.engine, c.Recipe, b.train)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name, err)
	}
	r := &Result{Name: c.Name, Recipe: c.Recipe, Engine: b.engine.Name()}
	var took []float64
	for next := firstLook; !t.Done(); {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		began := time.Now()
		if _, err := t.Step(); err != nil {
			r.Why = err.Error()
			return r, nil
		}
		took = append(took, time.Since(began).Seconds()*1000)
		if t.Steps() < next {
			continue
		}
		growth := lookGrowth
		if limit.Through {
			growth = wideGrowth
		}
		next = max(next+lookEvery, int(float64(next)*growth))
		sorted := slices.Sorted(slices.Values(took))
		r.Ms = sorted[len(sorted)/10]
		l, err := b.look(t, limit.Through)
		if err != nil {
			r.Why = err.Error()
			return r, nil
		}
		r.Looks = append(r.Looks, l)
		if report != nil {
			report(r, l)
		}
		if l.passes() && r.Passed == 0 {
			r.Passed = l.Step
		}
		if r.Passed > 0 && !limit.Through || float64(t.Steps())*r.Ms/1000 >= limit.Seconds {
			break
		}
	}
	return r, nil
}

// Time is how long a step of a recipe takes, in milliseconds, on a machine that has nothing else to do.
func (b *Bench) Time(ctx context.Context, r config.Recipe) (float64, error) {
	t, err := run.New(b.engine, r, b.train)
	if err != nil {
		return 0, err
	}
	timing, err := t.Bench(ctx, timed, nil, nil)
	if err != nil {
		return 0, err
	}
	ms, _, _ := timing.Median()
	return ms, nil
}

// look measures the run as it is: on few images first, and on all of them where those do not rule the bar out.
func (b *Bench) look(t *run.Trainer, all bool) (Look, error) {
	l, err := b.measure(t, few)
	if err == nil && (all || l.Covered >= judge.Classes-1 && l.Confidence > Confidence-0.02) {
		l, err = b.measure(t, Samples)
	}
	return l, err
}

func (b *Bench) measure(t *run.Trainer, n int) (Look, error) {
	images, err := run.Generate(t.GAN, n, 1, -1)
	if err != nil {
		return Look{}, err
	}
	seen := b.judge.See(images, nil)
	counts, confidence := metrics.Histogram(seen.P, judge.Classes)
	far, err := metrics.Frechet(b.reals, metrics.MomentsOf(seen.Features, judge.Features))
	return Look{Step: t.Steps(), Samples: n, Covered: metrics.Covered(counts, shown), Confidence: confidence, Distance: far / b.floor}, err
}
