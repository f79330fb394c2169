package session_test

import (
	"bytes"
	"strings"
	"testing"

	"ganvas/core/run"
	"ganvas/core/run/foreign"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/weights"
	"ganvas/core/weights/pth"
)

// A generator that PyTorch saved draws what it drew, and learns on with a discriminator of ours, on one program and on two; settings say what its weights do not.
func TestForeignGenerators(t *testing.T) {
	from := newPage(t, 1, runtest.Digits(t, 100))
	from.must(&session.Start{Choice: session.Choice{Recipe: map[string]any{"dataset": "ring", "generator": []int{8}, "discriminator": []int{8}, "batch": 10}}, Paused: true})
	drawn := from.must(&session.Generate{Count: 3, Seed: 2, Digit: -1}).Bytes
	whole, err := weights.Decode(from.saved())
	if err != nil {
		t.Fatal(err)
	}
	state, err := run.GeneratorState(whole)
	if err != nil {
		t.Fatal(err)
	}
	file, err := pth.Encode(state)
	if err != nil {
		t.Fatal(err)
	}
	for _, programs := range []int{1, 2} {
		p := newPage(t, programs, runtest.Digits(t, 100))
		about := p.must(&session.Load{File: file, Paused: true}).Data.(session.Loaded)
		if about.Discriminator || !strings.Contains(about.Says, "points of the plane") || len(about.Guesses) != 2 {
			t.Errorf("%+v", about)
		}
		if got := p.must(&session.Generate{Count: 3, Seed: 2, Digit: -1}).Bytes; !bytes.Equal(got, drawn) {
			t.Error("it draws other images")
		}
		p.must(&session.Load{File: file, Paused: true, As: foreign.Settings{Hidden: "relu"}})
		if got := p.must(&session.Generate{Count: 3, Seed: 2, Digit: -1}).Bytes; bytes.Equal(got, drawn) {
			t.Error("another activation draws the same images")
		}
		p.must(&session.Step{N: 2})
		p.paused(2)
		for _, format := range []string{"onnx", "npz", "pytorch"} {
			if b := p.must(&session.Model{Format: format}).Bytes; len(b) < 1000 {
				t.Errorf("%s: %d bytes", format, len(b))
			}
		}
	}
}
