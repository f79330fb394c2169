package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

// Resume lets a run go on that waits.
type Resume struct{}

func (*Resume) command() {}

func (*Resume) do(s *Session, _ run.Cancel) (Answer, error) {
	if s.run.Done() {
		return Answer{}, errOver
	}
	if err := s.run.Lacks(); err != nil {
		return Answer{}, err
	}
	if err := s.leaveTape(); err != nil {
		return Answer{}, err
	}
	if s.run.paused || s.run.left >= 0 {
		s.run.paused, s.run.left = false, -1
		s.Emit(s.event(wire.Event{Type: wire.Resumed}))
	}
	return Answer{}, nil
}
