package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/bits"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/andybalholm/brotli"
)

// manifestFile remembers what each compressed file was made from.
const manifestFile = ".site.json"

// compressible is the endings of files that shrink.
var compressible = map[string]bool{".wasm": true, ".js": true, ".html": true, ".css": true, ".json": true, ".svg": true, ".webmanifest": true, ".txt": true}

// encodings is how files are compressed, by the ending that the result gets.
var encodings = []struct {
	ending string
	encode func(content []byte, small bool) ([]byte, error)
}{
	{".br", func(content []byte, small bool) ([]byte, error) {
		var b bytes.Buffer
		w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotliLevel(len(content), small), LGWin: window(len(content))})
		if _, err := w.Write(content); err != nil {
			return nil, err
		}
		err := w.Close()
		return b.Bytes(), err
	}},
	{".gz", func(content []byte, _ bool) ([]byte, error) {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(content); err != nil {
			return nil, err
		}
		err = w.Close()
		return b.Bytes(), err
	}},
}

// brotliLevel trades a large program's size for the time until the page first opens, unless it has to be small: level 9
// takes a few seconds for 12 MB, level 11 half a minute.
func brotliLevel(size int, small bool) int {
	if size > 1<<20 && !small {
		return 9
	}
	return brotli.BestCompression
}

// window is the base 2 logarithm of the smallest window that reaches over a whole file, up to brotli's usual one: the
// memory for it is taken whole, 8 bytes for each byte of it at the highest level.
func window(size int) int { return min(22, max(10, bits.Len(uint(size+16)))) }

// atOnce is how many files are compressed at a time, whatever number of cores there is: each takes up to 100 MB meanwhile.
const atOnce = 4

// compress puts .br and .gz files beside all that shrink, where they changed since the last build.
func (b *Builder) compress(ctx context.Context) error {
	old := map[string]string{}
	if text, err := os.ReadFile(filepath.Join(b.Dir, manifestFile)); err == nil {
		_ = json.Unmarshal(text, &old) // an unreadable manifest only means more work
	}
	var (
		wait   sync.WaitGroup
		lock   sync.Mutex
		now    = map[string]string{}
		failed error
		free   = make(chan struct{}, min(atOnce, runtime.NumCPU()))
	)
	defer debug.FreeOSMemory() // what compressing took, which serving has no use for
	for name := range b.written {
		if !compressible[filepath.Ext(name)] {
			continue
		}
		free <- struct{}{}
		wait.Go(func() {
			defer func() { <-free }()
			hash, err := b.compressFile(ctx, name, old[name])
			lock.Lock()
			defer lock.Unlock()
			now[name] = hash
			if err != nil && failed == nil {
				failed = err
			}
		})
	}
	wait.Wait()
	if failed != nil {
		return failed
	}
	for name := range now {
		for _, e := range encodings {
			b.written[name+e.ending] = true
		}
	}
	text, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return b.write(manifestFile, text)
}

func (b *Builder) compressFile(ctx context.Context, name, old string) (hash string, err error) {
	path := filepath.Join(b.Dir, name)
	content, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("a part of the site is missing: %w", err)
	}
	sum := sha256.Sum256(content)
	hash = hex.EncodeToString(sum[:])
	if b.Small {
		hash += " small"
	}
	for _, e := range encodings {
		if _, err := os.Stat(path + e.ending); err == nil && hash == old {
			continue
		}
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		packed, err := e.encode(content, b.Small)
		if err != nil {
			return "", fmt.Errorf("compressing %s: %w", name, err)
		}
		if err := replace(path+e.ending, packed); err != nil {
			return "", err
		}
	}
	return hash, nil
}
