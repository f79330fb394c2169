package session

import (
	"ganvas/core/gan"
	"ganvas/core/run"
)

// Describe is answered with the networks that a recipe would have, a gan.Outline, or with why a run with it cannot begin. The run
// that goes on is left alone.
type Describe struct{ Choice }

func (*Describe) command() {}

func (c *Describe) do(s *Session, ctx run.Cancel) (Answer, error) {
	r, err := c.recipe()
	if err != nil {
		return Answer{}, err
	}
	about, samples, err := s.sets.outline(ctx, r.Dataset)
	if err != nil {
		return Answer{}, err
	}
	if err := run.Enough(r, samples); err != nil {
		return Answer{}, err
	}
	o, err := gan.Describe(r, about)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Data: o}, nil
}
