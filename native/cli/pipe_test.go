//go:build unix

package cli

import (
	"path/filepath"
	"syscall"
	"testing"
)

// A pipe that nobody writes to is no file to wait for, and a device without an end none to read.
func TestPipesAndDevicesAreNoWeights(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, is := range map[string]string{pipe: "pipe", "/dev/zero": "device"} {
		for _, args := range [][]string{
			{"generate", "--weights", path, "--out", pipe + ".png"}, {"generate", "--tape", path, "--out", pipe + ".png"}, {"eval", "--weights", path},
			{"train", "--resume", path},
		} {
			sentence(t, append(args, "--engine", "go"), path, is)
		}
	}
}
