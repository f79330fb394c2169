package train

import (
	"fmt"
	"slices"
	"time"

	"ganvas/core/engine"
	"ganvas/core/trace"
	"ganvas/core/wire"
)

// meter remembers the durations of the most recent steps.
type meter struct {
	ms [32]float64
	n  int
}

func (m *meter) add(d time.Duration) {
	m.ms[m.n%len(m.ms)] = float64(d) / float64(time.Millisecond)
	m.n++
}

// median of the recent steps in milliseconds.
func (m *meter) median() float64 {
	var sorted [len(m.ms)]float64
	n := copy(sorted[:], m.ms[:min(m.n, len(m.ms))])
	if n == 0 {
		return 0
	}
	slices.Sort(sorted[:n])
	return sorted[n/2]
}

// verify replays a trace. The run waits meanwhile.
func (s *Session) verify(_ Ending, c wire.Command) (answer, error) {
	tr, err := trace.Decode(c.Bytes)
	if err != nil {
		return answer{}, err
	}
	e, err := s.asked(c.Threads, tr.Recipe.Batch)
	if err != nil {
		return answer{}, err
	}
	if e == s.Shared {
		s.Tell(wire.Command{Type: wire.Verify, Bytes: c.Bytes})
	}
	r, err := tr.Replay(e)
	if err != nil {
		return answer{}, err
	}
	return answer{data: map[string]any{"lossError": r.LossError, "weightsError": r.WeightsError, "imagesError": r.ImagesError,
		"lossBound": r.LossBound, "weightsBound": r.WeightsBound, "worst": r.Worst, "steps": r.Steps, "ok": r.OK,
		"engine": e.Name(), "threads": e.Threads()}}, nil
}

// asked is the engine with that many threads, 0 for as many as suit the batch.
func (s *Session) asked(threads, batch int) (engine.Engine, error) {
	have := 1
	if s.Shared != nil && s.Shared.Err() == nil {
		have = s.Shared.Group().Size()
	}
	switch {
	case threads == 1:
		return s.Engine, nil
	case threads == 0:
		return s.engine(batch), nil
	case threads != have:
		return nil, fmt.Errorf("%d threads were asked for and this page has %d: open it with threads=%d in its address", threads, have, threads)
	case batch < threads:
		return nil, fmt.Errorf("a batch of %d cannot be shared by %d threads", batch, threads)
	}
	return s.Shared, nil
}

// bench times training steps of a recipe on a run of its own.
func (s *Session) bench(ctx Ending, c wire.Command) (answer, error) {
	r, err := recipe(c)
	if err != nil {
		return answer{}, err
	}
	set, err := s.sets.find(ctx, r.Dataset)
	if err != nil {
		return answer{}, err
	}
	e, err := s.asked(c.Threads, r.Batch)
	if err != nil {
		return answer{}, err
	}
	t, err := New(e, r, set)
	if err != nil {
		return answer{}, err
	}
	s.tell(t, wire.Command{Type: wire.Bench, Recipe: asMap(r), Steps: max(1, c.Steps)})
	var b Timing
	m, err := timed(e, s.Peak, func() (err error) {
		b, err = t.Bench(ctx, max(1, c.Steps), s.Now, s.Yield)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	return answer{data: map[string]any{"msPerStep": b.MsPerStep, "gflops": b.GFlops, "engine": e.Name(), "peakGflops": m.peak, "memoryBytes": m.memory,
		"threads": e.Threads(), "flopsPerStep": b.FlopsPerStep, "batch": r.Batch}}, nil
}

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

// warmUp steps are not counted.
const warmUp = 3

// Bench times n steps after a few to warm up.
func (t *Trainer) Bench(ctx Ending, n int, now func() time.Time, yield func()) (Timing, error) {
	if now == nil {
		now = time.Now
	}
	b := Timing{FlopsPerStep: t.GAN.StepFlops()}
	for len(b.MsPerStep) < n || t.step < warmUp {
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
		if t.step > warmUp {
			b.MsPerStep = append(b.MsPerStep, float64(took)/float64(time.Millisecond))
		}
	}
	median, _, _ := b.Median()
	b.GFlops = b.FlopsPerStep / median / 1e6
	return b, nil
}
