package data

import (
	"fmt"
	"io"

	"ganvas/core/sample"
)

// Store keeps a set's samples outside of the program's own memory, where several programs can read them: one of them puts
// in what arrives, from the first sample to the last, and all others see it come.
type Store interface {
	// Arrived is how many samples, the first ones, are there.
	Arrived() int
	// Put writes whole samples from the at-th on.
	Put(at int, pixels []byte)
	// Gather writes the bytes of the named rows, which must have arrived, to dst.
	Gather(dst []byte, rows []int32)
}

// Room makes a store for n samples of that shape. It is nil, or gives nil, where the program's own memory is to hold them.
type Room func(n int, shape sample.Shape, labels []uint8) Store

// NewStored is NewSet with the samples in a store, which may hold some or all of them already. labels are of all n
// samples, nil without classes.
func NewStored(name string, n int, shape sample.Shape, classes int, labels []uint8, store Store) (*Set, error) {
	if classes > 0 && len(labels) != n {
		return nil, fmt.Errorf("the data set %s has %d samples and %d labels", name, n, len(labels))
	}
	return &Set{name: name, shape: shape, classes: classes, n: n, labels: labels, store: store}, nil
}

// set is an empty set for n samples that will arrive by Append, in a store where the room makes one.
func (room Room) set(name string, n int, shape sample.Shape, classes int, labels []uint8) (*Set, error) {
	if room != nil {
		if store := room(n, shape, labels); store != nil {
			return NewStored(name, n, shape, classes, labels, store)
		}
	}
	return NewSet(name, n, shape, classes), nil
}

// piece is how many bytes of samples are read at a time.
const piece = 1 << 20

// fill reads all samples of an empty set, as bytes that become samples where they are not yet; labels are of all of them.
func (s *Set) fill(r io.Reader, labels []uint8, become func(b []byte) []byte) error {
	k := max(1, min(s.n, piece/s.Size()))
	buf := make([]byte, k*s.Size())
	for at := 0; at < s.n; at += k {
		k = min(k, s.n-at)
		b := buf[:k*s.Size()]
		if got, err := io.ReadFull(r, b); err != nil {
			if err == io.EOF || err == io.ErrUnexpectedEOF {
				err = short(at*s.Size() + got)
			}
			return err
		}
		var tags []uint8
		if labels != nil {
			tags = labels[at : at+k]
		}
		if err := s.Append(become(b), tags); err != nil {
			return err
		}
	}
	return nil
}

// short means that only so many bytes of samples are there.
type short int

func (n short) Error() string { return fmt.Sprintf("there are only %d bytes of pictures", int(n)) }

// gatherStored is Gather from the store.
func (s *Set) gatherStored(dst []float32, rows []int32) {
	n := len(rows) * s.Size()
	if cap(s.scratch) < n {
		s.scratch = make([]byte, n)
	}
	bytes := s.scratch[:n]
	s.store.Gather(bytes, rows)
	for i, b := range bytes {
		dst[i] = scaled[b]
	}
}
