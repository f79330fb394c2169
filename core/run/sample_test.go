package run_test

import (
	"bytes"
	"testing"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/sample"
)

// Pictures of three channels train and are gone on with as those of one are, and the file says their shape beside the recipe.
func TestColoursTrain(t *testing.T) {
	shape := sample.Shape{Channels: 3, Height: 8, Width: 4}
	set := data.NewSet("colours", 60, shape, 0)
	stream, b := rng.New(3, "colours"), make([]byte, 60*shape.Size())
	for i := range b {
		b[i] = byte(stream.IntN(256))
	}
	if err := set.Append(b, nil); err != nil {
		t.Fatal(err)
	}
	r := runtest.Small(t, "arch=dcgan", "generator=4-4", "discriminator=4-4")
	whole, first := runtest.Trainer(t, r, set), runtest.Trainer(t, r, set)
	runtest.Steps(t, whole, 6)
	runtest.Steps(t, first, 3)
	f := runtest.Decoded(t, runtest.Encoded(t, first))
	if got := f.Meta["sample"]; got != "[3,8,4]" {
		t.Errorf("the file's sample is %q", got)
	}
	again, err := run.Resume(cpu.New(nil), f, set)
	if err != nil {
		t.Fatal(err)
	}
	runtest.Steps(t, again, 3)
	if !bytes.Equal(runtest.Encoded(t, again), runtest.Encoded(t, whole)) {
		t.Error("a resumed run of colours differs from one that went through")
	}
	images, err := run.Generate(again.GAN, 5, 1, -1)
	if err != nil || len(images) != 5*shape.Size() {
		t.Errorf("five pictures are %d bytes: %v", len(images), err)
	}
}

// Files that have the shape in what they say of their data open as before, and so do those that have it nowhere.
func TestOlderFilesSayTheShapeElsewhere(t *testing.T) {
	f := runtest.Decoded(t, runtest.Encoded(t, runtest.Trainer(t, runtest.Small(t), runtest.Digits(t, 100))))
	for about, want := range map[string]sample.Shape{
		f.Meta["data"]:                   sample.Gray(6, 6),
		`{"classes":10}`:                 sample.Gray(28, 28),
		`{"sample":[3,4,5],"classes":2}`: {Channels: 3, Height: 4, Width: 5},
		`{"sample":[2,1,1],"classes":0}`: sample.Plane,
	} {
		delete(f.Meta, "sample")
		f.Meta["data"] = about
		if in, err := run.Inspect(f); err != nil || in.Data.Sample != want {
			t.Errorf("%s: %v, %v", about, in.Data.Sample, err)
		}
	}
}
