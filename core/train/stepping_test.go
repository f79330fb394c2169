package train_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"ganvas/core/train"
	"ganvas/core/wire"
)

// Any mix of updates and steps is the same run, bit for bit, with every number that it measured.
func TestUpdatesAndStepsMix(t *testing.T) {
	for _, fields := range [][]string{
		nil,
		{"conditional=true", "loss=lsgan", "ema=0.9", "d_steps=2", "g_steps=3"},
		{"loss=wgan-gp", "dropout=0", "d_steps=5", "lr_decay=0.5"},
		{"loss=relativistic", "instance_noise=0.2"},
	} {
		t.Run(strings.Join(fields, " "), func(t *testing.T) {
			set, r := digits(t, 200), small(t, fields...)
			whole, mixed := trainer(t, r, set), trainer(t, r, set)
			random := rand.New(rand.NewPCG(uint64(len(fields)), 2))
			for range 12 {
				want, err := whole.Step()
				if err != nil {
					t.Fatal(err)
				}
				at := mixed.Steps()
				for n := random.IntN(r.DSteps + r.GSteps + 1); n > 0 && mixed.Steps() == at; n-- {
					oneUpdate(t, mixed)
				}
				if mixed.Steps() == at {
					steps(t, mixed, 1)
				}
				if got := mixed.Point(); got != want {
					t.Fatalf("step %d measured %+v, and %+v done at once", at+1, got, want)
				}
			}
			if !bytes.Equal(encoded(t, whole), encoded(t, mixed)) {
				t.Fatal("the runs end apart")
			}
		})
	}
}

// oneUpdate does an update and checks what it says of itself.
func oneUpdate(t *testing.T, tr *train.Trainer) {
	t.Helper()
	r, at, step := tr.GAN.Recipe, tr.Updates(), tr.Steps()
	u, whole, err := tr.Update()
	if err != nil {
		t.Fatal(err)
	}
	want := wire.Update{Network: "D", N: at + 1, Of: r.DSteps, Loss: u.Loss}
	if at >= r.DSteps {
		want = wire.Update{Network: "G", N: at + 1 - r.DSteps, Of: r.GSteps, Loss: u.Loss}
	}
	if u != want || whole != (at+1 == r.DSteps+r.GSteps) || whole != (tr.Steps() == step+1) || whole != (tr.Updates() == 0) {
		t.Fatalf("update %d of step %d is %+v, whole %v; the run is at step %d, update %d", at+1, step+1, u, whole, tr.Steps(), tr.Updates())
	}
}

// A run whose step is under way cannot be gone on with, so it gives only its weights.
func TestHalfAStepIsNoCheckpoint(t *testing.T) {
	tr := trainer(t, small(t), digits(t, 100))
	oneUpdate(t, tr)
	if _, err := tr.Checkpoint(false); err == nil || !strings.Contains(err.Error(), "step 1") {
		t.Errorf("half a step is saved: %v", err)
	}
	if _, err := tr.Checkpoint(true); err != nil {
		t.Errorf("the weights alone: %v", err)
	}
	oneUpdate(t, tr)
	encoded(t, tr)
}

// Sessions step at three depths, alone and in a group, and saving finishes a step that is under way.
func TestStepsOfThreeDepths(t *testing.T) {
	set := digits(t, 100)
	fields := with(map[string]any{"d_steps": 2, "loss": "wgan-gp", "dropout": 0, "eps": 1e-4}) // five steps an epoch
	var whole []byte
	for _, members := range []int{1, 2} {
		p := newPage(t, members, set)
		p.must(wire.Command{Type: wire.Start, Recipe: fields, Paused: true})
		p.must(wire.Command{Type: wire.StepN, N: 7})
		p.paused(7)
		want := p.must(wire.Command{Type: wire.Save}).Bytes

		p.must(wire.Command{Type: wire.Start, Recipe: fields, Paused: true})
		p.must(wire.Command{Type: wire.StepN, Depth: "epoch"})
		p.paused(5)
		for i, network := range []string{"D", "D", "G", "D"} {
			p.next++
			p.commands <- wire.Command{Type: wire.StepN, Depth: "update", ID: p.next}
			if e := p.wait(func(e wire.Event) bool { return e.Type == wire.Updated }); e.Update.Network != network || e.Step != 5+(i+1)/3 || e.Updates != (i+1)%3 {
				t.Errorf("update %d is of %s, at step %d with %d updates", i+1, e.Update.Network, e.Step, e.Updates)
			}
			if e := p.wait(func(e wire.Event) bool { return e.Type == wire.Answered && e.ID == p.next }); e.Error != "" {
				t.Fatal(e.Error)
			}
		}
		e := p.must(wire.Command{Type: wire.Save}) // finishes the step
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

		p.must(wire.Command{Type: wire.StepN, Depth: "update"})
		p.must(wire.Command{Type: wire.StepN, N: 1}) // the rest of the step
		p.paused(8)
		p.must(wire.Command{Type: wire.StepN, N: 1, Depth: "epoch"})
		p.paused(10)
		for field, c := range map[string]wire.Command{
			"layer": {Type: wire.StepN, Depth: "layer"}, "1000": {Type: wire.StepN, Depth: "update", N: 1001}, "5": {Type: wire.StepN, Depth: "epoch", N: 6},
		} {
			if _, err := p.ask(c); err == nil || !strings.Contains(err.Error(), field) {
				t.Errorf("%+v is answered by %v", c, err)
			}
		}
	}
}

// An update of a run that is going on pauses it first; one that ends the run says so.
func TestUpdatesPauseAndEndARun(t *testing.T) {
	p := newPage(t, 1, digits(t, 100))
	p.must(wire.Command{Type: wire.Start, Recipe: with(map[string]any{"epochs": 100000})})
	p.wait(func(e wire.Event) bool { return e.Type == wire.Stepped })
	e := p.must(wire.Command{Type: wire.StepN, Depth: "update"})
	if e.Updates != 1 {
		t.Errorf("after an update of D the step has %d", e.Updates)
	}
	p.must(wire.Command{Type: wire.Start, Recipe: with(map[string]any{"epochs": 1}), Paused: true})
	p.must(wire.Command{Type: wire.StepN, N: 9})
	p.paused(9)
	p.commands <- wire.Command{Type: wire.StepN, Depth: "update", N: 5}
	if e := p.wait(func(e wire.Event) bool { return e.Type == wire.Stopped }); e.Reason != "finished" || e.Step != 10 {
		t.Errorf("%s at step %d", e.Reason, e.Step)
	}
}

// The fixed noise comes with the run, a byte a value.
func TestStartedCarriesTheNoise(t *testing.T) {
	p := newPage(t, 1, digits(t, 100))
	p.commands <- wire.Command{Type: wire.Start, Recipe: with(nil), Paused: true}
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
