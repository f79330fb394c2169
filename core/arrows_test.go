package core

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
)

const (
	ebiten = "github.com/hajimehoshi/ebiten/v2"
	gotch  = "github.com/sugarme/gotch"
	gogpu  = "github.com/gogpu"
)

// only says which packages may import a thing directly; everything else may not.
var only = map[string][]string{
	ebiten:                   {"ganvas/wasm/studio"},
	gotch:                    {"ganvas/native/torch"},
	gogpu:                    {"ganvas/native/gpu"},
	"syscall/js":             {"ganvas/wasm/bridge", "ganvas/wasm/webgpu"},
	"ganvas/core/engine/cpu": {"ganvas/core/engine/cpu", "ganvas/core/run/runtest", "ganvas/native", "ganvas/wasm/converter", "ganvas/wasm/trainer"},
	"ganvas/core/engine/gpu": {"ganvas/core/engine/gpu", "ganvas/native", "ganvas/wasm/trainer", "ganvas/wasm/webgpu"},
	"ganvas/core/f32":        {"ganvas/core/engine/cpu", "ganvas/core/f32", "ganvas/core/quality", "ganvas/core/tape", "ganvas/core/winograd", "ganvas/native", "ganvas/wasm", "ganvas/www"},
	"ganvas/core/winograd":   {"ganvas/core/engine/cpu"},
	"ganvas/core/session":    {"ganvas/native", "ganvas/wasm/trainer"},
	"ganvas/core/run":        {"ganvas/core/quality", "ganvas/core/run", "ganvas/core/session", "ganvas/native", "ganvas/wasm/converter", "ganvas/wasm/trainer", "ganvas/www"},
	"ganvas/core/quality":    {"ganvas/core/quality", "ganvas/core/session", "ganvas/native", "ganvas/www"},
	"ganvas/core/gan":        {"ganvas/core/export", "ganvas/core/inspect", "ganvas/core/quality", "ganvas/core/run", "ganvas/core/session", "ganvas/core/trace", "ganvas/native", "ganvas/wasm/trainer"},
	"ganvas/core/trace":      {"ganvas/core/session", "ganvas/native"},
	"ganvas/core/engine":     {"ganvas/core/export", "ganvas/core/engine", "ganvas/core/gan", "ganvas/core/inspect", "ganvas/core/quality", "ganvas/core/run", "ganvas/core/session", "ganvas/core/trace", "ganvas/native", "ganvas/wasm/converter", "ganvas/wasm/trainer", "ganvas/wasm/webgpu"},
	"ganvas/core/net":        {"ganvas/core/export", "ganvas/core/arch", "ganvas/core/engine", "ganvas/core/gan", "ganvas/core/inspect", "ganvas/core/quality", "ganvas/core/run", "ganvas/core/session", "ganvas/core/trace", "ganvas/native", "ganvas/wasm/trainer"},
	"ganvas/native":          {"ganvas/native"},
	"ganvas/wasm":            {"ganvas/wasm", "ganvas/www"},
	"ganvas/www":             {"ganvas", "ganvas/native", "ganvas/www"},
}

// below reports whether a package is pkg or lies under it; the root package has nothing under it.
func below(name, pkg string) bool {
	return name == pkg || pkg != "ganvas" && strings.HasPrefix(name, pkg+"/")
}

func TestImportsPointInward(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("there is no go command under js")
	}
	seen := 0
	for _, env := range [][]string{nil, {"GOOS=js", "GOARCH=wasm"}} {
		for _, p := range packages(t, env) {
			seen++
			for _, imported := range p.Imports {
				for thing, allowed := range only {
					if below(imported, thing) && !slices.ContainsFunc(allowed, func(a string) bool { return below(p.ImportPath, a) }) {
						t.Errorf("%s imports %s, which only %s may", p.ImportPath, imported, strings.Join(allowed, ", "))
					}
				}
			}
		}
	}
	if seen < 20 {
		t.Fatalf("only %d packages were looked at", seen)
	}
}

// The page's trainer comes without what only its page or other programs need: the page writes its pictures, the browser
// unpacks its data, the converter knows other programs' weights.
func TestTrainerLeavesFormatsToThePage(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("there is no go command under js")
	}
	names := deps(t, "ganvas/wasm/trainer", []string{"GOOS=js", "GOARCH=wasm"})
	if !slices.Contains(names, "ganvas/core/session") {
		t.Fatalf("the trainer's packages are %v", names)
	}
	for _, name := range names {
		for _, family := range []string{"image", "compress", "archive", "ganvas/core/img/imgfile", "ganvas/core/img/imgread", "ganvas/core/disk", "ganvas/core/data/folder",
			"ganvas/core/pickle", "ganvas/core/weights/pth", "ganvas/core/run/foreign", "ganvas/core/export", "google.golang.org/protobuf"} {
			if below(name, family) {
				t.Errorf("the trainer has %s in it", name)
			}
		}
	}
}

// What a network and a step of it are is said without anything that computes it.
func TestDescriptionsComputeNothing(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("there is no go command under js")
	}
	for name, needs := range map[string]string{"ganvas/core/net": "ganvas/core/rng", "ganvas/core/arch": "ganvas/core/net", "ganvas/core/engine": "ganvas/core/net", "ganvas/core/gan": "ganvas/core/engine"} {
		names := deps(t, name, nil)
		if !slices.Contains(names, needs) {
			t.Fatalf("%s is made of %v", name, names)
		}
		for _, dep := range names {
			for _, family := range []string{"ganvas/core/f32", "ganvas/core/winograd", "ganvas/core/engine/cpu", "ganvas/core/engine/gpu", "gonum.org/v1/gonum"} {
				if below(dep, family) {
					t.Errorf("%s comes with %s", name, dep)
				}
			}
		}
	}
}

// deps is a package and all that it imports, directly or not.
func deps(t *testing.T, name string, env []string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", name)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.Fields(string(out))
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T, env []string) (all []pkg) {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", "ganvas/...")
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
