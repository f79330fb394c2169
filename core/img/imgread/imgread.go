// Package imgread decodes pictures of anybody's within bounds: what a file's header announces is looked at before
// anything is allocated. Formats are those that the program registers with package image.
package imgread

import (
	"errors"
	"fmt"
	"image"
	"io"

	"ganvas/core/disk"
)

const (
	// MaxPixels is how many pixels a picture may have, about 7000 × 7000. Decoded they take 4 bytes each as a rule and 8
	// with 16 bits a channel.
	MaxPixels = 50_000_000
	maxSide   = 65_535
	maxBytes  = 512 << 20 // of a file
)

// ErrFormat says that a file is in none of the registered formats.
var ErrFormat = image.ErrFormat

// Decode reads a picture from its beginning, once its header has said that it is of a size that is decoded. format is the
// registered name. An error in the first bytes that no format knows is ErrFormat.
func Decode(r io.ReadSeeker) (m image.Image, format string, err error) {
	c, format, err := image.DecodeConfig(r)
	if err != nil {
		return nil, "", err
	}
	if err := Size(c.Width, c.Height); err != nil {
		return nil, format, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, format, err
	}
	return image.Decode(r)
}

// Size checks that a picture of w × h pixels is one that is decoded.
func Size(w, h int) error {
	switch {
	case w < 1 || h < 1:
		return fmt.Errorf("it is %d×%d pixels, which is no size of a picture", w, h)
	case w > maxSide || h > maxSide || int64(w)*int64(h) > MaxPixels:
		return fmt.Errorf("it is %d×%d pixels, more than the %d million that are decoded: make it smaller", w, h, MaxPixels/1_000_000)
	}
	return nil
}

// File decodes the picture in a file. Errors name the path.
func File(path string) (m image.Image, format string, err error) {
	f, size, err := disk.Open(path)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	if size > maxBytes {
		return nil, "", fmt.Errorf("%s cannot be decoded: it has %d MB, more than the %d that are read", path, size/1e6, maxBytes/1_000_000)
	}
	m, format, err = Decode(f)
	switch {
	case errors.Is(err, ErrFormat):
		return nil, "", fmt.Errorf("%s cannot be decoded: it is no picture of a kind that is read here: %w", path, err)
	case err != nil:
		return nil, format, fmt.Errorf("%s cannot be decoded: %w", path, err)
	}
	return m, format, nil
}
