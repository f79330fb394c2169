// Package kept is what the program has found out about this machine and keeps for later starts: short lists in the user's cache folder.
package kept

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// most is how many entries are kept, of other machines that share a home folder and of earlier builds.
const most = 16

// List is a file of entries, the newest first.
type List[T any] struct {
	Path func() (string, error)
}

// In is the list of that name in the user's cache folder.
func In[T any](name string) List[T] {
	return List[T]{func() (string, error) {
		dir, err := os.UserCacheDir()
		return filepath.Join(dir, "ganvas", name), err
	}}
}

// All are the entries; none where there is nothing that can be read.
func (l List[T]) All() (all []T) {
	path, err := l.Path()
	if err != nil {
		return nil
	}
	b, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(b, &all) != nil {
		return nil
	}
	return all
}

// Put puts an entry in front of the others, in place of those that are of the same.
func (l List[T]) Put(entry T, same func(T) bool) error {
	all := slices.DeleteFunc(l.All(), same)
	return l.write(append([]T{entry}, all[:min(len(all), most-1)]...))
}

// Drop removes entries.
func (l List[T]) Drop(which func(T) bool) error { return l.write(slices.DeleteFunc(l.All(), which)) }

// write writes the file whole or not at all.
func (l List[T]) write(all []T) error {
	path, err := l.Path()
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(all, "", "\t")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("the cache folder cannot be written: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".kept-*")
	if err != nil {
		return fmt.Errorf("the cache folder cannot be written: %w", err)
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("the cache folder cannot be written: %w", err)
	}
	return nil
}
