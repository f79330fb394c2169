package run_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/sample"
)

func TestResumedRunEqualsUninterruptedOne(t *testing.T) {
	for _, fields := range [][]string{
		nil,
		{"conditional=true", "loss=lsgan", "ema=0.9", "d_steps=2"},
		{"loss=wgan-gp", "dropout=0", "optimizer=rmsprop", "clip=1"},
		{"loss=bce", "dropout=0", "r2_weight=1", "schedule=cosine", "warm_up=0.1", "hold=0.1", "anneal=0.7", "lr_decay=0.9", "beta2_end=0.9", "gp_decay=0.5", "ema=0.5", "ema_end=0.9"},
	} {
		t.Run(strings.Join(fields, " "), func(t *testing.T) {
			set, r := runtest.Digits(t, 100), runtest.Small(t, fields...)
			whole := runtest.Trainer(t, r, set)
			runtest.Steps(t, whole, 7)
			part := runtest.Encoded(t, whole)
			runtest.Steps(t, whole, 8) // across the end of an epoch

			again, err := run.Resume(cpu.New(nil), runtest.Decoded(t, part), set)
			if err != nil {
				t.Fatal(err)
			}
			if again.Steps() != 7 || again.Images() != whole.Images()*7/15 {
				t.Fatalf("resumed at step %d, %d images", again.Steps(), again.Images())
			}
			runtest.Steps(t, again, 8)
			if !bytes.Equal(runtest.Encoded(t, again), runtest.Encoded(t, whole)) {
				t.Fatal("the resumed run's checkpoint differs from the uninterrupted run's")
			}
		})
	}
}

func TestStepsAllocateNothing(t *testing.T) {
	for _, fields := range [][]string{nil, {"conditional=true"}, {"loss=wgan-gp", "dropout=0", "packing=2"}, {"ema=0.99", "clip=1"}} {
		tr := runtest.Trainer(t, runtest.Small(t, append(fields, "epochs=1000")...), runtest.Digits(t, 100))
		runtest.Steps(t, tr, 3)
		if n := testing.AllocsPerRun(50, func() { runtest.Steps(t, tr, 1) }); n != 0 {
			t.Errorf("%v: %v allocations a step", fields, n)
		}
	}
	for _, fields := range [][]string{
		{"arch=sngan", "generator=4-3-2", "discriminator=2-3-4", "conditional=true", "label_mode=projection", "loss=hinge"},
		{"arch=progressive", "generator=3-3", "discriminator=3-3", "loss=wgan-gp", "stage_images=10", "ema=0.9"},
	} {
		r := runtest.Small(t)
		for _, f := range append(fields, "epochs=1000", "dropout=0") {
			name, value, _ := runtest.Cut(f)
			if err := r.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
		tr := runtest.Trainer(t, r, runtest.Patterns(t, 100, 12))
		runtest.Steps(t, tr, 20)
		if n := testing.AllocsPerRun(50, func() { runtest.Steps(t, tr, 1) }); n != 0 {
			t.Errorf("%v: %v allocations a step", fields, n)
		}
	}
}

func TestDivergedRunGoesBackToItsLastGoodState(t *testing.T) {
	tr := runtest.Trainer(t, runtest.Small(t, "loss=minimax", "optimizer=sgd"), runtest.Digits(t, 100))
	runtest.Steps(t, tr, 2)
	if err := tr.Set("lr_d", "1"); err != nil {
		t.Fatal(err)
	}
	w := tr.GAN.D.(*cpu.Net).Weights()
	w[0] = float32(math.NaN())
	_, err := tr.Step()
	if !errors.Is(err, run.ErrDiverged) {
		t.Fatalf("the error is %v", err)
	}
	if name := runtest.Decoded(t, runtest.Encoded(t, tr)).FirstNonFinite(); name != "" {
		t.Fatalf("%s is still broken", name)
	}
	if tr.Steps() != 0 {
		t.Fatalf("the run is at step %d, and its last kept state was its start", tr.Steps())
	}
}

// Losses that grow over all bounds and stay numbers are divergence as well; the run is back where it was good.
func TestBlownUpRunGoesBack(t *testing.T) {
	for _, loss := range []string{"bce", "hinge"} {
		tr := runtest.Trainer(t, runtest.Small(t, "loss="+loss, "lr_g=1", "lr_d=1", "generator=64-64", "discriminator=64-64", "epochs=1000"), runtest.Digits(t, 100))
		var err error
		for range 3000 {
			if _, err = tr.Step(); err != nil {
				break
			}
		}
		if !errors.Is(err, run.ErrDiverged) || tr.Steps() != 0 {
			t.Errorf("%s: at step %d the error is %v", loss, tr.Steps(), err)
		}
	}
}

func TestTrainingWaitsForItsRows(t *testing.T) {
	whole := runtest.Digits(t, 100)
	late := data.NewSet("patterns", 100, sample.Gray(6, 6), 10)
	r := runtest.Small(t)
	tr := runtest.Trainer(t, r, late)
	if _, err := tr.Step(); !errors.Is(err, run.ErrWaiting) {
		t.Fatalf("a step without data gave %v", err)
	}
	if tr.Steps() != 0 {
		t.Fatal("the step counted")
	}
	mark := runtest.Encoded(t, tr)
	for i := range 100 {
		if err := late.Append(whole.Pixels(i), []uint8{uint8(whole.Label(i))}); err != nil {
			t.Fatal(err)
		}
	}
	other := runtest.Trainer(t, r, whole)
	if !bytes.Equal(mark, runtest.Encoded(t, other)) {
		t.Fatal("waiting changed the run's state")
	}
	runtest.Steps(t, tr, 12)
	runtest.Steps(t, other, 12)
	if !bytes.Equal(runtest.Encoded(t, tr), runtest.Encoded(t, other)) {
		t.Fatal("the run depends on when its data arrived")
	}
}

func TestSheetShowsFakesBeforeTheDataArrive(t *testing.T) {
	tr := runtest.Trainer(t, runtest.Small(t), data.NewSet("late", 100, sample.Gray(6, 6), 10))
	sheet, pixels, err := tr.Sheet()
	if err != nil {
		t.Fatal(err)
	}
	if sheet.Reals != 0 || sheet.Fakes == 0 || len(pixels) != sheet.Fakes*36 || len(sheet.FakeScores) != sheet.Fakes {
		t.Fatalf("%d fakes, %d reals, %d bytes, %d scores", sheet.Fakes, sheet.Reals, len(pixels), len(sheet.FakeScores))
	}
}

func TestGeneratorLearnsThePatterns(t *testing.T) {
	set := runtest.Digits(t, 1000)
	tr := runtest.Trainer(t, runtest.Small(t, "lr_g=0.001", "lr_d=0.001", "beta1=0.5", "epochs=100", "generator=64-64", "discriminator=64-64", "dropout=0"), set)
	before := spread(t, tr, set)
	runtest.Steps(t, tr, 3000)
	if after := spread(t, tr, set); after > before/2 {
		t.Fatalf("fakes are %.3f from the nearest sample on average, %.3f before training", after, before)
	}
}

// spread is the mean distance from a fake to its nearest sample, per pixel.
func spread(t *testing.T, tr *run.Trainer, set *data.Set) float64 {
	t.Helper()
	images, err := run.Generate(tr.GAN, 100, 3, -1)
	if err != nil {
		t.Fatal(err)
	}
	mean := 0.0
	for at := 0; at < len(images); at += 36 {
		best := math.Inf(1)
		for i := range set.Len() {
			d := 0.0
			for j, p := range set.Pixels(i) {
				x := float64(p) - float64(images[at+j])
				d += x * x
			}
			best = min(best, d)
		}
		mean += math.Sqrt(best/36) / 100
	}
	return mean
}
