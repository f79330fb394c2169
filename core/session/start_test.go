package session_test

import (
	"testing"

	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

var elsewhere any = session.Elsewhere{Another: true}

// A start that asks for the memory of the present run is told where it would take other memory, and nothing has happened
// then; a restart, another seed or another learning rate begins at once.
func TestStartsThatTakeOtherMemory(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 200))
	start := func(more map[string]any) wire.Event {
		t.Helper()
		return p.must(&session.Start{Choice: session.Choice{Recipe: with(more)}, Paused: true, Same: true})
	}
	if e := start(nil); e.Data == elsewhere {
		t.Fatalf("the first run begins elsewhere: %v", e.Data)
	}
	p.must(&session.Step{N: 2})
	p.paused(2)
	for _, more := range []map[string]any{{"batch": 20}, {"generator": "32"}, {"dataset": "ring"}, {"loss": "hinge"}} {
		if e := start(more); e.Data != elsewhere || e.Step != 2 {
			t.Errorf("%v: the run is at step %d, the answer %v", more, e.Step, e.Data)
		}
	}
	file := p.must(&session.Save{}).Bytes
	for name, e := range map[string]wire.Event{
		"the same again": start(nil), "another seed": start(map[string]any{"seed": 9}), "a learning rate": start(map[string]any{"lr_g": 1e-3}),
		"its file": p.must(&session.Load{File: file, Same: true}),
	} {
		if e.Data == elsewhere {
			t.Errorf("%s takes other memory: %v", name, e.Data)
		}
	}
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"batch": 20})}, Paused: true})
	if e := p.must(&session.Load{File: file, Same: true}); e.Data != elsewhere {
		t.Errorf("the file of a run with another batch takes the same memory: %v", e.Data)
	}
	if _, err := p.ask(&session.Start{Choice: session.Choice{Recipe: map[string]any{"batch": -1}}, Same: true}); err == nil {
		t.Error("a recipe that cannot be is no error")
	}
}
