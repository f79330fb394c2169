package session

import (
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/trace"
	"ganvas/core/wire"
)

// verify replays a trace. The run waits meanwhile.
func (s *Session) verify(_ run.Cancel, c wire.Command) (answer, error) {
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
