package cli

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"ganvas/native/libtorch"
	"ganvas/native/rerun"
)

// A build with libtorch that fails for want of a compiler says where to get one; any other failure speaks for itself.
func TestNoCompiler(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	failed := errors.New("the linker is confused")
	w := &world{ctx: t.Context(), err: io.Discard, again: func(context.Context, rerun.Build, io.Writer) (int, error) { return 0, failed }}
	lib := &libtorch.Lib{Dir: t.TempDir()}
	t.Setenv("CC", "no-such-compiler")
	if err := w.rebuilt(lib); err == nil || !strings.Contains(err.Error(), "no-such-compiler") || !strings.Contains(err.Error(), "install one") {
		t.Errorf("without a compiler: %v", err)
	}
	t.Setenv("CC", "go")
	t.Setenv("CXX", "go")
	if err := w.rebuilt(lib); !errors.Is(err, failed) {
		t.Errorf("with compilers: %v", err)
	}
	if err := w.rebuilt(nil); !errors.Is(err, failed) {
		t.Errorf("without libtorch: %v", err)
	}
}
