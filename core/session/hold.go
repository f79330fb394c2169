package session

import (
	"fmt"

	"ganvas/core/run"
)

// Hold lets the run train up to that step and no further; 0 lifts it.
type Hold struct {
	Step int `json:"step"`
}

func (*Hold) command() {}

func (c *Hold) do(s *Session, _ run.Cancel) (Answer, error) {
	if c.Step < 0 {
		return Answer{}, fmt.Errorf("step %d: it must be 0 or a step to hold at", c.Step)
	}
	s.run.hold = c.Step
	return Answer{}, nil
}
