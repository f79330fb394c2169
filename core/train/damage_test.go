package train_test

import (
	"errors"
	"os"
	"slices"
	"testing"

	"ganvas/core/engine/cpu"
	"ganvas/core/rng"
	"ganvas/core/train"
	"ganvas/core/weights"
)

// One-byte changes at random places of a checkpoint: weights, optimizer state, random state, header. Every one is refused.
func TestDamagedCheckpointsAreRefused(t *testing.T) {
	tr := trainer(t, small(t), digits(t, 100))
	steps(t, tr, 7)
	whole := encoded(t, tr)
	stream := rng.New(3, "damage")
	for range 400 {
		b := slices.Clone(whole)
		at, with := stream.IntN(len(b)), byte(1+stream.IntN(255))
		if stream.IntN(4) == 0 { // the header is a small part of it
			at = stream.IntN(2000)
		}
		b[at] ^= with
		if _, err := weights.Decode(b); err == nil {
			t.Errorf("byte %d of %d changed by %02x: accepted", at, len(b), with)
		}
	}
	last := slices.Clone(whole)
	last[len(last)-1] ^= 1
	f, err := weights.DecodeChanged(last)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := train.Resume(cpu.New(nil), f, digits(t, 100)); err != nil {
		t.Errorf("a change that was made on purpose: %v", err)
	}
}

// A generator from before there were digests. What is damaged in it shows, if at all, in the image that it checks itself
// by: this byte moves one pixel by five shades of 256 there, and others by 27.
func TestFilesWithoutADigest(t *testing.T) {
	old, err := os.ReadFile("testdata/no-digest.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f := decoded(t, old)
	m, in, err := train.Open(cpu.New(nil), f)
	if err != nil || in.Checked {
		t.Fatalf("an old file: %v", err)
	}
	old[16270] ^= 0xff
	if _, _, err := train.Open(cpu.New(nil), decoded(t, old)); !errors.As(err, new(weights.Damaged)) {
		t.Errorf("a damaged old file: %v", err)
	}
	changed, err := weights.DecodeChanged(old)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := train.Open(cpu.New(nil), changed); err != nil {
		t.Errorf("an old file that was changed on purpose: %v", err)
	}
	now, err := train.GeneratorFile(m, in.Step, in.Images)
	if err != nil {
		t.Fatal(err)
	}
	b, err := now.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, in, err := train.Open(cpu.New(nil), decoded(t, b)); err != nil || !in.Checked {
		t.Errorf("what is saved from an old file has no digest: %v", err)
	}
}
