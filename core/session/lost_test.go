package session_test

import (
	"testing"

	"ganvas/core/run/runtest"
	"ganvas/core/wire"
)

// A member that is lost while the run rests does not end it: whatever is asked next is answered, and the run goes on alone.
func TestLosingAMemberWhileResting(t *testing.T) {
	for _, c := range []wire.Command{{Type: wire.Resample}, {Type: wire.Save}, {Type: wire.StepN, N: 3}} {
		p := newPage(t, 2, runtest.Digits(t, 200))
		p.must(wire.Command{Type: wire.Start, Recipe: tinyRecipe, Paused: true})
		p.must(wire.Command{Type: wire.StepN, N: 5})
		p.paused(5)
		p.ring.breakUp()
		p.must(c)
		p.must(wire.Command{Type: wire.StepN, N: 10})
		p.wait(func(e wire.Event) bool {
			if e.Type == wire.Stopped {
				t.Fatalf("after %s the run has ended: %s", c.Type, e.Error)
			}
			return e.Type == wire.Paused && e.Step >= 10
		})
	}
}
