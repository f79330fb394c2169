package session

import (
	"errors"
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// Several programs can share each batch: one leads, with a Session; the others follow. Before every step the leader says
// in a sum that all take part in whether there is one; between steps that follow each other nobody needs a message.

// signal is what the leader says before a step.
type signal struct{ word [1]float32 }

const (
	rest   = 1 // back to waiting for commands
	step   = 2
	update = 3 // of one network
)

// exchange gives every member the leader's word; followers pass 0.
func (s *signal) exchange(g engine.Group, word float32) float32 {
	s.word[0] = word
	g.Sum(s.word[:])
	return s.word[0]
}

// joined does f, a step or an update as the word says, with all that share the batch, and reports whether it was done.
func (s *Session) joined(word float32, f func() error) bool {
	began := s.Now()
	s.doing(Stepping)
	s.share()
	if s.together {
		s.word.exchange(s.Shared.Group(), word)
	}
	err := f()
	s.run.spent += s.Now().Sub(began)
	switch {
	case s.together && s.Shared.Err() != nil:
		if err := s.alone(); err != nil {
			s.fail(err)
		}
		return false
	case err != nil:
		s.fail(err)
		return false
	}
	return true
}

// share begins to step together, if it has not begun.
func (s *Session) share() {
	if s.run.GAN.Engine != s.Shared || s.together {
		return
	}
	s.together = true
	s.Tell(&Follow{})
}

// disband ends stepping together, so that followers hear commands again.
func (s *Session) disband() {
	if s.together {
		s.together = false
		s.word.exchange(s.Shared.Group(), rest)
	}
}

// tell passes a command on to the followers, if this run has any.
func (s *Session) tell(t *run.Trainer, c Command) {
	if t.GAN.Engine == s.Shared {
		s.Tell(c)
	}
}

// engine is the shared one where there is one that so many packs a batch suffice for.
func (s *Session) engine(packs int) engine.Engine {
	if s.Shared != nil && s.Shared.Err() == nil && packs >= s.Shared.Group().Size() {
		return s.Shared
	}
	return s.Engine
}

// lost reports whether the run shares batches with programs that are gone.
func (s *Session) lost() bool {
	return s.run != nil && s.Shared != nil && s.run.GAN.Engine == s.Shared && s.Shared.Err() != nil
}

// alone goes on without the followers after one of them was lost, from the last state that all agreed on.
func (s *Session) alone() error {
	s.together = false
	good, _ := s.run.Good()
	if good == nil {
		return errors.New("a Worker was lost before the run had a state to go back to: start it again")
	}
	t, err := run.ResumeAs(s.Engine, good, s.run.Samples(), s.run.GAN.Recipe)
	if err != nil {
		return err
	}
	s.run.GAN.Release()
	s.run.Trainer, s.Shared, s.run.spent = t, nil, 0
	s.Note = fmt.Sprintf("A Worker was lost, so training goes on in one, from step %d.", t.Steps())
	s.announce(wire.Changed, true)
	return nil
}
