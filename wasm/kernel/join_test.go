//go:build !js

package kernel

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/core/longtest"
)

// The tests here build this package's js tests and run them with the module joined, in Node and in Chromium.

func TestJoined(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a WebAssembly program")
	}
	folder := build(t)
	for _, c := range []struct {
		where, use, name string
		run              func(t testing.TB, folder string, p program) string
	}{
		{"Node", "strict", "wasm simd", inNode},
		{"Chromium", "strict", "wasm simd", inChromium},
		{"Node", "none", "", inNode},
		{"Chromium", "auto", "wasm relaxed simd", inChromium},
	} {
		t.Run(c.where+"/"+c.use, func(t *testing.T) {
			c.run(t, folder, program{Use: c.use, Name: c.name, Flags: []string{"-test.short"}})
		})
	}
	grouped(t, folder, []group{{"Node", 2, true, inNode}, {"Chromium", 3, false, inChromium}})
}

// group is so many programs that work together.
type group struct {
	where  string
	size   int
	script bool
	run    func(t testing.TB, folder string, p program) string
}

// Groups of other sizes, and summing by script in a browser.
func TestLongGroups(t *testing.T) {
	longtest.Test(t)
	grouped(t, build(t), []group{{"Chromium", 2, false, inChromium}, {"Chromium", 3, true, inChromium}})
}

func grouped(t *testing.T, folder string, groups []group) {
	t.Helper()
	for _, c := range groups {
		p := program{Use: "strict", Size: c.size, Floats: 4096, Patience: 20_000, Script: c.script}
		t.Run(fmt.Sprintf("%s/%d/script %v", c.where, c.size, c.script), func(t *testing.T) {
			p.Flags = []string{"-test.run=^TestGroup$", "-test.v"}
			if out := c.run(t, folder, p); strings.Count(out, "--- PASS: TestGroup") != c.size {
				t.Errorf("not every member ran the test:\n%s", out)
			}
		})
		t.Run(fmt.Sprintf("%s/%d/script %v/lost", c.where, c.size, c.script), func(t *testing.T) {
			p.Flags, p.Patience = []string{"-test.run=^TestGroupLosesAMember$"}, 200
			c.run(t, folder, p)
		})
	}
}

func TestLoader(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no Node here")
	}
	folder := t.TempDir()
	writeLoader(t, folder)
	cmd := exec.Command(node, "--test", filepath.Join("testdata", "loader.test.mjs"))
	cmd.Env = append(os.Environ(), "KERNEL_DIR="+folder)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// program says how to run the js test program.
type program struct {
	Use   string   `json:"use"`   // the kind of module, see kernel.js
	Name  string   `json:"name"`  // the set of kernels that must be found then; "" is any
	Flags []string `json:"flags"` // of the test program

	// Of a group of programs, see exchange.js:
	Size     int  `json:"size,omitempty"`
	Floats   int  `json:"floats,omitempty"`
	Patience int  `json:"patience,omitempty"` // milliseconds
	Script   bool `json:"script,omitempty"`   // sum without the exchange module
}

func (p program) json(t testing.TB) string {
	t.Helper()
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// build fills a folder with the js test program, its loader, and the modules.
func build(t testing.TB) string {
	t.Helper()
	folder := t.TempDir()
	readSources(t)
	cmd := exec.Command("go", "test", "-c", "-vet=off", "-o", filepath.Join(folder, "test.wasm"), ".")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	for to, from := range map[string]string{
		"wasm_exec.js":  filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"),
		"wasm_exec.cjs": filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"),
		"run.mjs":       filepath.Join("testdata", "run.mjs"),
		"group.mjs":     filepath.Join("testdata", "group.mjs"),
	} {
		b, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		write(t, folder, to, b)
	}
	writeLoader(t, folder)
	write(t, folder, "index.html", []byte("<!doctype html><title>test</title>"))
	return folder
}

// readSources reads what the js program is built from: go test's cache holds a result only while files that the test has
// read stay the same.
func readSources(t testing.TB) {
	t.Helper()
	for _, folder := range []string{".", "kerneltest", filepath.Join("..", "..", "core", "f32"), filepath.Join("..", "..", "core", "nn")} {
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if _, err := os.ReadFile(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// writeLoader writes the page's loader and what it loads; package.json tells Node that .js files are modules.
func writeLoader(t testing.TB, folder string) {
	t.Helper()
	for _, name := range []string{"kernel.js", "exchange.js"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "www", "js", name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, folder, name, b)
	}
	write(t, folder, "package.json", []byte(`{"type": "module"}`))
	write(t, folder, "kernel.relaxed.wasm", Module(true))
	write(t, folder, "kernel.strict.wasm", Module(false))
	write(t, folder, "kernel.exchange.wasm", ExchangeModule())
}

func write(t testing.TB, folder, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// inNode runs the program, or a group of it, in Node and returns what it printed.
func inNode(t testing.TB, folder string, p program) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no Node here")
	}
	start := "run.mjs"
	if p.Size > 1 {
		start = "group.mjs"
	}
	out, err := exec.Command(node, "--stack-size=8192", filepath.Join(folder, start), folder, p.json(t)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// inChromium runs the program, or a group of it, in Workers of a page and returns what it printed.
func inChromium(t testing.TB, folder string, p program) string {
	t.Helper()
	script := `import("/group.mjs").then(({ startInPage }) => startInPage(%s))`
	if p.Size > 1 {
		script = `Promise.all([import("/group.mjs"), import("/exchange.js")])
			.then(([{ runGroup, startInPage }, { newGroup }]) => runGroup(%s, startInPage, newGroup))`
	}
	result := inPage[struct {
		Code   int    `json:"code"`
		Output string `json:"output"`
	}](t, folder, fmt.Sprintf(script, p.json(t)))
	if result.Code != 0 {
		t.Fatalf("exit code %d\n%s", result.Code, result.Output)
	}
	return result.Output
}

// BenchmarkJoined runs the js benchmarks in Chromium and prints what they report.
func BenchmarkJoined(b *testing.B) {
	folder := build(b)
	for _, use := range []string{"relaxed", "strict", "none"} {
		b.Run(use, func(b *testing.B) {
			out := inChromium(b, folder, program{Use: use, Flags: []string{"-test.run=^$", "-test.bench=.", "-test.benchtime=200ms"}})
			fmt.Println(out)
		})
	}
}

// BenchmarkGroup runs two Workers at once: sums between them, and the products of both.
func BenchmarkGroup(b *testing.B) {
	folder := build(b)
	for _, script := range []bool{false, true} {
		b.Run(fmt.Sprintf("script %v", script), func(b *testing.B) {
			p := program{Use: "auto", Size: 2, Floats: 1_500_000, Patience: 20_000, Script: script}
			for _, pattern := range []string{"Sum", "Mix"} {
				p.Flags = []string{"-test.run=^$", "-test.bench=" + pattern, "-test.benchtime=30x"}
				fmt.Println(inChromium(b, folder, p))
			}
		})
	}
}
