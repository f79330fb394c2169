package gpu

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// A machine is not searched for a GPU where no driver of one has left a device.
func TestLikely(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there are no device files here")
	}
	was, dir := nodes, t.TempDir()
	t.Cleanup(func() { nodes = was })
	if nodes = []string{filepath.Join(dir, "renderD*")}; Likely() {
		t.Error("a GPU without a device file")
	}
	if err := os.WriteFile(filepath.Join(dir, "renderD128"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if !Likely() {
		t.Error("a device file, and no GPU")
	}
}
