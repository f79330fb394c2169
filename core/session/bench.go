package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

// bench times training steps of a recipe on a run of its own.
func (s *Session) bench(ctx run.Cancel, c wire.Command) (answer, error) {
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
	t, err := run.New(e, r, set)
	if err != nil {
		return answer{}, err
	}
	s.tell(t, wire.Command{Type: wire.Bench, Recipe: asMap(r), Steps: max(1, c.Steps)})
	var b run.Timing
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
