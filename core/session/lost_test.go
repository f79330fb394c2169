package session_test

import (
	"testing"

	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// A member that is lost while the run rests does not end it: whatever is asked next is answered, and the run goes on alone.
func TestLosingAMemberWhileResting(t *testing.T) {
	for _, c := range []session.Command{&session.Resample{}, &session.Save{}, &session.Step{N: 3}} {
		p := newPage(t, 2, runtest.Digits(t, 200))
		p.must(&session.Start{Choice: session.Choice{Recipe: tinyRecipe}, Paused: true})
		p.must(&session.Step{N: 5})
		p.paused(5)
		p.ring.breakUp()
		p.must(c)
		p.must(&session.Step{N: 10})
		p.wait(func(e wire.Event) bool {
			if e.Type == wire.Stopped {
				t.Fatalf("after %s the run has ended: %s", session.Name(c), e.Error)
			}
			return e.Type == wire.Paused && e.Step >= 10
		})
	}
}
