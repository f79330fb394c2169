package data

import (
	"fmt"

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

// NewStored is NewSet with the samples in a store, which may hold some or all of them already. labels are of all n
// samples, nil for none.
func NewStored(name string, n int, shape sample.Shape, labels []uint8, store Store) (*Set, error) {
	classes := countClasses(labels)
	if classes > 0 && len(labels) != n {
		return nil, fmt.Errorf("the data set %s has %d samples and %d labels", name, n, len(labels))
	}
	return &Set{name: name, shape: shape, classes: classes, n: n, labels: labels, store: store}, nil
}

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
