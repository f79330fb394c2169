package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"ganvas/core/data/mnist"
	"ganvas/core/longtest"
)

// builder builds the real site into a fresh folder.
func builder(t *testing.T) (*Builder, *[]string) {
	t.Helper()
	root, err := Root(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	b := &Builder{Root: root, Dir: filepath.Join(t.TempDir(), "site"), Say: func(f string, args ...any) { said = append(said, f) }}
	return b, &said
}

func read(t *testing.T, b *Builder, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(b.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func times(t *testing.T, b *Builder) map[string]time.Time {
	t.Helper()
	all := map[string]time.Time{}
	err := filepath.WalkDir(b.Dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			all[strings.TrimPrefix(path, b.Dir)] = info.ModTime()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// most is how many bytes a program may take as a visitor of a static site fetches it: what it takes now, and 1 % for brotli's whims, which
// made 0.6 % more of a trainer that had grown by 0.01 %. The trainer's grew by 20,000 for r3gan's networks, packs of samples, penalties
// beside any loss and schedules: a dozen fields of the recipe, each with its sentence, which all came to 12,000; by 1,500 for one's own
// data in shared memory; and by 8,000 for values of every kind of layer as sums and for reports that come later. What the visitor's GPU
// needs besides grew by 36,000 for its losses and for passes that are part of products, and by 15,000, with 0.6 % for the whims, for products
// in tiles that are timed and with factors of float16. The converter's grew by 90,000 for TIFF files and
// frames of GIFs.
var most = map[string]int{"trainer.wasm.br": 1_314_000, "trainer.gpu.wasm.br": 1_509_000, "converter.wasm.br": 1_150_000, "studio.wasm.br": 2_400_000}

// The programs are small where they are compressed as far as it goes.
func TestLongProgramsAreSmall(t *testing.T) {
	longtest.Test(t)
	b, _ := builder(t)
	b.Small = true
	if err := b.Build(context.Background()); err != nil {
		t.Fatal(err)
	}
	for name, limit := range most {
		if size := len(read(t, b, name)); size >= limit {
			t.Errorf("%s takes %d bytes: it must be less than %d", name, size, limit)
		}
	}
}

// The whole site: built, the same when nothing changed, mended where something did.
func TestBuild(t *testing.T) {
	b, _ := builder(t)
	if err := b.Build(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "style.css", "trainer.wasm", "studio.wasm", "wasm_exec.js", "kernel.relaxed.wasm", "kernel.strict.wasm", "config.json",
		"js/app.js", "studio.html", "404.html", "embed.js", "LICENSE.txt", "data/train-images-idx3-ubyte.gz"} {
		if len(read(t, b, name)) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	for name, limit := range most {
		if size := len(read(t, b, name)); size >= limit+limit/4 { // quickly compressed
			t.Errorf("%s takes %d bytes: it must be less than %d", name, size, limit+limit/4)
		}
	}
	for name := range times(t, b) {
		if strings.HasSuffix(name, ".go") || strings.Contains(name, ".part-") {
			t.Errorf("the site has %s", name)
		}
	}
	plain := read(t, b, "config.json")
	if got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(read(t, b, "config.json.br")))); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("brotli gives other content (%v)", err)
	}
	z, err := gzip.NewReader(bytes.NewReader(read(t, b, "config.json.gz")))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("gzip gives other content (%v)", err)
	}

	for _, name := range []string{"index.html", "js/app.js", "trainer.wasm", "weights/list.json", "data/train-images-idx3-ubyte.gz"} {
		if sum := fmt.Sprintf("%q:\"%x\"", name, sha256.Sum256(read(t, b, name))); !bytes.Contains(read(t, b, workerFile), []byte(sum)) {
			t.Errorf("the service worker does not know %s as it is", name)
		}
	}
	for _, want := range []string{"/*\n", "\n  Cross-Origin-Opener-Policy: same-origin\n", "\n  Cross-Origin-Embedder-Policy: require-corp\n", "\n  Cross-Origin-Resource-Policy: cross-origin\n", "frame-ancestors *;"} {
		if got := string(read(t, b, "_headers")); !strings.Contains(got, want) || strings.Count(got, "\n  Content-Security-Policy: ") != 1 {
			t.Errorf("the headers for static hosts lack %q: %s", want, got)
		}
	}
	if _, err := os.Stat(filepath.Join(b.Dir, ".nojekyll")); err != nil {
		t.Error(err)
	}
	for _, want := range []string{"The Go language", "github.com/hajimehoshi/ebiten", "gonum.org/v1/gonum", mnist.Module[:20], "Redistribution and use in source and binary forms"} {
		if !bytes.Contains(read(t, b, "licences.txt"), []byte(want)) {
			t.Errorf("the licences lack %s", want)
		}
	}
	for _, name := range notAsked {
		if bytes.Contains(read(t, b, workerFile), []byte(`"`+name+`"`)) {
			t.Errorf("the service worker asks for %s, which hosts keep to themselves", name)
		}
	}
	if text := read(t, b, workerFile); bytes.Contains(text, []byte(".br\"")) || bytes.Contains(text, []byte(workerFile+"\":")) {
		t.Error("the service worker lists what no page asks for")
	}

	before := times(t, b)
	stale := filepath.Join(b.Dir, "js", "gone.js")
	if err := os.WriteFile(stale, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.Dir, "style.css"), []byte("changed"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := b.Build(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); err == nil {
		t.Error("what no build made is still there")
	}
	if bytes.Equal(read(t, b, "style.css"), []byte("changed")) {
		t.Error("a changed file was not mended")
	}
	after := times(t, b)
	for name, at := range before {
		if name != "/style.css" && !after[name].Equal(at) {
			t.Errorf("%s was written again though nothing changed", name)
		}
	}
}

// Without the toolchain that has SIMD the site is built by the one at hand, and it says why.
func TestFallsBack(t *testing.T) {
	if strings.HasPrefix(runtime.Version(), fastToolchain) {
		t.Skipf("the Go at hand is %s itself, so nothing falls back", fastToolchain)
	}
	root, err := Root(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOMODCACHE", t.TempDir()) // no toolchain is kept here
	var said string
	tools, err := findTools(context.Background(), root, func(f string, args ...any) { said += f })
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "without Go's SIMD") {
		t.Errorf("no reason is given: %q", said)
	}
	if _, err := os.Stat(tools.wasmExec()); err != nil {
		t.Error(err)
	}
}

func TestClaim(t *testing.T) {
	dir := t.TempDir()
	if err := Claim(filepath.Join(dir, "new")); err != nil {
		t.Errorf("a new folder: %v", err)
	}
	if err := Claim(dir); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "thesis.txt"), []byte("years"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Claim(dir); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("a folder with somebody's files: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, manifestFile), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Claim(dir); err != nil {
		t.Errorf("a site built before: %v", err)
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	b, _ := builder(t)
	if err := os.WriteFile(b.Dir, []byte("a file"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := b.Build(context.Background()); err == nil || !strings.Contains(err.Error(), "folder") {
		t.Errorf("a file in place of the folder: %v", err)
	}
}
