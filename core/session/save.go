package session

import "ganvas/core/run"

// Save is answered with a checkpoint's bytes.
type Save struct {
	WeightsOnly bool `json:"weightsOnly,omitempty"` // without optimizer and random state
}

func (*Save) command() {}

func (c *Save) do(s *Session, _ run.Cancel) (Answer, error) {
	if err := s.whole(); err != nil {
		return Answer{}, err
	}
	if err := s.leaveTape(); err != nil {
		return Answer{}, err
	}
	f, err := s.run.Checkpoint(c.WeightsOnly)
	if err != nil {
		return Answer{}, err
	}
	b, err := f.Encode()
	return Answer{Bytes: b}, err
}
