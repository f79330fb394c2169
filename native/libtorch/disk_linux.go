package libtorch

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// checkSpace makes sure that so many bytes are free where dir is.
func checkSpace(dir string, want int64) error {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return nil // the disk will say so itself
	}
	if free := int64(s.Bavail) * s.Bsize; free < want {
		return fmt.Errorf("%s has %d MB free and libtorch needs %d MB there: make room, or put the cache on another disk with XDG_CACHE_HOME", dir, free/mb, want/mb)
	}
	return nil
}

func isNoSpace(err error) bool { return errors.Is(err, syscall.ENOSPC) }

// lock keeps a second setup from working in the same folder. It is let go when the program ends, however that happens.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, fmt.Errorf("the folder for libtorch cannot be written: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, errors.New("another setup is at work: wait until it is done")
	}
	return func() { f.Close() }, nil
}
