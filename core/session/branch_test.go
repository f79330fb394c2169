package session_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/weights"
	"ganvas/core/wire"
)

// stop steps a paused run on and waits until it pauses again.
func (p *page) stop(n, at int) {
	p.t.Helper()
	p.must(&session.Step{N: n})
	p.paused(at)
}

func (p *page) saved() []byte {
	p.t.Helper()
	return p.must(&session.Save{}).Bytes
}

// A branch goes on exactly as a run that stopped at its state, was saved, and was resumed with another recipe; and the
// run before is handed over whole.
func TestBranchEqualsStoppedRun(t *testing.T) {
	set := runtest.Digits(t, 100)
	for _, change := range []string{"", "lr_d=0.003", "loss=lsgan", "d_steps=2", "batch=20", "beta1=0.5", "dropout=0", "label_smoothing=0.1", "clip=1"} {
		field, value, _ := runtest.Cut(change)
		p := newPage(t, 1, set)
		p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"seed": "9"})}, Paused: true})
		p.stop(12, 12)
		stopped := p.saved()
		p.stop(9, 21)
		before := p.saved()
		a := p.must(&session.Branch{Step: 14, Field: field, Value: value, Paused: true})
		if a.Data != (session.Branched{Step: 12}) || !bytes.Equal(a.Bytes, before) {
			t.Errorf("%s: the branch is %v, or the run before is not handed over as it was", change, a.Data)
		}
		p.must(&session.Step{N: 7})
		p.paused(19)

		f := runtest.Decoded(t, stopped)
		r, err := config.Parse([]byte(f.Meta["recipe"]))
		if err != nil {
			t.Fatal(err)
		}
		if field != "" {
			if err := r.Set(field, value); err != nil {
				t.Fatal(err)
			}
		}
		f.Meta["recipe"] = string(r.JSON())
		other, err := run.Resume(cpu.New(nil), f, set)
		if err != nil {
			t.Fatal(err)
		}
		runtest.Steps(t, other, 7)
		if !bytes.Equal(p.saved(), runtest.Encoded(t, other)) {
			t.Errorf("%s: the branch is another run than the one that stopped there", change)
		}
	}
}

// Followers go back and on with the leader.
func TestSharedBranch(t *testing.T) {
	set := runtest.Digits(t, 100)
	var ends [2]*weights.File
	for k, members := range []int{1, 2} {
		p := newPage(t, members, set)
		p.must(&session.Start{Choice: session.Choice{Recipe: with(nil)}, Paused: true})
		p.stop(6, 6)
		p.stop(5, 11)
		p.must(&session.Branch{Step: 6, Field: "loss", Value: "hinge", Paused: true})
		p.stop(5, 11)
		ends[k] = runtest.Decoded(t, p.saved())
	}
	for _, x := range ends[0].Tensors {
		y, _ := ends[1].Lookup(x.Name)
		a, _ := x.F64()
		b, err := y.F64()
		if err != nil || len(a) != len(b) {
			t.Fatalf("%s: %v", x.Name, err)
		}
		for i := range a {
			if d := a[i] - b[i]; d > 1e-4 || d < -1e-4 {
				t.Fatalf("%s differs by %g between one program and two", x.Name, d)
			}
		}
	}
}

// Another seed changes what is drawn from here on, not the noise that is shown; also after the branch was saved and opened.
func TestBranchWithAnotherSeed(t *testing.T) {
	set := runtest.Digits(t, 100)
	p := newPage(t, 1, set)
	p.must(&session.Start{Choice: session.Choice{Recipe: with(nil)}, Paused: true})
	p.stop(8, 8)
	was := p.must(&session.Moment{Step: 8}).Bytes
	plain := runtest.Decoded(t, p.saved())
	p.must(&session.Branch{Step: 8, Field: "seed", Value: "77", Paused: true})
	b := p.saved()
	branched, err := run.Resume(cpu.New(nil), runtest.Decoded(t, b), set)
	if err != nil {
		t.Fatal(err)
	}
	if _, shown, _ := branched.Sheet(); !bytes.Equal(shown, was) {
		t.Error("another seed shows other noise")
	}
	if !bytes.Equal(runtest.Encoded(t, branched), b) {
		t.Error("a saved branch is another one when it is opened")
	}
	same, err := run.Resume(cpu.New(nil), plain, set)
	if err != nil {
		t.Fatal(err)
	}
	runtest.Steps(t, branched, 5)
	runtest.Steps(t, same, 5)
	if _, x, _ := branched.Sheet(); bytes.Equal(x, sheetOf(t, same)) {
		t.Error("another seed gives the same run")
	}
}

func sheetOf(t *testing.T, tr *run.Trainer) []byte {
	t.Helper()
	_, pixels, err := tr.Sheet()
	if err != nil {
		t.Fatal(err)
	}
	return pixels
}

// What cannot change on the way is refused in a sentence that names it, and the run is left as it was.
func TestBranchRefuses(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	if _, err := p.ask(&session.Branch{}); err == nil {
		t.Error("without a run there is a branch")
	}
	p.must(&session.Start{Choice: session.Choice{Recipe: with(nil)}, Paused: true})
	if _, err := p.ask(&session.Branch{}); err == nil || !strings.Contains(err.Error(), "state") {
		t.Errorf("before any state is kept a branch says %v", err)
	}
	p.stop(3, 3)
	before := p.saved()
	for field, value := range map[string]string{"generator": "8-8", "noise": "9", "optimizer": "sgd", "ema": "0.9", "lr_d": "-1", "norm": "spectral",
		"colour": "red", "leak": "0.1", "conditional": "true", "batch": "101", "stage_images": "5"} {
		if _, err := p.ask(&session.Branch{Step: 3, Field: field, Value: value}); err == nil || !strings.Contains(strings.ToLower(err.Error()), field) {
			t.Errorf("%s %s: %v", field, value, err)
		}
	}
	if !bytes.Equal(p.saved(), before) {
		t.Error("refused branches changed the run")
	}
}

// The past is told of as it grows, can be looked at, and is cut where a branch begins.
func TestHistory(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(&session.Start{Choice: session.Choice{Recipe: with(nil)}, Paused: true})
	p.stop(4, 4)
	pictures := map[int][]byte{}
	p.must(&session.Step{N: 6})
	p.wait(func(e wire.Event) bool {
		if e.Type == wire.Sampled {
			pictures[e.Step] = e.Bytes
		}
		return e.Type == wire.Remembered && e.Step == 10
	})
	p.paused(10)
	for step, want := range pictures {
		a := p.must(&session.Moment{Step: step})
		if shown := a.Data.(session.Shown); shown.Step != step || !bytes.Equal(a.Bytes, want) {
			t.Errorf("the moment of step %d has step %v, or other pictures than were shown then", step, shown.Step)
		}
	}
	h := p.must(&session.History{}).Data.(session.Remembered)
	if states := h.States; len(states) < 3 || states[0] != 0 || states[len(states)-1] != 10 {
		t.Errorf("the states are %v", states)
	}
	p.must(&session.Branch{Step: 4, Field: "lr_g", Value: "0.01", Paused: true})
	h = p.must(&session.History{}).Data.(session.Remembered)
	moments, states := h.Moments, h.States
	if moments[len(moments)-1] != 4 || states[len(states)-1] != 4 {
		t.Errorf("after a branch at step 4 there are moments %v and states %v", moments, states)
	}
	if marks, _ := json.Marshal(h.Marks); string(marks) != `[{"step":4,"field":"lr_g","from":"0.0002","to":"0.01"}]` {
		t.Errorf("the marks are %s", marks)
	}
	p.stop(3, 7)
	rows, err := csv.NewReader(bytes.NewReader(p.must(&session.Table{Format: "csv"}).Bytes)).ReadAll()
	if err != nil || len(rows) != 8 || rows[1][0] != "1" || rows[7][0] != "7" || rows[7][2] != "70" {
		t.Errorf("the table of seven steps is %v (%v)", rows, err)
	}
}

// A run that is held waits at that step, and goes on where it is let.
func TestHold(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(&session.Start{Choice: session.Choice{Recipe: with(nil)}, Paused: true})
	p.must(&session.Hold{Step: 5})
	p.must(&session.Resume{})
	p.wait(func(e wire.Event) bool { return e.Type == wire.Stepped && e.Step == 5 })
	if e := p.must(&session.History{}); e.Step != 5 {
		t.Errorf("a run held at step 5 is at step %d", e.Step)
	}
	p.must(&session.Hold{Step: 8})
	p.wait(func(e wire.Event) bool { return e.Type == wire.Stepped && e.Step == 8 })
	p.must(&session.Hold{})
	p.wait(func(e wire.Event) bool { return e.Type == wire.Stopped && e.Reason == "finished" })
	if _, err := p.ask(&session.Hold{Step: -1}); err == nil {
		t.Error("step -1 is a step to hold at")
	}
}
