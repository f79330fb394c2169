package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

func (s *Session) stop(run.Cancel, wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	s.flush()
	s.Emit(s.event(wire.Event{Type: wire.Stopped, Reason: "stopped"}))
	s.run = nil
	return answer{}, nil
}
