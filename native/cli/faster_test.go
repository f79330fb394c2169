package cli

import (
	"errors"
	"io"
	"strings"
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/net"
	"ganvas/core/rng"
)

// broken is a GPU on which no network can be built.
type broken struct{ engine.Engine }

func (broken) Name() string { return "gpu · a test's" }

func (broken) Build(net.Spec, *rng.Stream) (engine.Net, error) {
	return nil, errors.New("the shader does not compile")
}

// cards puts others in the place of this machine's GPU, and counts how often they are asked for.
func cards(t *testing.T, open func() (engine.Engine, error)) *int {
	t.Helper()
	if torch != nil {
		t.Skip("this program has libtorch")
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	was, asked := card, new(int)
	t.Cleanup(func() { card = was })
	card = func() (engine.Engine, error) {
		*asked++
		return open()
	}
	return asked
}

// Where the choice is left a GPU is tried, and left out with a word where it fails; where it is not, none is opened.
func TestGPUIsTriedWhereTheChoiceIsLeft(t *testing.T) {
	asked := cards(t, func() (engine.Engine, error) { return broken{cpu.New(nil)}, nil })
	bench := []string{"bench", "--preset", "ring-2d", "--steps", "1"}
	if code, out, errs := ganvas(bench...); code != 0 || !strings.Contains(out, "gpu · a test's failed when it was tried: the shader does not compile") || !strings.Contains(out, "cpu · go") {
		t.Errorf("exit code %d: %s%s", code, out, errs)
	}
	if *asked != 1 {
		t.Errorf("asked for %d times", *asked)
	}
	for _, more := range [][]string{{"--engine", "go"}, {"--device", "cpu"}} {
		if code, out, _ := ganvas(append(bench, more...)...); code != 0 || strings.Contains(out, "gpu") || *asked != 1 {
			t.Errorf("%v: exit code %d, asked for %d times: %s", more, code, *asked, out)
		}
	}
}

// A run goes on with the engine that has computed it, as far as it is there, and says so.
func TestRunGoesOnOnItsEngine(t *testing.T) {
	e, gone := broken{cpu.New(nil)}, false
	asked := cards(t, func() (engine.Engine, error) {
		if gone {
			return nil, errors.New("this machine has no GPU")
		}
		return e, nil
	})
	own := cpu.New(nil)
	goOn := func(until string) (engine.Engine, string) {
		w := &world{ctx: t.Context(), err: io.Discard, computes: "Computing with go."}
		f := engineFlags{Engine: "auto", Device: "auto", Precision: "f32", Until: until}
		return f.faster(w, own, config.Recipe{}, nil), w.computes
	}
	if got, says := goOn("cpu · go plain"); got != own || says != "Computing with go." || *asked != 0 {
		t.Errorf("a run of the Go engine goes on on %s and says %q; a GPU was asked for %d times", got.Name(), says, *asked)
	}
	if got, says := goOn("gpu · vulkan · Some"); got != engine.Engine(e) || says != "Computing on gpu · a test's, as the run has been until now." {
		t.Errorf("a run of a GPU goes on on %s and says %q", got.Name(), says)
	}
	gone = true
	if got, says := goOn("gpu · vulkan · Some"); got != own || !strings.HasPrefix(says, "Computing with go.") || !strings.Contains(says, "no GPU") {
		t.Errorf("without one it goes on on %s and says %q", got.Name(), says)
	}
}
