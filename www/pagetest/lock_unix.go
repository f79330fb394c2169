//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package pagetest

import (
	"os"
	"syscall"
)

// lock waits until no other program holds the file, and holds it. It is let go when the program ends, however that happens.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}
