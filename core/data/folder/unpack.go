package folder

import (
	"compress/gzip"
	"errors"
	"io"

	"ganvas/core/data"
)

// unpack is Go's own unpacker.
var unpack data.Unpacker = func(r io.Reader) (io.Reader, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, plainly(err)
	}
	return unpacking{z}, nil
}

// unpacking says in words what is wrong with a packed file.
type unpacking struct{ from *gzip.Reader }

func (u unpacking) Read(b []byte) (int, error) {
	n, err := u.from.Read(b)
	return n, plainly(err)
}

func plainly(err error) error {
	switch {
	case errors.Is(err, gzip.ErrHeader):
		return errors.New("it begins as gzip does and is none: it must be the file as published")
	case errors.Is(err, gzip.ErrChecksum):
		return errors.New("it is damaged, its checksum is wrong: fetch it again")
	}
	return err
}
