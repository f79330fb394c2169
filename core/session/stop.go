package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

// Stop ends the run.
type Stop struct{}

func (*Stop) command() {}

func (*Stop) do(s *Session, _ run.Cancel) (Answer, error) {
	s.flush()
	s.Emit(s.event(wire.Event{Type: wire.Stopped, Reason: "stopped"}))
	s.release()
	return Answer{}, nil
}
