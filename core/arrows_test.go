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
)

// only says which packages may import a thing directly; everything else may not.
var only = map[string][]string{
	ebiten:                   {"ganvas/wasm/studio"},
	gotch:                    {"ganvas/native/torch"},
	"syscall/js":             {"ganvas/wasm/bridge"},
	"ganvas/core/engine/cpu": {"ganvas/native", "ganvas/wasm/trainer"},
	"ganvas/core/train":      {"ganvas/native", "ganvas/wasm/trainer"},
	"ganvas/core/gan":        {"ganvas/core/inspect", "ganvas/core/train", "ganvas/core/trace", "ganvas/native", "ganvas/wasm/trainer"},
	"ganvas/core/trace":      {"ganvas/core/train", "ganvas/native"},
	"ganvas/core/engine":     {"ganvas/core/engine", "ganvas/core/gan", "ganvas/core/inspect", "ganvas/core/quality/judge", "ganvas/core/train", "ganvas/core/trace", "ganvas/native", "ganvas/wasm/trainer"},
	"ganvas/core/nn":         {"ganvas/core/engine", "ganvas/core/gan", "ganvas/core/inspect", "ganvas/core/quality/judge", "ganvas/core/train", "ganvas/core/trace", "ganvas/native", "ganvas/wasm/trainer"},
	"ganvas/native":          {"ganvas/native"},
	"ganvas/wasm":            {"ganvas/wasm", "ganvas/www"},
	"ganvas/www":             {"ganvas", "ganvas/www"},
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
// unpacks its data.
func TestTrainerLeavesFormatsToThePage(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("there is no go command under js")
	}
	cmd := exec.Command("go", "list", "-deps", "ganvas/wasm/trainer")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	names := strings.Fields(string(out))
	if !slices.Contains(names, "ganvas/core/train") {
		t.Fatalf("the trainer's packages are %v", names)
	}
	for _, name := range names {
		for _, family := range []string{"image", "compress", "archive", "ganvas/core/img/imgfile", "ganvas/core/img/imgread", "ganvas/core/disk", "ganvas/core/data/folder"} {
			if below(name, family) {
				t.Errorf("the trainer has %s in it", name)
			}
		}
	}
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
