package session

import (
	"ganvas/core/run"
)

// What a program that carries a run of its own through a session, and says how much looking may cost, has of it.

// Beginning is a run that is there before any command.
type Beginning struct {
	Trainer *run.Trainer
	Preset  string // that its recipe is, "" for none
	Paused  bool   // it does not train yet
}

// Present is the run that is here, nil without one. Only what is called by the session, or after its Run has returned, may use it.
func (s *Session) Present() *run.Trainer {
	if s.run == nil {
		return nil
	}
	return s.run.Trainer
}

// Hear has Heard told what all steps have measured so far; false where the run has failed or gone back. Only what is called by the session,
// or after its Run has returned, may ask for it.
func (s *Session) Hear() bool { return s.hear(true) }

// Settle finishes the step that is under way and puts an open tape away, so that the run can be saved. It is for after Run has
// returned.
func (s *Session) Settle() error {
	if s.run == nil {
		return nil
	}
	if err := s.whole(); err != nil {
		return err
	}
	return s.leaveTape()
}

// looking is the share of the time that may go into pictures now.
func (s *Session) looking() float64 {
	if s.Pictures == nil {
		return sheetsAtMost
	}
	return s.Pictures()
}

func (s *Session) ended(err error) {
	if s.Ended != nil {
		s.Ended(err)
	}
}
