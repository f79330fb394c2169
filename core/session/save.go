package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

func (s *Session) save(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	if err := s.whole(); err != nil {
		return answer{}, err
	}
	if err := s.leaveTape(); err != nil {
		return answer{}, err
	}
	f, err := s.run.Checkpoint(c.WeightsOnly)
	if err != nil {
		return answer{}, err
	}
	b, err := f.Encode()
	return answer{bytes: b}, err
}
