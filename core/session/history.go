package session

import (
	"ganvas/core/past"
	"ganvas/core/run"
)

// History is answered with what the run remembers.
type History struct{}

// Remembered is the steps that a run has pictures of, those that it has whole states of, and where it branched off. It is the
// data of Remembered events, too.
type Remembered struct {
	Moments []int       `json:"moments"`
	States  []int       `json:"states"`
	Marks   []past.Mark `json:"marks"`
}

func (*History) command() {}

func (*History) do(s *Session, _ run.Cancel) (Answer, error) {
	return Answer{Data: s.remembered()}, nil
}

func (s *Session) remembered() Remembered {
	moments, states := s.run.past.Steps()
	return Remembered{Moments: moments, States: states, Marks: append([]past.Mark{}, s.run.past.Marks...)}
}
