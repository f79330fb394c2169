package data

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The IDX format: two zero bytes, a type byte, the number of dimensions, the dimensions as big-endian uint32, the values.
const (
	idxBytes   = 0x08 // unsigned bytes
	maxSamples = 10_000_000
	maxSide    = 512
	maxBytes   = 1 << 30 // of all samples: a file of a few bytes can announce far more than any machine has room for
)

// idx reads one IDX file of unsigned bytes, gzipped or plain.
type idx struct {
	what string // for errors: "images" or "labels"
	from io.Reader
	dims []int
}

// unpacked is what r gives, unpacked where it is gzip; a plain IDX file begins with a zero byte.
func unpacked(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	if first, err := b.Peek(1); err != nil || first[0] == 0 {
		return b, nil // what is cut short is said where it is read
	}
	return gzip.NewReader(b)
}

// openIDX reads the header of a file that must have that many dimensions.
func openIDX(r io.Reader, what string, dims int) (*idx, error) {
	from, err := unpacked(r)
	if err != nil {
		return nil, corrupt(what, err)
	}
	head := make([]byte, 4+4*dims)
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, corrupt(what, err)
	}
	if want := [4]byte{0, 0, idxBytes, byte(dims)}; [4]byte(head) != want {
		return nil, fmt.Errorf("the file of %s begins with % x instead of % x: it is no IDX file of bytes in %d dimensions", what, head[:4], want, dims)
	}
	f := &idx{what: what, from: from}
	for i := range dims {
		f.dims = append(f.dims, int(binary.BigEndian.Uint32(head[4+4*i:])))
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
	return f, nil
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
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the file of %s is cut short: fetch it again", what)
	case errors.Is(err, gzip.ErrHeader):
		return fmt.Errorf("the file of %s is neither an IDX file nor one packed by gzip: it must be the file as published", what)
	case errors.Is(err, gzip.ErrChecksum):
		return fmt.Errorf("the file of %s is damaged: its checksum is wrong; fetch it again", what)
	}
	return fmt.Errorf("reading the file of %s: %w", what, err)
}

// chunk is how many samples are read at a time.
const chunk = 500

// Stream begins to read a pair of IDX files, labels first since they are small, and returns when the set's size is known;
// without labels, nil, the set has no classes. The samples arrive in another goroutine. arrived, if any, is told after each chunk and at the end, with the
// error that ended it early.
func Stream(name string, images, labels io.Reader, arrived func(have, total int, err error)) (*Set, error) {
	classes, err := readLabels(labels)
	if err != nil {
		return nil, err
	}
	f, err := openIDX(images, "images", 3)
	if err != nil {
		return nil, err
	}
	if labels != nil && f.dims[0] != len(classes) {
		return nil, fmt.Errorf("there are %d images and %d labels: the two files do not belong together", f.dims[0], len(classes))
	}
	s := NewSet(name, f.dims[0], [3]int{1, f.dims[1], f.dims[2]}, countClasses(classes))
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

// readLabels is a whole file of labels; none of nil.
func readLabels(r io.Reader) ([]uint8, error) {
	if r == nil {
		return nil, nil
	}
	l, err := openIDX(r, "labels", 1)
	if err != nil {
		return nil, err
	}
	classes := make([]uint8, l.dims[0])
	return classes, errors.Join(l.read(classes), l.end())
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

// Read reads a whole pair of IDX files; labels may be nil.
func Read(name string, images, labels io.Reader) (*Set, error) {
	done := make(chan struct{})
	var failed error
	s, err := Stream(name, images, labels, func(have, total int, err error) {
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
