package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"ganvas/native/kernels"
)

// A run says what it computes with, and goes on with the same whatever is faster on the machine where it does.
func TestRunGoesOnWithItsKernels(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run")
	t.Setenv(kernels.Variable, "packed")
	says := func(words string, args ...string) {
		t.Helper()
		if code, _, errs := ganvas(args...); code != 0 || !strings.Contains(errs, words) {
			t.Errorf("exit code %d, and not said is %q: %s", code, words, errs)
		}
	}
	says("Computing with go packed, which GANVAS_KERNELS names.", tiny(idxFolder(t, 40), out, "--epochs", "2")...)
	args := []string{"train", "--engine", "go", "--resume", filepath.Join(out, checkpointFile), "--plain"}
	t.Setenv(kernels.Variable, "gonum")
	says("The run has been computed with \"go packed\" until now", append(args, "--epochs", "3", "--data", idxFolder(t, 40))...)
	t.Setenv(kernels.Variable, "")
	says("Computing with gonum, as the run has been until now", append(args, "--epochs", "4", "--data", idxFolder(t, 40))...)
}
