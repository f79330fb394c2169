package session_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// A program can carry a run of its own through a session: it is told every step and the end, whatever is asked meanwhile, and the
// run is the one that it would have trained by itself.
func TestSessionCarriesARun(t *testing.T) {
	set := runtest.Digits(t, 200)
	alone := runtest.Trainer(t, runtest.Small(t, "epochs=3"), set)
	var want []wire.Point
	for !alone.Done() {
		p, err := alone.Step()
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, p)
	}
	ctx, end := context.WithCancel(context.Background())
	defer end()
	commands := make(chan session.Message, 8)
	for _, c := range []session.Command{&session.Pause{}, &session.Step{Depth: "update"}, &session.Generate{Count: 3, Digit: -1}, &session.Resume{}} {
		commands <- session.Message{Command: c}
	}
	var got []wire.Point
	var ended []error
	sheets := 0
	s := &session.Session{
		Engine: cpu.New(nil), Commands: commands, Begin: &session.Beginning{Trainer: runtest.Trainer(t, runtest.Small(t, "epochs=3"), set), Preset: "classic"},
		Pictures: func() float64 { return 0 },
		Emit: func(e wire.Event) {
			if e.Type == wire.Sampled && e.Step > 0 && e.Step < len(want) && e.Updates == 0 {
				sheets++
			}
		},
		Heard: func(r run.Reported) { got = append(got, r.Point) },
		Ended: func(err error) { ended = append(ended, err); end() },
	}
	if err := s.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if len(ended) != 1 || ended[0] != nil || !s.Present().Done() || s.Settle() != nil {
		t.Errorf("the end is told as %v, at step %d", ended, s.Present().Steps())
	}
	if sheets > 0 {
		t.Errorf("nobody looked, and there were %d sheets", sheets)
	}
	if len(got) != len(want) {
		t.Fatalf("%d steps, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("step %d is %+v, want %+v", i+1, got[i], want[i])
		}
	}
}

// A step that is under way when the program ends is finished, so that the run can be saved; a run that is left is told before.
func TestSettlesAndLeaves(t *testing.T) {
	set := runtest.Digits(t, 200)
	first := runtest.Trainer(t, runtest.Small(t), set)
	ctx, end := context.WithCancel(context.Background())
	defer end()
	commands := make(chan session.Message, 8)
	var left atomic.Pointer[run.Trainer]
	s := &session.Session{
		Engine: cpu.New(nil), Commands: commands, Begin: &session.Beginning{Trainer: first, Paused: true}, Own: set,
		Leaving: func(t *run.Trainer) { left.Store(t) },
		Emit: func(e wire.Event) {
			if e.Type == wire.Answered && e.ID == 3 {
				end()
			}
		},
	}
	commands <- session.Message{ID: 1, Command: &session.Step{Depth: "update"}}
	commands <- session.Message{ID: 2, Command: &session.Start{Choice: session.Choice{Recipe: with(map[string]any{"dataset": run.Own})}, Paused: true}}
	commands <- session.Message{ID: 3, Command: &session.Step{Depth: "update"}}
	_ = s.Run(ctx)
	if left.Load() != first {
		t.Error("the run that was left is not told of")
	}
	now := s.Present()
	if now == first || now.Samples() != set || now.Updates() != 1 {
		t.Fatalf("the run is at step %d with %d updates", now.Steps(), now.Updates())
	}
	if err := s.Settle(); err != nil || now.Updates() != 0 || now.Steps() != 1 {
		t.Errorf("settled, it is at step %d with %d updates: %v", now.Steps(), now.Updates(), err)
	}
	if _, err := now.Checkpoint(false); err != nil {
		t.Error(err)
	}
}
