package session

import (
	"errors"
	"fmt"

	"ganvas/core/config"
	"ganvas/core/past"
	"ganvas/core/run"
)

// Branch goes back to the whole state nearest to a step, changes a field of the recipe there, or none for "", and goes on. It is
// answered with the run as it was before: a checkpoint's bytes.
type Branch struct {
	Step   int    `json:"step"`
	Field  string `json:"field,omitempty"`
	Value  string `json:"value,omitempty"`
	Paused bool   `json:"paused,omitempty"` // it does not train yet
}

// Branched is where the run went on.
type Branched struct {
	Step int `json:"step"`
}

func (*Branch) command() {}

func (c *Branch) do(s *Session, _ run.Cancel) (Answer, error) {
	state, ok := s.run.past.StateAt(c.Step)
	if !ok {
		return Answer{}, fmt.Errorf("no whole state of this run is kept yet: pause it, and one will be")
	}
	f, err := run.Branch(state.File, c.Field, c.Value)
	if err != nil {
		return Answer{}, err
	}
	in, err := run.Inspect(f)
	if err != nil {
		return Answer{}, err
	}
	e := s.engine(in.Recipe.Packs())
	if s.onGPU() {
		e = s.gpu.Engine
	}
	t, err := run.Resume(e, f, s.run.Samples())
	if err != nil {
		return Answer{}, fmt.Errorf("step %d cannot go on with %s %s: %w", state.Step, c.Field, c.Value, err)
	}
	if err := errors.Join(s.leaveTape(), s.whole()); err != nil {
		return Answer{}, err
	}
	left, err := s.run.Checkpoint(false)
	if err != nil {
		return Answer{}, err
	}
	before, err := left.Encode()
	if err != nil {
		return Answer{}, err
	}
	if t.GAN.Engine == s.Shared {
		b, err := f.Encode()
		if err != nil {
			return Answer{}, err
		}
		s.Tell(&Load{File: b})
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
	return Answer{Bytes: before, Data: Branched{state.Step}}, nil
}
