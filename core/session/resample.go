package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

func (s *Session) resample(run.Cancel, wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	s.sample()
	return answer{}, nil
}
