package session_test

import (
	"slices"
	"testing"

	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/weights"
)

// A start with Fit begins with networks as deep as the data need, whatever depth the recipe has; without, with the recipe's.
func TestStartAsDeepAsThePictures(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(given(60, 0)) // 4×4
	recipe := with(map[string]any{"dataset": "own", "arch": "dcgan", "generator": "4-3", "discriminator": "3-4", "batch": 10})
	for fit, want := range map[bool][]int{true: {3}, false: {4, 3}} {
		p.must(&session.Start{Choice: session.Choice{Recipe: recipe}, Paused: true, Fit: fit})
		f, err := weights.Decode(p.must(&session.Save{}).Bytes)
		if err != nil {
			t.Fatal(err)
		}
		if in, err := run.Inspect(f); err != nil || !slices.Equal(in.Recipe.Generator, want) {
			t.Errorf("with fit %v the generator is %v, want %v: %v", fit, in.Recipe.Generator, want, err)
		}
	}
}
