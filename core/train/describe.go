package train

import (
	"ganvas/core/gan"
	"ganvas/core/wire"
)

// describe outlines the networks that a recipe asks for, or says why a run with it cannot begin. The run that goes on
// is left alone.
func (s *Session) describe(ctx Ending, c wire.Command) (answer, error) {
	r, err := recipe(c)
	if err != nil {
		return answer{}, err
	}
	about, samples, err := s.sets.outline(ctx, r.Dataset)
	if err != nil {
		return answer{}, err
	}
	if err := enough(r, samples); err != nil {
		return answer{}, err
	}
	o, err := gan.Describe(r, about)
	if err != nil {
		return answer{}, err
	}
	return answer{data: map[string]any{"generator": o.Generator, "discriminator": o.Discriminator}}, nil
}
