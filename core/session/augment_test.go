package session_test

import (
	"testing"

	"ganvas/core/run/runtest"
	"ganvas/core/session"
)

// A run with augmentation is the same in one program and in three, goes on from its checkpoint as if never stopped, and
// differs from one without.
func TestAugmentedRuns(t *testing.T) {
	saved := map[string][]byte{}
	for _, c := range []struct {
		name, augment string
		members       int
		stopped       bool
	}{{"plain", "none", 1, false}, {"alone", "all", 1, false}, {"three", "all", 3, false}, {"stopped", "all", 1, true}} {
		p := newPage(t, c.members, runtest.Digits(t, 100))
		r := with(map[string]any{"augment": c.augment, "loss": "wgan-gp", "d_steps": 2, "eps": 1e-5})
		p.must(&session.Start{Choice: session.Choice{Recipe: r}, Paused: true})
		if c.stopped {
			p.must(&session.Step{N: 3})
			p.paused(3)
			b := p.must(&session.Save{}).Bytes
			p = newPage(t, 1, runtest.Digits(t, 100))
			p.must(&session.Load{File: b, Paused: true})
			p.must(&session.Step{N: 4})
		} else {
			p.must(&session.Step{N: 7})
		}
		p.paused(7)
		saved[c.name] = p.must(&session.Save{}).Bytes
	}
	if d := apart(t, saved["alone"], saved["three"]); d > 1e-5 {
		t.Errorf("three programs end %v apart from one", d)
	}
	if d := apart(t, saved["alone"], saved["stopped"]); d != 0 {
		t.Errorf("a run that was stopped in between ends %v apart", d)
	}
	if d := apart(t, saved["alone"], saved["plain"]); d < 1e-4 {
		t.Errorf("augmentation changes the weights by only %v", d)
	}
}
