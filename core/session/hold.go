package session

import (
	"fmt"

	"ganvas/core/run"
	"ganvas/core/wire"
)

// doHold lets the run train up to step N and no further.
func (s *Session) doHold(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	if c.N < 0 {
		return answer{}, fmt.Errorf("step %d: it must be 0 or a step to hold at", c.N)
	}
	s.run.hold = c.N
	return answer{}, nil
}
