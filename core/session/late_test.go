package session_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

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

// A run that diverges under late losses tells of the steps before while it stops, and goes on from its last good state as the next step.
func TestLateLossesOfARunThatDiverges(t *testing.T) {
	set, r := runtest.Digits(t, 200), runtest.Small(t, "epochs=200")
	late, err := run.New(runtest.Late(7), r, set)
	if err != nil {
		t.Fatal(err)
	}
	runtest.Steps(t, late, 250)
	ctx, end := context.WithCancel(context.Background())
	commands := make(chan session.Message, 4)
	rate := late.GAN.Recipe.LRG
	var before, after []int
	diverged := false
	s := &session.Session{Engine: late.GAN.Engine, Commands: commands, Begin: &session.Beginning{Trainer: late}, Emit: func(wire.Event) {}}
	s.Heard = func(r run.Reported) {
		if diverged {
			after = append(after, r.Step)
		} else {
			before = append(before, r.Step)
		}
	}
	s.Stepped = func() bool {
		switch at := s.Present(); {
		case !diverged && at.Steps() == 260:
			at.GAN.Recipe.LRG = 1e38 // D finds it out, in the call in which a step before reports
		case len(after) > 3:
			end()
		}
		return true
	}
	s.Ended = func(err error) {
		if diverged || !errors.Is(err, run.ErrDiverged) {
			t.Errorf("it ended by %v", err)
			end()
			return
		}
		diverged = true
		s.Present().GAN.Recipe.LRG = rate
		commands <- session.Message{Command: &session.Resume{}}
	}
	_ = s.Run(ctx)
	if n := len(before); n == 0 || before[0] != 251 || before[n-1] != 250+n || before[n-1] < 260 {
		t.Errorf("before it went back to step 250 the steps %v were told", before)
	}
	if len(after) == 0 || after[0] != 251 {
		t.Errorf("gone on from step 250, it told the steps %v", after)
	}
}

// What steps take that were under way when pictures were due is no cost of the pictures, which would come less often for it.
func TestLateLossesCostPicturesNothing(t *testing.T) {
	set, r := runtest.Digits(t, 200), runtest.Small(t, "epochs=200")
	late, err := run.New(runtest.Late(9), r, set)
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	clock := time.Unix(1e9, 0)
	var last time.Time
	s := &session.Session{Engine: late.GAN.Engine, Commands: make(chan session.Message), Begin: &session.Beginning{Trainer: late}, Now: func() time.Time { return clock }}
	s.Heard = func(run.Reported) { clock = clock.Add(20 * time.Millisecond) }
	pictures := 0
	s.Emit = func(e wire.Event) {
		if e.Type != wire.Sampled {
			return
		}
		if gap := clock.Sub(last); pictures > 0 && gap > time.Second {
			t.Errorf("pictures come %v after the last ones", gap)
		}
		if last = clock; pictures == 5 {
			end()
		}
		pictures++
	}
	_ = s.Run(ctx)
}
