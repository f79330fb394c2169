package session

import (
	"errors"
	"slices"

	"ganvas/core/run"
	"ganvas/core/wire"
)

// doHistory answers with what the run remembers.
func (s *Session) doHistory(run.Cancel, wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	return answer{data: s.remembered()}, nil
}

// moment answers with the pictures nearest to step N: a sheet, and its bytes.
func (s *Session) moment(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	m, ok := s.run.past.MomentAt(c.N)
	if !ok {
		return answer{}, errors.New("the run remembers no pictures yet")
	}
	return answer{
		bytes: slices.Concat(m.Fakes, m.Reals, m.Field),
		data:  map[string]any{"step": m.Step, "images": m.Images, "epoch": m.Epoch, "sheet": m.Sheet},
	}, nil
}
