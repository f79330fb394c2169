package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

func (s *Session) doPause(run.Cancel, wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	if !s.run.paused {
		s.pause()
	}
	return answer{}, nil
}

func (s *Session) doResume(run.Cancel, wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	if s.run.Done() {
		return answer{}, errOver
	}
	if err := s.run.Lacks(); err != nil {
		return answer{}, err
	}
	if err := s.leaveTape(); err != nil {
		return answer{}, err
	}
	if s.run.paused || s.run.left >= 0 {
		s.run.paused, s.run.left = false, -1
		s.Emit(s.event(wire.Event{Type: wire.Resumed}))
	}
	return answer{}, nil
}
