package kernels

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// most is how many choices are kept, of other processors that share a home folder and of earlier builds.
const most = 16

// record is one choice as it is kept.
type record struct {
	Key     string  `json:"key"`
	Kernels string  `json:"kernels"`
	Rates   []rated `json:"rates"`
	Day     string  `json:"day"`
}

type rated struct {
	Name   string  `json:"name"`
	GFlops float64 `json:"gflops"`
}

// records are those that are kept, the newest first; none where there is nothing that can be read.
func (c *Chooser) records() (all []record) {
	path, err := c.File()
	if err != nil {
		return nil
	}
	b, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(b, &all) != nil {
		return nil
	}
	return all
}

// keep puts r in front of those that are kept. The file is written whole or not at all.
func (c *Chooser) keep(r record) error {
	path, err := c.File()
	if err != nil {
		return err
	}
	all := slices.DeleteFunc(c.records(), func(old record) bool { return old.Key == r.Key })
	all = append([]record{r}, all[:min(len(all), most-1)]...)
	b, err := json.MarshalIndent(all, "", "\t")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("the cache folder cannot be written: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".kernels-*")
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

// file is where this user's choices are kept.
func file() (string, error) {
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "ganvas", "kernels.json"), err
}
