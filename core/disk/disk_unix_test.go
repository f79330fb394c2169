//go:build unix

package disk_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ganvas/core/disk"
)

// A pipe that nobody writes to is refused and not waited for, and so is a device without an end. What such a link points
// to counts.
func TestOnlyRegularFiles(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	link := pipe + "-link"
	if err := os.Symlink(pipe, link); err != nil {
		t.Fatal(err)
	}
	for path, is := range map[string]string{pipe: "a pipe", link: "a pipe", "/dev/zero": "a device"} {
		if _, err := disk.Read(path, 1<<20); err == nil || !strings.Contains(err.Error(), is) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
