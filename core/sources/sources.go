// Package sources reads what a program is built from: a checksum says when to build it anew, and a test that starts the
// program and has opened these files is run again by the go command when one of them changes, though it imports none.
package sources

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Sum is a checksum of the named files and folders in root and of all that is in them, but for tests, their data and
// hidden folders.
func Sum(root string, names ...string) ([]byte, error) {
	h := sha256.New()
	for _, name := range names {
		err := filepath.WalkDir(filepath.Join(root, name), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")):
				return filepath.SkipDir
			case !d.Type().IsRegular() || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			return add(h, root, path)
		})
		if err != nil {
			return nil, fmt.Errorf("the program's source cannot be read: %w", err)
		}
	}
	return h.Sum(nil), nil
}

func add(h hash.Hash, root, path string) error {
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(h, "%s\x00%d\x00", filepath.ToSlash(rel), info.Size())
	_, err = io.Copy(h, f)
	return err
}
