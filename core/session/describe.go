package session

import (
	"ganvas/core/gan"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// describe outlines the networks that a recipe asks for, or says why a run with it cannot begin. The run that goes on
// is left alone.
func (s *Session) describe(ctx run.Cancel, c wire.Command) (answer, error) {
	r, err := recipe(c)
	if err != nil {
		return answer{}, err
	}
	about, samples, err := s.sets.outline(ctx, r.Dataset)
	if err != nil {
		return answer{}, err
	}
	if err := run.Enough(r, samples); err != nil {
		return answer{}, err
	}
	o, err := gan.Describe(r, about)
	if err != nil {
		return answer{}, err
	}
	return answer{data: map[string]any{"generator": o.Generator, "discriminator": o.Discriminator}}, nil
}
