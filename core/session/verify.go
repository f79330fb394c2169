package session

import (
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/trace"
)

// Verify replays a recorded PyTorch run. The session's own run waits meanwhile.
type Verify struct {
	Threads int    `json:"threads,omitempty"` // 0: as many as suit the batch
	Engine  string `json:"engine,omitempty"`  // OnGPU, OnHalf, or on the CPU
	Trace   []byte `json:"-"`
}

func (c *Verify) beside() *[]byte { return &c.Trace }

// Verified is how far the replay was off, and what computed it.
type Verified struct {
	trace.Result
	Engine  string `json:"engine"`
	Threads int    `json:"threads"`
}

func (*Verify) command() {}

func (c *Verify) do(s *Session, _ run.Cancel) (Answer, error) {
	tr, err := trace.Decode(c.Trace)
	if err != nil {
		return Answer{}, err
	}
	defer s.asBefore()
	e, err := s.asked(c.Engine, c.Threads, tr.Recipe.Packs())
	if err != nil {
		return Answer{}, err
	}
	if e == s.Shared {
		s.Tell(&Verify{Trace: c.Trace})
	}
	r, err := tr.Replay(e)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Data: Verified{Result: r, Engine: e.Name(), Threads: e.Threads()}}, nil
}

// asked is the engine that a command names, on the CPU with that many threads.
func (s *Session) asked(name string, threads, batch int) (engine.Engine, error) {
	switch name {
	case OnGPU, OnHalf:
		return s.openGPU(name == OnHalf)
	case OnCPU, "":
		return s.withThreads(threads, batch)
	}
	return nil, fmt.Errorf("engine is %q: it must be %s, %s or %s", name, OnCPU, OnGPU, OnHalf)
}

// withThreads is the engine with that many threads, 0 for as many as suit the batch.
func (s *Session) withThreads(threads, batch int) (engine.Engine, error) {
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
