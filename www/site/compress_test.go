package site

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// A site that has to be small is compressed further, also where it was built before without that.
func TestSmallSitesAreSmaller(t *testing.T) {
	var text strings.Builder
	for i := 0; text.Len() <= 1<<20; i++ {
		fmt.Fprintf(&text, "%x %d ", i*i*7919, i%1000)
	}
	b := &Builder{Dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(b.Dir, "large.txt"), []byte(text.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	size := func(old string) (hash string, bytes int64) {
		hash, err := b.compressFile(t.Context(), "large.txt", old)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(b.Dir, "large.txt.br"))
		if err != nil {
			t.Fatal(err)
		}
		return hash, info.Size()
	}
	hash, before := size("")
	b.Small = true
	if _, after := size(hash); after >= before {
		t.Errorf("%d bytes where size matters, %d elsewhere", after, before)
	}
}

// Compressing many small files takes little memory for each, and all of it is given back.
func TestCompressingGivesItsMemoryBack(t *testing.T) {
	b := &Builder{Dir: t.TempDir(), written: map[string]bool{}}
	for i := range 100 {
		name := fmt.Sprintf("%d.js", i)
		b.written[name] = true
		if err := os.WriteFile(filepath.Join(b.Dir, name), []byte(strings.Repeat(name+" and some words; ", 100)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := b.compress(t.Context()); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 400<<20 {
		t.Errorf("compressing 100 files of 2 kB took %d MB", n>>20)
	}
	if n := after.HeapIdle - after.HeapReleased; n > 32<<20 {
		t.Errorf("%d MB are kept", n>>20)
	}
}
