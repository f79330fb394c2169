package session

import (
	"errors"
	"fmt"

	"ganvas/core/config"
	"ganvas/core/past"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// branch goes back to the whole state nearest to step N, changes Field to Value there, and goes on. It answers with the
// step and with the run as it was before: a checkpoint.
func (s *Session) branch(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	state, ok := s.run.past.StateAt(c.N)
	if !ok {
		return answer{}, fmt.Errorf("no whole state of this run is kept yet: pause it, and one will be")
	}
	f, err := run.Branch(state.File, c.Field, c.Value)
	if err != nil {
		return answer{}, err
	}
	in, err := run.Inspect(f)
	if err != nil {
		return answer{}, err
	}
	t, err := run.Resume(s.engine(in.Recipe.Batch), f, s.run.Samples())
	if err != nil {
		return answer{}, fmt.Errorf("step %d cannot go on with %s %s: %w", state.Step, c.Field, c.Value, err)
	}
	if err := errors.Join(s.leaveTape(), s.whole()); err != nil {
		return answer{}, err
	}
	left, err := s.run.Checkpoint(false)
	if err != nil {
		return answer{}, err
	}
	before, err := left.Encode()
	if err != nil {
		return answer{}, err
	}
	if t.GAN.Engine == s.Shared {
		b, err := f.Encode()
		if err != nil {
			return answer{}, err
		}
		s.Tell(wire.Command{Type: wire.Load, Bytes: b})
	}
	mark := past.Mark{Step: state.Step}
	if c.Field != "" {
		of := config.Find(c.Field)
		now := s.run.GAN.Recipe
		mark.Field, mark.From, mark.To = c.Field, of.Get(&now), of.Get(&in.Recipe)
	}
	whole := s.run.past
	whole.Cut(mark)
	s.beginWith(t, s.run.preset, c.Paused, whole, true)
	return answer{bytes: before, data: map[string]any{"step": state.Step}}, nil
}
