package data_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
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
		s, err := data.NewStored("own", n, sample.Gray(2, 2), 10, labels, store)
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

// Pictures of every format are the same in a store as in memory, down to their digest, and lie there once.
func TestEveryFormatIntoAStore(t *testing.T) {
	const n = 700
	shape := sample.Shape{Channels: 3, Height: 4, Width: 3}
	pixels, tags := make([]byte, n*shape.Size()), make([]byte, n)
	for i := range pixels {
		pixels[i] = byte(i * 31 >> 3)
	}
	for i := range tags {
		tags[i] = byte(i % 3)
	}
	array := func(shape string, values []byte) []byte {
		head := "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }\n"
		return slices.Concat([]byte("\x93NUMPY\x01\x00"), []byte{byte(len(head)), 0}, []byte(head), values)
	}
	var table strings.Builder
	for i := range n {
		fmt.Fprintf(&table, "%d", tags[i])
		for _, b := range pixels[i*9:][:9] {
			fmt.Fprintf(&table, ",%d", b)
		}
		table.WriteByte('\n')
	}
	for what, read := range map[string]func(data.Room) (*data.Set, error){
		"pixels": func(room data.Room) (*data.Set, error) {
			b := slices.Concat(pixels, tags)
			return data.FromFile("x", n, shape, 4, io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b))), room)
		},
		"NumPy": func(room data.Room) (*data.Set, error) {
			return data.ReadNPY("x", bytes.NewReader(array("700, 4, 3, 3", pixels)), bytes.NewReader(array("700,", tags)), room)
		},
		"NumPy of unknown length": func(room data.Room) (*data.Set, error) {
			return data.ReadNPY("x", io.MultiReader(bytes.NewReader(array("700, 4, 3, 3", pixels))), nil, room)
		},
		"CSV": func(room data.Room) (*data.Set, error) {
			return data.ReadCSV("x", strings.NewReader(table.String()), room)
		},
		"IDX": func(room data.Room) (*data.Set, error) {
			head := []byte{0, 0, 8, 3, 0, 0, 2, 188, 0, 0, 0, 4, 0, 0, 0, 9}
			return data.Files{Images: bytes.NewReader(slices.Concat(head, pixels)), Room: room}.Read("x")
		},
	} {
		own, err := read(nil)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		var store *shelf
		stored, err := read(func(n int, shape sample.Shape, _ []uint8) data.Store {
			store = &shelf{size: shape.Size(), bytes: make([]byte, n*shape.Size())}
			return store
		})
		if err != nil || store == nil || !stored.Stored() || store.have != own.Len() {
			t.Errorf("%s: the store has not all of %d samples: %v", what, own.Len(), err)
			continue
		}
		if a, b := stored.Look(), own.Look(); a.Digest != b.Digest || stored.Classes() != own.Classes() || !slices.Equal(a.Counts, b.Counts) {
			t.Errorf("%s: in the store there is %+v, in memory %+v", what, a, b)
		}
	}
	cut := array("700, 4, 3, 3", pixels)
	if _, err := data.ReadNPY("x", bytes.NewReader(cut[:len(cut)-1]), nil, nil); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("announces %d bytes and %d follow", len(pixels), len(pixels)-1)) {
		t.Errorf("a file that is cut short: %v", err)
	}
}
