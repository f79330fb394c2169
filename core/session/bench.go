package session

import "ganvas/core/run"

// Bench times training steps of a recipe on a run of its own.
type Bench struct {
	Choice
	Steps   int    `json:"steps"`
	Threads int    `json:"threads,omitempty"` // 0: as many as suit the batch
	Engine  string `json:"engine,omitempty"`  // OnGPU, OnHalf, or on the CPU
}

// Benched is the measured speed of the steps, and of the machine meanwhile.
type Benched struct {
	run.Timing
	Engine      string  `json:"engine"`
	Threads     int     `json:"threads"`
	Batch       int     `json:"batch"`
	PeakGFlops  float64 `json:"peakGflops"`  // of a bare multiply-add loop in all threads at once; 0 where nothing can tell
	MemoryBytes float64 `json:"memoryBytes"` // that the Go runtimes hold
}

func (*Bench) command() {}

func (c *Bench) do(s *Session, ctx run.Cancel) (Answer, error) {
	r, err := c.recipe()
	if err != nil {
		return Answer{}, err
	}
	set, err := s.sets.find(ctx, r.Dataset)
	if err != nil {
		return Answer{}, err
	}
	defer s.asBefore()
	e, err := s.asked(c.Engine, c.Threads, r.Packs())
	if err != nil {
		return Answer{}, err
	}
	t, err := run.New(e, r, set)
	if err != nil {
		return Answer{}, err
	}
	defer t.GAN.Release()
	steps := max(1, c.Steps)
	s.tell(t, &Bench{Choice: chosen(r), Steps: steps})
	var b run.Timing
	m, err := timed(e, s.Peak, func() (err error) {
		b, err = t.Bench(ctx, steps, s.Now, s.Yield)
		return err
	})
	if err != nil {
		return Answer{}, err
	}
	return Answer{Data: Benched{Timing: b, Engine: e.Name(), Threads: e.Threads(), Batch: r.Batch, PeakGFlops: m.peak, MemoryBytes: m.memory}}, nil
}
