package session

import "ganvas/core/run"

// Pause has the run wait.
type Pause struct{}

func (*Pause) command() {}

func (*Pause) do(s *Session, _ run.Cancel) (Answer, error) {
	if !s.run.paused {
		s.pause()
	}
	return Answer{}, nil
}
