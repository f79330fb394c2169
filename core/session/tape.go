package session

import (
	"errors"

	"ganvas/core/run"
	"ganvas/core/weights"
)

// Tape opens the tape of the open generator's run. The generator stays as it is: at the tape's end.
type Tape struct {
	File []byte `json:"-"`
}

func (c *Tape) beside() *[]byte { return &c.File }

// Moments are the steps that a tape has the generator of.
type Moments struct {
	Steps    []int `json:"steps"`
	PerEpoch int   `json:"perEpoch"` // steps
}

func (*Tape) command() {}

func (c *Tape) do(s *Session, _ run.Cancel) (Answer, error) {
	if !s.run.paused {
		return Answer{}, errPlaying
	}
	if err := s.leaveTape(); err != nil {
		return Answer{}, err
	}
	f, err := weights.Decode(c.File)
	if err != nil {
		return Answer{}, err
	}
	tape, err := run.NewReplay(s.run.GAN, f)
	if err != nil {
		return Answer{}, err
	}
	s.run.tape = tape
	return Answer{Data: Moments{Steps: tape.Steps(), PerEpoch: s.run.StepsPerEpoch()}}, nil
}

var errPlaying = errors.New("a tape is replayed while training pauses: pause it first")

// tape is the open one. Training on, or saving, returns to the run's end first.
func (s *Session) tape() (*run.Replay, error) {
	switch {
	case !s.run.paused:
		return nil, errPlaying
	case s.run.tape == nil:
		return nil, errors.New("there is no tape yet: open one first")
	}
	return s.run.tape, nil
}

// leaveTape brings the generator back to the run's end and forgets the tape: what is trained or saved from here is the
// run.
func (s *Session) leaveTape() error {
	if s.run.tape == nil {
		return nil
	}
	tape := s.run.tape
	s.run.tape = nil
	return tape.End()
}
