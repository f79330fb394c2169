package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

// Set changes a live field of the recipe.
type Set struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

func (*Set) command() {}

func (c *Set) do(s *Session, _ run.Cancel) (Answer, error) {
	if err := s.run.Set(c.Field, c.Value); err != nil {
		return Answer{}, err
	}
	s.tell(s.run.Trainer, c)
	s.announce(wire.Changed, true)
	return Answer{}, nil
}
