// Package disk opens the files that people name: regular files alone, whose size is known before anything is read.
package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Open opens a regular file and says how many bytes it has. Folders, pipes, sockets and devices, which never end or keep
// whoever opens them waiting, are refused before they are opened. Errors name the path.
func Open(path string) (*os.File, int64, error) {
	about, err := os.Stat(path)
	if err == nil {
		err = regular(about.Mode())
	}
	if err != nil {
		return nil, 0, cannot(path, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, cannot(path, err)
	}
	if about, err = f.Stat(); err == nil {
		err = regular(about.Mode())
	}
	if err != nil {
		f.Close()
		return nil, 0, cannot(path, err)
	}
	return f, about.Size(), nil
}

// Read is a whole regular file of at most that many bytes. Larger ones are refused before they are read.
func Read(path string, most int64) ([]byte, error) {
	f, size, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size > most {
		return nil, cannot(path, tooLarge(size, most))
	}
	var b bytes.Buffer
	b.Grow(int(size) + bytes.MinRead) // room to see the end without growing
	if _, err := b.ReadFrom(io.LimitReader(f, most+1)); err != nil {
		return nil, cannot(path, err)
	}
	if int64(b.Len()) > most { // it grew meanwhile, or is one of those whose size is not told
		return nil, cannot(path, tooLarge(int64(b.Len()), most))
	}
	return b.Bytes(), nil
}

func tooLarge(size, most int64) error {
	return fmt.Errorf("it has %s, more than the %s that are read", megabytes(size), megabytes(most))
}

func megabytes(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

func regular(m fs.FileMode) error {
	what := ""
	switch {
	case m.IsRegular():
		return nil
	case m.IsDir():
		what = "a folder"
	case m&fs.ModeNamedPipe != 0:
		what = "a pipe"
	case m&fs.ModeSocket != 0:
		what = "a socket"
	case m&fs.ModeDevice != 0:
		what = "a device"
	default:
		what = "something else"
	}
	return fmt.Errorf("it is %s and not a regular file", what)
}

// cannot names the path, once.
func cannot(path string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("%s cannot be read: %w", path, err)
}
