package data

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"ganvas/core/sample"
)

// The IDX format: two zero bytes, a type byte, the number of dimensions, the dimensions as big-endian uint32, the values.
const (
	idxBytes   = 0x08 // unsigned bytes
	maxSamples = 10_000_000
	maxSide    = 512
	maxBytes   = 1 << 30 // of all samples: a file of a few bytes can announce far more than any machine has room for
)

// Unpacker unpacks what gzip packed: the page leaves that to the browser, other programs to Go.
type Unpacker func(r io.Reader) (io.Reader, error)

// Files is a pair of IDX files, each plain or packed by gzip.
type Files struct {
	Images io.Reader
	Labels io.Reader // nil: the set has no classes
	Unpack Unpacker
	Room   Room // for the samples
}

// idx reads one IDX file of unsigned bytes.
type idx struct {
	what string // for errors: "images" or "labels"
	from io.Reader
	dims []int
}

// open is what a file holds, unpacked where it is gzip.
func (unpack Unpacker) open(r io.Reader) (io.Reader, error) {
	magic := make([]byte, 2)
	n, err := io.ReadFull(r, magic) // what is cut short is said where it is read
	whole := io.MultiReader(bytes.NewReader(magic[:n]), r)
	if err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		return unpack(whole)
	}
	return whole, nil
}

// Dimensions of the bytes in an IDX file, 0 for any other file.
func (unpack Unpacker) Dimensions(r io.Reader) int {
	from, err := unpack.open(r)
	if err != nil {
		return 0
	}
	var head [4]byte
	if _, err := io.ReadFull(from, head[:]); err != nil || head[0] != 0 || head[1] != 0 || head[2] != idxBytes {
		return 0
	}
	return int(head[3])
}

// open reads the header of a file that must have that many dimensions.
func (files Files) open(r io.Reader, what string, dims int) (*idx, error) {
	from, err := files.Unpack.open(r)
	if err != nil {
		return nil, corrupt(what, err)
	}
	var head [4]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return nil, corrupt(what, err)
	}
	if want := [4]byte{0, 0, idxBytes, byte(dims)}; head != want {
		return nil, fmt.Errorf("the file of %s begins with % x instead of % x: it is no IDX file of bytes in %d dimensions, plain or packed by gzip", what, head, want, dims)
	}
	sizes := make([]byte, 4*dims)
	if _, err := io.ReadFull(from, sizes); err != nil {
		return nil, corrupt(what, err)
	}
	f := &idx{what: what, from: from}
	for i := range dims {
		f.dims = append(f.dims, int(binary.BigEndian.Uint32(sizes[4*i:])))
	}
	if f.dims[0] < 1 || f.dims[0] > maxSamples {
		return nil, fmt.Errorf("the file of %s says that it holds %d of them: it must be from 1 to %d", what, f.dims[0], maxSamples)
	}
	for _, side := range f.dims[1:] {
		if side < 1 || side > maxSide {
			return nil, fmt.Errorf("the file of %s says that they are %v pixels: each side must be from 1 to %d", what, f.dims[1:], maxSide)
		}
	}
	total := int64(1)
	for _, d := range f.dims {
		total *= int64(d) // at most 10⁷·512²
	}
	if total > maxBytes {
		return nil, fmt.Errorf("the file of %s announces %d MiB, more than the %d MiB that are read", what, total>>20, maxBytes>>20)
	}
	if there, known := size(r); known && total > there*unpacks {
		return nil, fmt.Errorf("the file of %s is cut short: it announces %d bytes and has %d", what, total, there)
	}
	return f, nil
}

// unpacks is how many times as much gzip can hold as it has bytes.
const unpacks = 1032

// size is how many bytes a file or bytes in memory have, known before they are read.
func size(r io.Reader) (n int64, known bool) {
	switch r := r.(type) {
	case interface{ Size() int64 }:
		return r.Size(), true
	case interface{ Stat() (fs.FileInfo, error) }:
		if about, err := r.Stat(); err == nil && about.Mode().IsRegular() {
			return about.Size(), true
		}
	}
	return 0, false
}

// read fills b with the next bytes.
func (f *idx) read(b []byte) error {
	if _, err := io.ReadFull(f.from, b); err != nil {
		return corrupt(f.what, err)
	}
	return nil
}

// end checks that nothing follows, which also checks the gzip checksum.
func (f *idx) end() error {
	var one [1]byte
	switch n, err := f.from.Read(one[:]); {
	case n > 0:
		return fmt.Errorf("the file of %s goes on after the %d that its header announces", f.what, f.dims[0])
	case err != io.EOF:
		return corrupt(f.what, err)
	}
	return nil
}

func corrupt(what string, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the file of %s is cut short: fetch it again", what)
	}
	return fmt.Errorf("reading the file of %s: %w", what, err)
}

// chunk is how many samples are read at a time.
const chunk = 500

// Stream begins to read the files, labels first since they are small, and returns when the set's size is known. The samples
// arrive in another goroutine. arrived, if any, is told after each chunk and at the end, with the error that ended it early.
func (files Files) Stream(name string, arrived func(have, total int, err error)) (*Set, error) {
	classes, err := files.readLabels()
	if err != nil {
		return nil, err
	}
	f, err := files.open(files.Images, "images", 3)
	if err != nil {
		return nil, err
	}
	if files.Labels != nil && f.dims[0] != len(classes) {
		return nil, fmt.Errorf("there are %d images and %d labels: the two files do not belong together", f.dims[0], len(classes))
	}
	s, err := files.Room.set(name, f.dims[0], sample.Gray(f.dims[1], f.dims[2]), countClasses(classes), classes)
	if err != nil {
		return nil, err
	}
	go func() {
		err := f.fill(s, classes, arrived)
		if err != nil {
			s.Fail(err)
		}
		if arrived != nil {
			arrived(s.Arrived(), s.Len(), err)
		}
	}()
	return s, nil
}

// readLabels is the whole file of labels; none where there is none.
func (files Files) readLabels() ([]uint8, error) {
	if files.Labels == nil {
		return nil, nil
	}
	l, err := files.open(files.Labels, "labels", 1)
	if err != nil {
		return nil, err
	}
	classes := make([]uint8, l.dims[0])
	if err := l.read(classes); err != nil {
		return nil, err
	}
	return classes, l.end()
}

// countClasses is how many classes labels are of: ten or more, none without labels.
func countClasses(labels []uint8) int {
	if labels == nil {
		return 0
	}
	top := uint8(0)
	for _, l := range labels {
		top = max(top, l)
	}
	return max(10, int(top)+1)
}

// fill reads the images into the set, chunk by chunk.
func (f *idx) fill(s *Set, labels []uint8, arrived func(have, total int, err error)) error {
	buf := make([]byte, chunk*s.Size())
	for at := 0; at < s.Len(); {
		k := min(chunk, s.Len()-at)
		if err := f.read(buf[:k*s.Size()]); err != nil {
			return err
		}
		tags := labels
		if tags != nil {
			tags = tags[at : at+k]
		}
		if err := s.Append(buf[:k*s.Size()], tags); err != nil {
			return err
		}
		at += k
		if arrived != nil && at < s.Len() {
			arrived(at, s.Len(), nil)
		}
	}
	return f.end()
}

// Read reads the whole files.
func (files Files) Read(name string) (*Set, error) {
	done := make(chan struct{})
	var failed error
	s, err := files.Stream(name, func(have, total int, err error) {
		if have == total || err != nil {
			failed = err
			close(done)
		}
	})
	if err != nil {
		return nil, err
	}
	<-done
	return s, failed
}
