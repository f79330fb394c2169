//go:build unix

package pictures

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ganvas/core/data"
	"ganvas/core/data/folder"
)

// A pipe among the pictures keeps nobody waiting: it is counted among what is left out.
func TestPipeAmongPictures(t *testing.T) {
	dir := put(t, some(t, 3, ""))
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.png"), 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := folder.Open("x", dir, data.TrainSplit); err == nil {
		t.Error("pictures were taken for IDX files")
	}
	if set, rep := readIn(t, dir, Reader{}); set.Len() != 3 || !strings.Contains(rep.Skipped.String(), "1 that are no regular files (pipe.png)") {
		t.Errorf("%d pictures; left out: %s", set.Len(), &rep.Skipped)
	}
}
