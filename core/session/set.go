package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

func (s *Session) set(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	if err := s.run.Set(c.Field, c.Value); err != nil {
		return answer{}, err
	}
	s.tell(s.run.Trainer, wire.Command{Type: wire.Set, Field: c.Field, Value: c.Value})
	s.announce(wire.Changed, true)
	return answer{}, nil
}
