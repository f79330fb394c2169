package session

import "ganvas/core/run"

// Resample sends a Sampled event now.
type Resample struct{}

func (*Resample) command() {}

func (*Resample) do(s *Session, _ run.Cancel) (Answer, error) {
	s.sample()
	return Answer{}, nil
}
