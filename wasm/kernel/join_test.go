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
}

func TestLoader(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no Node here")
	}
	folder := t.TempDir()
	write(t, folder, "kernel.relaxed.wasm", Module(true))
	write(t, folder, "kernel.strict.wasm", Module(false))
	loader, err := os.ReadFile(filepath.Join("..", "..", "www", "js", "kernel.js"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, folder, "kernel.mjs", loader)
	cmd := exec.Command(node, "--test", filepath.Join("testdata", "loader.test.mjs"))
	cmd.Env = append(os.Environ(), "KERNEL_JS=file://"+filepath.Join(folder, "kernel.mjs"), "KERNEL_DIR="+folder)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// program says how to run the js test program.
type program struct {
	Use   string   `json:"use"`   // the kind of module, see kernel.js
	Name  string   `json:"name"`  // the set of kernels that must be found then; "" is any
	Flags []string `json:"flags"` // of the test program
}

// build fills a folder with the js test program, its loader, and the modules.
func build(t testing.TB) string {
	t.Helper()
	folder := t.TempDir()
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
		"wasm_exec.js": filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"),
		"kernel.mjs":   filepath.Join("..", "..", "www", "js", "kernel.js"),
		"run.mjs":      filepath.Join("testdata", "run.mjs"),
	} {
		b, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		write(t, folder, to, b)
	}
	write(t, folder, "kernel.relaxed.wasm", Module(true))
	write(t, folder, "kernel.strict.wasm", Module(false))
	write(t, folder, "index.html", []byte("<!doctype html><title>test</title>"))
	return folder
}

func write(t testing.TB, folder, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// inNode runs the program in Node and returns what it printed.
func inNode(t testing.TB, folder string, p program) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no Node here")
	}
	args := append([]string{"--stack-size=8192", filepath.Join(folder, "run.mjs"), folder, p.Use, p.Name}, p.Flags...)
	out, err := exec.Command(node, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// inChromium runs the program in a Worker of a page and returns what it printed.
func inChromium(t testing.TB, folder string, p program) string {
	t.Helper()
	how, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	result := inPage[struct {
		Code   int    `json:"code"`
		Output string `json:"output"`
	}](t, folder, fmt.Sprintf(`new Promise((resolve) => {
		const worker = new Worker("/run.mjs", { type: "module" });
		worker.onmessage = (event) => resolve(event.data);
		worker.onerror = (event) => resolve({ code: 2, output: event.message });
		worker.postMessage(%s);
	})`, how))
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
