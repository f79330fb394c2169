package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Of a library's package the site gets the files of the folder dist that match, and a package that lacks them is an error that
// names it.
func TestLibrariesBeside(t *testing.T) {
	dir, b := t.TempDir(), &Builder{Dir: t.TempDir(), written: map[string]bool{}}
	dist := filepath.Join(dir, "node_modules", "@some", "lib", "dist")
	if err := os.MkdirAll(dist, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.js", "part-1.js", "index.cjs"} {
		if err := os.WriteFile(filepath.Join(dist, name), []byte(name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	p := peer{"lib", "1.2.3", []peerPackage{{"@some/lib", "peers/lib", []string{"*.js"}}}}
	if err := b.copyPeer(p, dir); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(filepath.Join(b.Dir, "peers", "lib"))
	if err != nil || len(files) != 2 {
		t.Errorf("of two scripts came %v, %v", files, err)
	}
	p.packages[0].files = []string{"*.wasm"}
	if err := b.copyPeer(p, dir); err == nil || !strings.Contains(err.Error(), "lib 1.2.3") {
		t.Errorf("a package without what is wanted: %v", err)
	}
}
