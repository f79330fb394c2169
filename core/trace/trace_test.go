package trace_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
	"ganvas/core/trace"
)

func TestTracesPass(t *testing.T) {
	files, err := filepath.Glob("testdata/*.safetensors")
	if err != nil || len(files) < 12 {
		t.Fatalf("only %d traces in testdata (%v)", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tr, err := trace.Decode(b)
			if err != nil {
				t.Fatal(err)
			}
			r, err := tr.Replay(cpu.New(nil))
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: losses off by %.2g of %.2g, weights %.2g of %.2g (%s), images %.2g", f32.Active().Name(), r.LossError, r.LossBound, r.WeightsError, r.WeightsBound, r.Worst, r.ImagesError)
			if !r.OK {
				t.Error("the trace does not pass")
			}
		})
	}
}

// Every loss and every architecture that a recipe can name has a run of PyTorch's that it is held against.
func TestEveryChoiceHasATrace(t *testing.T) {
	files, err := filepath.Glob("testdata/*.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := trace.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		seen[tr.Recipe.Loss], seen[tr.Recipe.Arch] = true, true
	}
	for _, name := range slices.Concat(config.Losses, config.Archs) {
		if !seen[name] {
			t.Errorf("there is no trace of %s", name)
		}
	}
}

// Where rounding decides on which side of a kink a value lies weights and images may end a little off, losses may not; nowhere else may
// either.
func TestReproducedBesideAKink(t *testing.T) {
	near := trace.Result{LossBound: 1e-5, WeightsBound: 1e-5, LossError: 1e-6, ImagesError: 3e-5, WeightsError: 1e-4}
	loss, images, far := near, near, near
	loss.LossError, images.ImagesError, far.WeightsError = 1e-4, 1e-3, 1e-3
	const beside = "sngan-wide-wgan-gp.safetensors"
	if err := trace.Reproduced(beside, near); err != nil {
		t.Error(err)
	}
	for _, r := range []trace.Result{loss, images, far} {
		if trace.Reproduced(beside, r) == nil {
			t.Errorf("%+v counts as reproduced", r)
		}
	}
	if trace.Reproduced("mlp-bce.safetensors", near) == nil {
		t.Error("another run may be as far off")
	}
}
