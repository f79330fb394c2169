// Package jstest runs the unit tests of the page's modules, which need Node and no browser. What needs a real page is tested
// in www/pagetest. The folder holds a Go file, so that the site goes without it.
package jstest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"ganvas/core/config"
	"ganvas/core/img"
	"ganvas/core/img/imgfile"
)

func TestModules(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("GANVAS_BROWSER") == "required" {
			t.Fatal("Node is not installed")
		}
		t.Skip("Node is not installed")
	}
	// The go command keeps a test's result while the files that the test opened stay the same: these are what Node reads.
	for _, pattern := range []string{"*.js", "../js/*.js", "../js/*/*.js", "../index.html", "../embed.js", "../../package.json", "../../wasm/studio/studio_js.go", "../../core/session/commands.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range names {
			if _, err := os.ReadFile(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	tables := filepath.Join(t.TempDir(), "config.json")
	if err := os.WriteFile(tables, config.Describe(), 0o666); err != nil {
		t.Fatal(err)
	}
	gifs := t.TempDir()
	writeGIFs(t, gifs)
	tests, err := filepath.Glob("*.test.js")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, append([]string{"--test"}, tests...)...)
	cmd.Env = append(os.Environ(), "GANVAS_TABLES="+tables, "GANVAS_GIFS="+gifs)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// writeGIFs writes animations in colour as the command line does, for the page's own to be held against.
func writeGIFs(t *testing.T, folder string) {
	t.Helper()
	const width, height, frames = 40, 30, 2
	for _, c := range []struct {
		name    string
		colours int
		at      func(i int) int
	}{
		{"few", 3, func(i int) int { return 40 * (i % 5) }},
		{"many", 3, func(i int) int { return (i*i*7 + 31*i) >> 3 }},
		{"clear", 4, func(i int) int {
			if i%4 == 3 {
				return 5 * i
			}
			return 3 * i
		}},
	} {
		film := make([]img.Picture, frames)
		size := width * height * c.colours
		for k := range film {
			film[k] = img.Picture{Width: width, Height: height, Colours: c.colours, Pix: make([]byte, size)}
			for i := range size {
				film[k].Pix[i] = byte(c.at(k*size + i))
			}
		}
		b, err := imgfile.Animate(film, 7)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, c.name+".gif"), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
