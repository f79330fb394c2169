//go:build unix

package folder

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"

	"ganvas/core/data"
)

// A pipe in a folder, even under the name of a data file, is not waited for.
func TestPipesInAFolder(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open("x", dir, data.TrainSplit); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder with a pipe: %v", err)
	}
	for _, name := range []string{"train-images-idx3-ubyte", "train-labels-idx1-ubyte"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open("x", dir, data.TrainSplit); err == nil {
		t.Error("pipes are data")
	}
}
