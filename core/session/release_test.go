package session

import (
	"context"
	"testing"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/wire"
)

// A run whose place another takes, and one that is stopped, give their memory back; the run that is here keeps its own.
func TestReplacedRunsAreReleased(t *testing.T) {
	set := runtest.Digits(t, 100)
	s := &Session{Engine: cpu.New(nil), Emit: func(wire.Event) {}, Data: func(run.Cancel, string) (*data.Set, error) { return set, nil }}
	ask := func(all ...Command) {
		t.Helper()
		commands := make(chan Message, len(all))
		for _, c := range all {
			commands <- Message{Command: c}
		}
		close(commands)
		s.Commands = commands
		if err := s.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	begin := &Start{Choice: Choice{Recipe: map[string]any{"noise": 8, "generator": "16", "discriminator": "16", "batch": 10}}, Paused: true}
	ask(begin, &Inspect{}, &Generate{Count: 2})
	for _, next := range [][]Command{{begin}, {&Branch{Paused: true}}, {&Load{Paused: true}}, {&Stop{}}} {
		if l, is := next[0].(*Load); is {
			f, err := s.run.Checkpoint(false)
			if err != nil {
				t.Fatal(err)
			}
			if l.File, err = f.Encode(); err != nil {
				t.Fatal(err)
			}
		} else {
			ask(&Step{N: 1}, &Pause{})
		}
		before := s.run.GAN
		ask(next...)
		if s.run != nil && s.run.GAN == before {
			t.Fatalf("%T: the run is the same", next[0])
		}
		if before.G.(*cpu.Net).Weights() != nil || before.D.(*cpu.Net).Weights() != nil {
			t.Errorf("%T: the run before has its memory still", next[0])
		}
		if s.run != nil && s.run.GAN.G.(*cpu.Net).Weights() == nil {
			t.Errorf("%T: the run that is here has none", next[0])
		}
	}
}
