package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
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
		w := brotli.NewWriterLevel(&b, brotliLevel(len(content), small))
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
	)
	for name := range b.written {
		if !compressible[filepath.Ext(name)] {
			continue
		}
		wait.Go(func() {
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
