package run_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"ganvas/core/run"
	"ganvas/core/run/runtest"
)

// A run whose losses come late is the same run, bit for bit, and reports the same of every step, whatever mix of steps, updates and looks
// it is made of.
func TestLateLossesAreTheSameRun(t *testing.T) {
	for _, field := range []string{"loss=bce", "loss=wgan-gp", "loss=relativistic"} {
		set, r := runtest.Digits(t, 200), runtest.Small(t, field, "dropout=0", "d_steps=2")
		at := runtest.Trainer(t, r, set)
		ahead, err := run.New(runtest.Late(7), r, set)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []run.Reported
		come := func(all bool) {
			t.Helper()
			came, err := ahead.Come(all)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, came...)
		}
		random, behind := rand.New(rand.NewPCG(1, 2)), 0
		for i := range 40 {
			p, err := at.Step()
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, run.Reported{Step: at.Steps(), Images: at.Images(), Epoch: at.Epoch(), Point: p})
			if random.IntN(4) > 0 {
				if err := ahead.Ahead(); err != nil {
					t.Fatal(err)
				}
			} else {
				for whole := false; !whole; {
					if _, whole, err = ahead.Update(); err != nil {
						t.Fatal(err)
					}
				}
			}
			come(random.IntN(9) == 0)
			behind = max(behind, i+1-len(got))
			if i%13 == 0 && !bytes.Equal(runtest.Encoded(t, at), runtest.Encoded(t, ahead)) {
				t.Fatalf("%s: at step %d the runs are apart", field, at.Steps())
			}
		}
		come(true)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the steps reported\n%+v, want\n%+v", field, got, want)
		}
		if behind < 2 {
			t.Errorf("%s: the reports were never more than %d steps late", field, behind)
		}
	}
}

// Losses that are no numbers are found some steps later, or when a state is asked for: the run is then where it was when the last good
// state was kept, and goes on from there as if nothing had been.
func TestLateLossesAreGuarded(t *testing.T) {
	for _, asked := range []bool{false, true} {
		set, r := runtest.Digits(t, 200), runtest.Small(t, "epochs=100")
		ahead, err := run.New(runtest.Late(7), r, set)
		if err != nil {
			t.Fatal(err)
		}
		runtest.Steps(t, ahead, 250)
		good := runtest.Encoded(t, ahead)
		runtest.Steps(t, ahead, 3)
		rate := ahead.GAN.Recipe.LRD
		ahead.GAN.Recipe.LRD = 1e38
		steps := 0
		for err = nil; err == nil && steps < 20; steps++ {
			if err = ahead.Ahead(); err == nil && asked && steps == 2 {
				_, err = ahead.Checkpoint(false)
			}
			if err == nil {
				_, err = ahead.Come(false)
			}
		}
		if !errors.Is(err, run.ErrDiverged) || steps < 3 {
			t.Fatalf("after %d steps with a rate of 1e38: %v", steps, err)
		}
		ahead.GAN.Recipe.LRD = rate
		if ahead.Steps() != 250 || !bytes.Equal(runtest.Encoded(t, ahead), good) {
			t.Errorf("the run is at step %d, not as it was at 250", ahead.Steps())
		}
		if came, err := ahead.Come(true); err != nil || slices.ContainsFunc(came, func(r run.Reported) bool { return r.Step > 255 }) {
			t.Errorf("%+v came of steps that were taken back (%v)", came, err)
		}
		runtest.Steps(t, ahead, 2)
	}
}

// While steps are under way an engine computes on in the time that the host has for itself, so that this is part of theirs; else it is not.
func TestBenchOfLateLosses(t *testing.T) {
	set, r := runtest.Digits(t, 200), runtest.Small(t, "epochs=100")
	for by, want := range map[int]float64{0: 0, 7: 2} {
		m, err := run.New(runtest.Late(by), r, set)
		if err != nil {
			t.Fatal(err)
		}
		clock := time.Unix(0, 0)
		b, err := m.Bench(t.Context(), 20, func() time.Time { return clock }, func() { clock = clock.Add(2 * time.Millisecond) })
		if err != nil {
			t.Fatal(err)
		}
		if median, _, _ := b.Median(); median != want {
			t.Errorf("%d updates late a step takes %v ms, want %v", by, median, want)
		}
	}
}
