package session_test

import (
	"strings"
	"testing"

	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// Sessions step at three depths, alone and in a group, and saving finishes a step that is under way.
func TestStepsOfThreeDepths(t *testing.T) {
	set := runtest.Digits(t, 100)
	fields := with(map[string]any{"d_steps": 2, "loss": "wgan-gp", "dropout": 0, "eps": 1e-4}) // five steps an epoch
	var whole []byte
	for _, members := range []int{1, 2} {
		p := newPage(t, members, set)
		p.must(&session.Start{Choice: session.Choice{Recipe: fields}, Paused: true})
		p.must(&session.Step{N: 7})
		p.paused(7)
		want := p.must(&session.Save{}).Bytes

		p.must(&session.Start{Choice: session.Choice{Recipe: fields}, Paused: true})
		p.must(&session.Step{Depth: "epoch"})
		p.paused(5)
		for i, network := range []string{"D", "D", "G", "D"} {
			p.next++
			p.commands <- session.Message{ID: p.next, Command: &session.Step{Depth: "update"}}
			if e := p.wait(func(e wire.Event) bool { return e.Type == wire.Updated }); e.Update.Network != network || e.Step != 5+(i+1)/3 || e.Updates != (i+1)%3 {
				t.Errorf("update %d is of %s, at step %d with %d updates", i+1, e.Update.Network, e.Step, e.Updates)
			}
			if e := p.wait(func(e wire.Event) bool { return e.Type == wire.Answered && e.ID == p.next }); e.Error != "" {
				t.Fatal(e.Error)
			}
		}
		e := p.must(&session.Save{}) // finishes the step
		if e.Step != 7 || e.Updates != 0 {
			t.Errorf("saved at step %d with %d updates more", e.Step, e.Updates)
		}
		got := e.Bytes
		if off := apart(t, want, got); off > 2e-5*float64(members-1) {
			t.Errorf("%d programs: the weights end %.2g apart", members, off)
		}
		if whole == nil {
			whole = got
		}
		if off := apart(t, whole, got); off > 2e-5 {
			t.Errorf("alone and together the weights end %.2g apart", off)
		}

		p.must(&session.Step{Depth: "update"})
		p.must(&session.Step{N: 1}) // the rest of the step
		p.paused(8)
		p.must(&session.Step{N: 1, Depth: "epoch"})
		p.paused(10)
		for field, c := range map[string]session.Command{
			"layer": &session.Step{Depth: "layer"}, "1000": &session.Step{Depth: "update", N: 1001}, "5": &session.Step{Depth: "epoch", N: 6},
		} {
			if _, err := p.ask(c); err == nil || !strings.Contains(err.Error(), field) {
				t.Errorf("%+v is answered by %v", c, err)
			}
		}
	}
}

// An update of a run that is going on pauses it first; one that ends the run says so.
func TestUpdatesPauseAndEndARun(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"epochs": 100000})}})
	p.wait(func(e wire.Event) bool { return e.Type == wire.Stepped })
	e := p.must(&session.Step{Depth: "update"})
	if e.Updates != 1 {
		t.Errorf("after an update of D the step has %d", e.Updates)
	}
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"epochs": 1})}, Paused: true})
	p.must(&session.Step{N: 9})
	p.paused(9)
	p.commands <- session.Message{Command: &session.Step{Depth: "update", N: 5}}
	if e := p.wait(func(e wire.Event) bool { return e.Type == wire.Stopped }); e.Reason != "finished" || e.Step != 10 {
		t.Errorf("%s at step %d", e.Reason, e.Step)
	}
}

// The fixed noise comes with the run, a byte a value.
func TestStartedCarriesTheNoise(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.commands <- session.Message{Command: &session.Start{Choice: session.Choice{Recipe: with(nil)}, Paused: true}}
	e := p.wait(func(e wire.Event) bool { return e.Type == wire.Started })
	low, high := 0, 0
	for _, v := range e.Bytes {
		if v < 128 {
			low++
		} else {
			high++
		}
	}
	if len(e.Bytes) != 64*8 || low < 200 || high < 200 {
		t.Errorf("%d bytes, %d below the middle and %d above", len(e.Bytes), low, high)
	}
}
