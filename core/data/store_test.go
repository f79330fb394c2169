package data_test

import (
	"bytes"
	"slices"
	"testing"

	"ganvas/core/data"
	"ganvas/core/sample"
)

// shelf is a store in plain memory.
type shelf struct {
	size, have int
	bytes      []byte
}

func (s *shelf) Arrived() int { return s.have }
func (s *shelf) Put(at int, pixels []byte) {
	copy(s.bytes[at*s.size:], pixels)
	s.have = max(s.have, at+len(pixels)/s.size)
}
func (s *shelf) Gather(dst []byte, rows []int32) {
	for i, r := range rows {
		copy(dst[i*s.size:][:s.size], s.bytes[int(r)*s.size:])
	}
}

// A set in a store is what it is in memory: for who fills it, for who only reads, and for who fills it again after
// another has been stopped on the way.
func TestSetsInAStore(t *testing.T) {
	const n, size = 6, 4
	pixels, labels := make([]byte, n*size), []uint8{0, 1, 2, 0, 1, 2}
	for i := range pixels {
		pixels[i] = byte(17 * i)
	}
	own := data.NewSet("own", n, sample.Gray(2, 2), 10)
	if err := own.Append(pixels, labels); err != nil {
		t.Fatal(err)
	}
	store := &shelf{size: size, bytes: make([]byte, n*size)}
	open := func() *data.Set {
		s, err := data.NewStored("own", n, sample.Gray(2, 2), labels, store)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	stopped, reader, second := open(), open(), open()
	if err := stopped.Append(pixels[:3*size], labels[:3]); err != nil || reader.Arrived() != 3 || reader.Whole() {
		t.Fatalf("after 3 of %d samples the reader has %d: %v", n, reader.Arrived(), err)
	}
	for at := 0; at < n; at += 2 {
		if err := second.Append(pixels[at*size:][:2*size], labels[at:][:2]); err != nil {
			t.Fatal(err)
		}
	}
	if !reader.Whole() || reader.Classes() != 10 {
		t.Errorf("the reader has %d of %d samples in %d classes", reader.Arrived(), n, reader.Classes())
	}
	rows := []int32{5, 0, 3}
	want, got := make([]float32, len(rows)*size), make([]float32, len(rows)*size)
	own.Gather(want, rows)
	reader.Gather(got, rows)
	if !slices.Equal(got, want) || !bytes.Equal(reader.Pixels(4), own.Pixels(4)) || reader.Label(2) != 2 {
		t.Errorf("rows %v are %v, in memory %v", rows, got, want)
	}
	if a, b := reader.Look(), own.Look(); a.Digest != b.Digest || !slices.Equal(a.Counts, b.Counts) {
		t.Errorf("the store's set looks like %+v, the one in memory like %+v", a, b)
	}
}
