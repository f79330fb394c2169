package run_test

import (
	"errors"
	"os"
	"slices"
	"testing"

	"ganvas/core/engine/cpu"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/weights"
)

// One-byte changes at random places of a checkpoint: weights, optimizer state, random state, header. Every one is refused.
func TestDamagedCheckpointsAreRefused(t *testing.T) {
	tr := runtest.Trainer(t, runtest.Small(t), runtest.Digits(t, 100))
	runtest.Steps(t, tr, 7)
	whole := runtest.Encoded(t, tr)
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
	if _, err := run.Resume(cpu.New(nil), f, runtest.Digits(t, 100)); err != nil {
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
	f := runtest.Decoded(t, old)
	m, in, err := run.Open(cpu.New(nil), f)
	if err != nil || in.Checked {
		t.Fatalf("an old file: %v", err)
	}
	old[16270] ^= 0xff
	if _, _, err := run.Open(cpu.New(nil), runtest.Decoded(t, old)); !errors.As(err, new(weights.Damaged)) {
		t.Errorf("a damaged old file: %v", err)
	}
	changed, err := weights.DecodeChanged(old)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := run.Open(cpu.New(nil), changed); err != nil {
		t.Errorf("an old file that was changed on purpose: %v", err)
	}
	now, err := run.GeneratorFile(m, in.Step, in.Images)
	if err != nil {
		t.Fatal(err)
	}
	b, err := now.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, in, err := run.Open(cpu.New(nil), runtest.Decoded(t, b)); err != nil || !in.Checked {
		t.Errorf("what is saved from an old file has no digest: %v", err)
	}
}
