package quality_test

import (
	"math"
	"strings"
	"testing"

	"ganvas/core/quality"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/weights"
)

// A critic whose scores mean something only by their differences is as right with all of them far above 0 as it is where
// they lie around it; one whose loss fixes its middle then takes everything for real.
func TestDIsRightWhereverItsScoresLie(t *testing.T) {
	set := runtest.Patterns(t, 2000, 6)
	for loss, drifts := range map[string]bool{"wgan-gp": true, "r3gan": true, "relativistic": true, "hinge": false, "bce": false} {
		tr := runtest.Trainer(t, runtest.Small(t, "loss="+loss, "lr_d=0.002", "d_steps=3"), set)
		runtest.Steps(t, tr, 60)
		before := asked(t, tr, set.Len())
		lift(t, tr, 1000)
		after := asked(t, tr, set.Len())
		if before.Right < 0.8 {
			t.Errorf("%s: D learned nothing to be right about: %+v", loss, before)
		}
		if drifts && (after.PReal < 900 || after.PFake < 900 || math.Abs(after.Right-before.Right) > 0.01 || math.Abs(after.HeldRight-before.HeldRight) > 0.01 || math.Abs(after.SeenRight-before.SeenRight) > 0.01) {
			t.Errorf("%s: with all scores above 0 it is right by %+v, before by %+v", loss, after, before)
		}
		if !drifts && (after.Right != 0.5 || after.HeldRight != 1) {
			t.Errorf("%s: it takes everything for real and is right by %+v", loss, after)
		}
	}
}

// asked is what D of a run says of its own data, as held-out ones, and of fakes.
func asked(t *testing.T, tr *run.Trainer, n int) *quality.Discriminator {
	t.Helper()
	set := runtest.Patterns(t, n, 6)
	e, err := quality.Evaluate(tr.GAN, run.Info{Recipe: tr.GAN.Recipe, Discriminator: true}, &quality.Real{Train: set, Held: set}, 20, 1, nil)
	if err != nil || e.D == nil {
		t.Fatal(err)
	}
	if text := e.String(); !strings.Contains(text, "D is right") {
		t.Error(text)
	}
	return e.D
}

// lift adds to all of D's scores.
func lift(t *testing.T, tr *run.Trainer, by float32) {
	t.Helper()
	state, err := tr.GAN.D.State()
	if err != nil {
		t.Fatal(err)
	}
	for i := len(state) - 1; i >= 0; i-- {
		if strings.HasSuffix(state[i].Name, ".bias") {
			bias, err := state[i].F32()
			if err != nil || len(bias) != 1 {
				t.Fatalf("%s has %d values (%v)", state[i].Name, len(bias), err)
			}
			state[i] = weights.FromF32(state[i].Name, state[i].Shape, []float32{bias[0] + by})
			break
		}
	}
	if err := tr.GAN.D.Load(state); err != nil {
		t.Fatal(err)
	}
	tr.GAN.Changed()
}
