package session

import (
	"errors"
	"fmt"

	"ganvas/core/run"
	"ganvas/core/wire"
)

// Step goes on for a while and pauses: by Depth for N updates of one network, N steps, or to the end of the N-th epoch, counting
// the one that the run is in.
type Step struct {
	N     int    `json:"n,omitempty"`     // 0 for 1
	Depth string `json:"depth,omitempty"` // update, batch (or nothing) or epoch
}

func (*Step) command() {}

func (c *Step) do(s *Session, _ run.Cancel) (Answer, error) {
	n, epoch, r := max(1, c.N), s.run.StepsPerEpoch(), &s.run.GAN.Recipe
	most, known := map[string]int{"": 1_000_000, "batch": 1_000_000, "update": 1000, "epoch": r.Epochs}[c.Depth]
	switch {
	case !known:
		return Answer{}, fmt.Errorf("depth is %q: it must be update, batch or epoch", c.Depth)
	case c.N < 0 || n > most:
		return Answer{}, fmt.Errorf("n is %d: with this depth it must be from 1 to %d", c.N, most)
	case s.run.Done():
		return Answer{}, errOver
	case s.run.Lacks() != nil:
		return Answer{}, s.run.Lacks()
	}
	if err := s.leaveTape(); err != nil {
		return Answer{}, err
	}
	switch c.Depth {
	case "update":
		return Answer{}, s.updates(n)
	case "epoch":
		n = n*epoch - s.run.Images()%s.run.ImagesPerEpoch()/(r.Batch*r.DSteps)
	}
	s.run.paused, s.run.left = false, n
	return Answer{}, nil
}

// updates does n updates and sends pictures of what came of them. The run is paused before and after.
func (s *Session) updates(n int) error {
	if !s.run.paused {
		s.pause()
	}
	for range n {
		if !s.run.Ready() {
			return errors.New("the next batch has not arrived yet: try again in a moment")
		}
		if !s.update() || s.run.Done() {
			return nil // what went wrong, or that the run is over, has been told
		}
		if s.Yield != nil {
			s.Yield()
		}
	}
	s.flush()
	s.sample()
	return nil
}

// update does one update, and tells of it where the run is paused between updates; false where the run has failed or gone back.
func (s *Session) update() bool {
	var u wire.Update
	whole := false
	if !s.joined(update, func() (err error) { u, whole, err = s.run.Update(); return err }) {
		return false
	}
	if s.run.paused {
		s.Emit(s.event(wire.Event{Type: wire.Updated, Update: &u}))
	}
	if whole {
		s.stepped()
	}
	return true
}

var errUnfinished = errors.New("the step that was under way could not be finished")

// whole finishes a step that is under way: what takes the whole state of a run, such as saving it, calls it first. All
// that was measured is known then.
func (s *Session) whole() error {
	for s.run.Updates() > 0 {
		if !s.update() {
			return errUnfinished
		}
	}
	if !s.hear(true) {
		return errUnfinished
	}
	return nil
}
