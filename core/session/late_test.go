package session_test

import (
	"context"
	"slices"
	"testing"

	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// A session whose engine tells losses some steps late tells them of every step once, under its number; whenever a state is told, given away
// or shown, all that it rests on has been told.
func TestLateLossesAreTold(t *testing.T) {
	set, r := runtest.Digits(t, 200), runtest.Small(t, "epochs=3")
	plain := runtest.Trainer(t, r, set)
	var want []wire.Point
	for !plain.Done() {
		p, err := plain.Step()
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, p)
	}
	late, err := run.New(runtest.Late(9), r, set)
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	commands := make(chan session.Message, 16)
	var got []wire.Point
	var paused []int
	heard, behind, now := 0, 0, 0
	s := &session.Session{Engine: late.GAN.Engine, Commands: commands, Begin: &session.Beginning{Trainer: late, Paused: true}, Ended: func(error) { end() }}
	s.Heard = func(r run.Reported) {
		if heard++; r.Step != heard {
			t.Errorf("step %d is heard of as number %d", r.Step, heard)
		}
	}
	s.Stepped = func() bool {
		behind = max(behind, s.Present().Steps()-heard)
		return true
	}
	s.Emit = func(e wire.Event) {
		switch e.Type {
		case wire.Stepped:
			if now += len(e.Points); e.Step != now {
				t.Errorf("%d points up to step %d, after step %d", len(e.Points), e.Step, now-len(e.Points))
			}
			got = append(got, e.Points...)
		case wire.Sampled, wire.Paused, wire.Stopped:
			if e.Step != now && e.Error == "" {
				t.Errorf("%s at step %d, and steps are told up to %d", e.Type, e.Step, now)
			}
			if e.Type == wire.Paused {
				paused = append(paused, e.Step)
			}
		}
	}
	commands <- session.Message{Command: &session.Step{N: 13}}
	go func() {
		for _, c := range []session.Command{&session.Save{}, &session.Resume{}} {
			commands <- session.Message{Command: c}
		}
	}()
	_ = s.Run(ctx)
	if !slices.Equal(got, want) {
		t.Errorf("%d steps were told, want %d with the same numbers", len(got), len(want))
	}
	if behind < 3 {
		t.Errorf("never more than %d steps were under way", behind)
	}
	if len(paused) < 2 {
		t.Errorf("it paused at %v", paused)
	}
}
