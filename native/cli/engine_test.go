package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"ganvas/native/libtorch"
	"ganvas/native/libtorch/libtorchtest"
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

// begun is what an engine's choice did: which build it asked for, if any, what it said, and its error.
func begun(t *testing.T, f engineFlags, compiled bool) (built []string, said string, err error) {
	t.Helper()
	if f.Device == "" {
		f.Device = "auto"
	}
	if f.Precision == "" {
		f.Precision = "f32"
	}
	var errs bytes.Buffer
	w := &world{ctx: t.Context(), err: &errs, compiled: func(rerun.Build) bool { return compiled },
		again: func(_ context.Context, b rerun.Build, _ io.Writer) (int, error) {
			built = append(built, strings.Join(append(b.Tags, b.Env[0]), " "))
			return 0, rerun.ErrStay
		}}
	e, err := f.open(w)
	if err == nil {
		e.Close()
	}
	return built, errs.String(), err
}

// Without being asked for it libtorch is taken on a GPU alone, and never compiled; setup does that.
func TestFastestEngineThatIsReady(t *testing.T) {
	if torch != nil || libtorch.Supported() != nil || rerun.Done() {
		t.Skip("this program has libtorch, or cannot")
	}
	was := hasGPU
	t.Cleanup(func() { hasGPU = was })
	const own, joined = "CGO_ENABLED=0", "libtorch CGO_ENABLED=1"
	for _, c := range []struct {
		what                string
		f                   engineFlags
		library, cuda, gpu  bool
		compiled            bool
		built, says, refuse string
	}{
		{what: "a bare machine", f: engineFlags{Engine: "auto"}, built: own},
		{what: "libtorch on a CPU", f: engineFlags{Engine: "auto"}, library: true, compiled: true, built: own},
		{what: "a GPU without libtorch", f: engineFlags{Engine: "auto"}, gpu: true, built: own, says: "setup"},
		{what: "a GPU with a libtorch for the CPU", f: engineFlags{Engine: "auto"}, library: true, gpu: true, compiled: true, built: own, says: "setup --cuda"},
		{what: "a GPU, not compiled yet", f: engineFlags{Engine: "auto"}, library: true, cuda: true, gpu: true, built: own, says: "go run ./native setup"},
		{what: "a GPU, ready", f: engineFlags{Engine: "auto"}, library: true, cuda: true, gpu: true, compiled: true, built: joined},
		{what: "a GPU that is not wanted", f: engineFlags{Engine: "auto", Device: "cpu"}, library: true, cuda: true, gpu: true, compiled: true, built: own},
		{what: "the Go engine on purpose", f: engineFlags{Engine: "go"}, library: true, cuda: true, gpu: true, compiled: true, built: own},
		{what: "libtorch on purpose, none", f: engineFlags{Engine: "torch"}, refuse: "go run ./native setup"},
		{what: "libtorch on purpose, not compiled", f: engineFlags{Engine: "torch"}, library: true, refuse: "go run ./native setup"},
		{what: "libtorch on purpose, ready", f: engineFlags{Engine: "torch"}, library: true, compiled: true, built: joined, refuse: "without libtorch"},
		{what: "bfloat16, not compiled", f: engineFlags{Engine: "auto", Precision: "bf16"}, library: true, refuse: "go run ./native setup"},
		{what: "bfloat16, ready", f: engineFlags{Engine: "auto", Precision: "bf16"}, library: true, compiled: true, built: joined, refuse: "without libtorch"},
		{what: "a GPU on purpose, libtorch for the CPU", f: engineFlags{Engine: "auto", Device: "cuda"}, library: true, compiled: true, refuse: "setup --cuda"},
		{what: "any GPU, with bfloat16", f: engineFlags{Engine: "gpu", Precision: "bf16"}, refuse: "--engine torch"},
		{what: "float16 in libtorch", f: engineFlags{Engine: "torch", Precision: "f16"}, refuse: "of --engine gpu"},
		{what: "float16 on the processor", f: engineFlags{Engine: "go", Precision: "f16"}, refuse: "of --engine gpu"},
		{what: "float16 on libtorch's GPU", f: engineFlags{Engine: "auto", Device: "cuda", Precision: "f16"}, refuse: "of --engine gpu"},
		{what: "any GPU, named as libtorch's", f: engineFlags{Engine: "gpu", Device: "cuda"}, refuse: "--device cuda"},
		{what: "a GPU for the Go engine", f: engineFlags{Engine: "go", Device: "cuda"}, refuse: "--engine torch"},
	} {
		t.Run(c.what, func(t *testing.T) {
			hasGPU = func() bool { return c.gpu }
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			t.Setenv("LIBTORCH", "")
			if c.library {
				libtorchtest.Chosen(t, libtorchtest.Made(t, c.cuda), c.cuda)
			}
			built, said, err := begun(t, c.f, c.compiled)
			if got := strings.Join(built, ", "); got != c.built {
				t.Errorf("it builds %q, want %q", got, c.built)
			}
			if !strings.Contains(said, c.says) || c.says == "" && said != "" || strings.Count(said, "\n") > 1 {
				t.Errorf("it says %q", said)
			}
			if (err != nil) != (c.refuse != "") || err != nil && (!strings.Contains(err.Error(), c.refuse) || strings.Contains(err.Error(), "\n")) {
				t.Errorf("its error is %v", err)
			}
		})
	}
}
