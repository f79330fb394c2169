package run_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/wire"
)

// Any mix of updates and steps is the same run, bit for bit, with every number that it measured.
func TestUpdatesAndStepsMix(t *testing.T) {
	for _, fields := range [][]string{
		nil,
		{"conditional=true", "loss=lsgan", "ema=0.9", "d_steps=2", "g_steps=3"},
		{"loss=wgan-gp", "dropout=0", "d_steps=5", "lr_decay=0.5"},
		{"loss=hinge", "dropout=0", "r1_weight=0.1", "r2_weight=1", "schedule=cosine", "warm_up=0.2", "anneal=0.8", "beta2_end=0.9", "gp_decay=0.5", "ema=0.5", "ema_end=0.9"},
		{"loss=relativistic", "instance_noise=0.2"},
	} {
		t.Run(strings.Join(fields, " "), func(t *testing.T) {
			set, r := runtest.Digits(t, 200), runtest.Small(t, fields...)
			whole, mixed := runtest.Trainer(t, r, set), runtest.Trainer(t, r, set)
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
					runtest.Steps(t, mixed, 1)
				}
				if got := mixed.Point(); got != want {
					t.Fatalf("step %d measured %+v, and %+v done at once", at+1, got, want)
				}
			}
			if !bytes.Equal(runtest.Encoded(t, whole), runtest.Encoded(t, mixed)) {
				t.Fatal("the runs end apart")
			}
		})
	}
}

// oneUpdate does an update and checks what it says of itself.
func oneUpdate(t *testing.T, tr *run.Trainer) {
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
	tr := runtest.Trainer(t, runtest.Small(t), runtest.Digits(t, 100))
	oneUpdate(t, tr)
	if _, err := tr.Checkpoint(false); err == nil || !strings.Contains(err.Error(), "step 1") {
		t.Errorf("half a step is saved: %v", err)
	}
	if _, err := tr.Checkpoint(true); err != nil {
		t.Errorf("the weights alone: %v", err)
	}
	oneUpdate(t, tr)
	runtest.Encoded(t, tr)
}
