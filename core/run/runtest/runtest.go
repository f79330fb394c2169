// Package runtest is small runs on small data, for tests.
package runtest

import (
	"testing"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/core/weights"
)

// Small is a recipe that trains in a moment on set.
func Small(t testing.TB, fields ...string) config.Recipe {
	t.Helper()
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append([]string{"noise=8", "generator=16-24", "discriminator=24-16", "batch=10", "epochs=3", "seed=5"}, fields...) {
		name, value, _ := Cut(f)
		if err := r.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// Cut parts "field=value".
func Cut(s string) (string, string, bool) {
	for i := range s {
		if s[i] == '=' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// Digits is a labelled set of 6×6 samples that are noise around one pattern a class.
func Digits(t testing.TB, n int) *data.Set { return Patterns(t, n, 6) }

// Patterns are n pictures of that side, ten kinds of them.
func Patterns(t testing.TB, n, side int) *data.Set {
	t.Helper()
	area := side * side
	s := data.NewSet("patterns", n, sample.Gray(side, side), 10)
	stream := rng.New(11, "patterns")
	pixels, labels := make([]byte, n*area), make([]uint8, n)
	for i := range n {
		labels[i] = uint8(i % 10)
		for j := range area {
			pixels[i*area+j] = byte((int(labels[i])*25+j*7)%200 + stream.IntN(50))
		}
	}
	if err := s.Append(pixels, labels); err != nil {
		t.Fatal(err)
	}
	return s
}

// Trainer begins a run.
func Trainer(t testing.TB, r config.Recipe, s *data.Set) *run.Trainer {
	t.Helper()
	tr, err := run.New(cpu.New(nil), r, s)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// Steps trains n of them.
func Steps(t testing.TB, tr *run.Trainer, n int) {
	t.Helper()
	for range n {
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

// Encoded is the whole run as a file.
func Encoded(t testing.TB, tr *run.Trainer) []byte {
	t.Helper()
	f, err := tr.Checkpoint(false)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Decoded is the file in b.
func Decoded(t testing.TB, b []byte) *weights.File {
	t.Helper()
	f, err := weights.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
