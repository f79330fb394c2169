// Package jstest runs the unit tests of the page's modules, which need Node and no browser. What needs a real page is tested
// in www/pagetest. The folder holds a Go file, so that the site goes without it.
package jstest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"ganvas/core/config"
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
	for _, pattern := range []string{"*.js", "../js/*.js", "../js/*/*.js", "../../package.json"} {
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
	tests, err := filepath.Glob("*.test.js")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, append([]string{"--test"}, tests...)...)
	cmd.Env = append(os.Environ(), "GANVAS_TABLES="+tables)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
