package train_test

import (
	"testing"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/rng"
	"ganvas/core/train"
	"ganvas/core/weights"
)

// small is a recipe that trains in a moment on set.
func small(t testing.TB, fields ...string) config.Recipe {
	t.Helper()
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append([]string{"noise=8", "generator=16-24", "discriminator=24-16", "batch=10", "epochs=3", "seed=5"}, fields...) {
		name, value, _ := cut(f)
		if err := r.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func cut(s string) (string, string, bool) {
	for i := range s {
		if s[i] == '=' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// digits is a labelled set of 6×6 samples that are noise around one pattern a class.
func digits(t testing.TB, n int) *data.Set { return patterns(t, n, 6) }

// patterns are n pictures of that side, ten kinds of them.
func patterns(t testing.TB, n, side int) *data.Set {
	t.Helper()
	area := side * side
	s := data.NewSet("patterns", n, [3]int{1, side, side}, 10)
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

func trainer(t testing.TB, r config.Recipe, s *data.Set) *train.Trainer {
	t.Helper()
	tr, err := train.New(cpu.New(nil), r, s)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func steps(t testing.TB, tr *train.Trainer, n int) {
	t.Helper()
	for range n {
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

func encoded(t testing.TB, tr *train.Trainer) []byte {
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

func decoded(t testing.TB, b []byte) *weights.File {
	t.Helper()
	f, err := weights.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
