package libtorch

import (
	"io/fs"
	"path/filepath"
	"sync"
	"time"
)

// watch reports how large the files in dir are together, until the function that it returns is called.
func watch(dir string, total int64, progress func(done, total int64)) (stop func()) {
	if progress == nil {
		return func() {}
	}
	end := make(chan struct{})
	var over sync.WaitGroup
	over.Go(func() {
		tick := time.NewTicker(300 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-end:
				progress(min(size(dir), total), total)
				return
			case <-tick.C:
				progress(min(size(dir), total), total)
			}
		}
	})
	return func() {
		close(end)
		over.Wait()
	}
}

// size is the bytes of all files under dir; those that vanish meanwhile count nothing.
func size(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}
