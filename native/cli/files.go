package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// writeFile puts b under path whole or not at all: written beside it, flushed to the disk, then renamed. A link stays, and
// the file that it leads to is replaced; a device or a pipe is written to.
func writeFile(path string, b []byte) (err error) {
	if err := writable(path); err != nil {
		return err
	}
	if about, err := os.Stat(path); err == nil && !about.Mode().IsRegular() {
		return writeInto(path, b)
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, plainly(err))
	}
	parts.Store(f.Name(), nil)
	defer func() {
		parts.Delete(f.Name())
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("%s cannot be written, what was there before is untouched: %w", path, plainly(err))
		}
	}()
	if _, err = f.Write(b); err != nil {
		return err
	}
	if err = f.Chmod(0o644); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// writable says, before anything is computed, why nothing can be written under that name, where that can be told.
func writable(path string) error {
	if about, err := os.Stat(path); err == nil && about.IsDir() {
		return fmt.Errorf("%s cannot be written: it is a folder; name a file in it", path)
	}
	dir := filepath.Dir(path)
	about, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s cannot be written: there is no folder %s", path, dir)
	}
	if err == nil && !about.IsDir() {
		return fmt.Errorf("%s cannot be written: %s is a file, not a folder", path, dir)
	}
	return nil
}

// apart says that a file to write is one of those to read, which it would take the place of.
func apart(out string, inputs ...string) error {
	about, err := os.Stat(out)
	if err != nil {
		return nil
	}
	for _, in := range inputs {
		if other, err := os.Stat(in); err == nil && os.SameFile(about, other) {
			return fmt.Errorf("%s would be written over the file that it is made from: name another", out)
		}
	}
	return nil
}

// writeInto writes to what is no regular file.
func writeInto(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, plainly(err))
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, plainly(err))
	}
	return nil
}

// parts are the files that are being written.
var parts sync.Map

// removeParts removes what is half written, in a process that ends.
func removeParts() {
	for name := range parts.Range {
		os.Remove(name.(string))
	}
}

// plainly is the reason of a failed file operation without the operation and the path.
func plainly(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
