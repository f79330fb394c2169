package disk_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"ganvas/core/disk"
)

func TestReadsWholeFilesUpToALimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a file")
	for _, c := range []struct {
		size int
		most int64
		says string
	}{{0, 0, ""}, {1, 1, ""}, {1000, 1000, ""}, {100_000, 1 << 20, ""}, {1001, 1000, "more than the 1000 bytes"}} {
		if err := os.WriteFile(path, make([]byte, c.size), 0o666); err != nil {
			t.Fatal(err)
		}
		b, err := disk.Read(path, c.most)
		if c.says == "" && (err != nil || len(b) != c.size) || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%d bytes, at most %d: %d, %v", c.size, c.most, len(b), err)
		}
	}
	for name, want := range map[string]string{filepath.Dir(path): "a folder", path + "?": "no such file"} {
		if _, err := disk.Read(name, 1); err == nil || !strings.Contains(strings.ToLower(err.Error()), want) || strings.Count(err.Error(), name) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := disk.Read(path+"?", 1); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
}

// A file of a terabyte takes no memory to refuse.
func TestRefusesBeforeReading(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(1 << 40); err != nil {
		t.Skip(err) // a file system without holes
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = disk.Read(path, 1<<30)
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "MB") {
		t.Errorf("a terabyte is read: %v", err)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("refusing took %d bytes", n)
	}
}
