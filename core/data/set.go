// Package data holds what a GAN learns from: sets of equal-shaped samples, how they are read, and the order in which an
// epoch goes through them.
package data

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"sync"
	"sync/atomic"

	"ganvas/core/sample"
)

// Split names one half of a data set's files.
type Split string

const (
	TrainSplit Split = "train"
	TestSplit  Split = "t10k"
)

// Set is a data set of equal-shaped samples. Its rows may still be arriving, from first to last, in another goroutine
// than the one that reads those which are there.
type Set struct {
	name    string
	shape   sample.Shape
	classes int
	called  []string // (classes), nil where they have only numbers
	n       int
	pixels  []byte    // (n, C·H·W);
	values  []float32 // (n, C·H·W) in [−1, 1]; or
	store   Store     // has them as bytes
	scratch []byte    // of samples on their way out of the store
	labels  []uint8   // (n), nil where there are none
	modes   *Modes    // of points
	have    atomic.Int64
	failed  atomic.Pointer[error]
	look    sync.Once
	looked  Look
}

// NewSet is an empty set of n samples of bytes that will arrive by Append, the first of which takes the memory for
// them all. classes is 0 without labels.
func NewSet(name string, n int, shape sample.Shape, classes int) *Set {
	s := &Set{name: name, shape: shape, classes: classes, n: n}
	if classes > 0 {
		s.labels = make([]uint8, n)
	}
	return s
}

// FromBytes is a whole set of n pictures of one, three or four channels, each picture as its shape says; with classes, a
// byte of label for each stands behind them all in b.
func FromBytes(name string, n int, shape sample.Shape, classes int, b []byte) (*Set, error) {
	return FromFile(name, n, shape, classes, io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b))), nil)
}

// FromFile is FromBytes of a file; room is for the pictures.
func FromFile(name string, n int, shape sample.Shape, classes int, r *io.SectionReader, room Room) (*Set, error) {
	switch {
	case n < 1 || n > maxSamples:
		return nil, fmt.Errorf("there are %d pictures: there must be from 1 to %d", n, maxSamples)
	case shape.Height < 1 || shape.Width < 1 || shape.Height > maxSide || shape.Width > maxSide:
		return nil, fmt.Errorf("the pictures are %d×%d: each side must be from 1 to %d", shape.Width, shape.Height, maxSide)
	case shape.Channels != 1 && shape.Channels != 3 && shape.Channels != 4:
		return nil, fmt.Errorf("the pictures have %d channels: gray ones have 1, colour has 3, and with transparency 4", shape.Channels)
	case classes < 0 || classes > 256:
		return nil, fmt.Errorf("there are %d classes: there can be from 1 to 256, or 0 for none", classes)
	}
	pixels := n * shape.Size() // at most 10⁷·4·512²
	want := pixels
	if classes > 0 {
		want += n
	}
	if r.Size() != int64(want) {
		return nil, fmt.Errorf("%d pictures of %v take %d bytes, and there are %d", n, shape, want, r.Size())
	}
	var labels []byte
	if classes > 0 {
		labels = make([]byte, n)
		if _, err := r.ReadAt(labels, int64(pixels)); err != nil && err != io.EOF {
			return nil, err
		}
	}
	s, err := room.set(name, n, shape, classes, labels)
	if err != nil {
		return nil, err
	}
	return s, s.fill(r, labels, func(b []byte) []byte { return b })
}

// FromPoints is a whole set of n points of the plane that somebody gives: two little-endian float32s each, x and y from −1 to 1.
func FromPoints(name string, n int, b []byte) (*Set, error) {
	if n < 1 || n > maxSamples || len(b) != 8*n {
		return nil, fmt.Errorf("%d points take 8 bytes each, and there are %d bytes", n, len(b))
	}
	values := make([]float32, 2*n)
	for i := range values {
		v := math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if !(v >= -1 && v <= 1) {
			return nil, fmt.Errorf("point %d lies at %v: both coordinates must be from -1 to 1", i/2+1, v)
		}
		values[i] = v
	}
	return FromValues(name, sample.Plane, values), nil
}

// FromValues is a whole set of samples that are numbers in [−1, 1] already, such as points of the plane.
func FromValues(name string, shape sample.Shape, values []float32) *Set {
	s := &Set{name: name, shape: shape, values: values, n: len(values) / shape.Size()}
	s.have.Store(int64(s.n))
	return s
}

func (s *Set) Name() string        { return s.name }
func (s *Set) Shape() sample.Shape { return s.shape }
func (s *Set) Classes() int        { return s.classes }

// ClassNames is what the classes are called, one name each; nil where they have only numbers.
func (s *Set) ClassNames() []string { return s.called }

// NameClasses says what the classes are called; names that are not as many as the classes are of no use and left out.
func (s *Set) NameClasses(names []string) {
	if s.called = nil; len(names) == s.classes && s.classes > 0 {
		s.called = names
	}
}

// Len is how many samples the set has or will have.
func (s *Set) Len() int { return s.n }

// Arrived is how many of them, the first ones, are there.
func (s *Set) Arrived() int {
	if s.store != nil {
		return min(s.n, s.store.Arrived())
	}
	return int(s.have.Load())
}

// Stored reports whether the samples lie outside of the program's own memory.
func (s *Set) Stored() bool { return s.store != nil }

// Whole reports whether nothing more will arrive.
func (s *Set) Whole() bool { return s.Arrived() == s.n || s.Err() != nil }

// Size is how many values one sample has.
func (s *Set) Size() int { return s.shape.Size() }

// Fail records why no more samples will arrive.
func (s *Set) Fail(err error) { s.failed.Store(&err) }

// Err is why no more samples will arrive, if so.
func (s *Set) Err() error {
	if p := s.failed.Load(); p != nil {
		return *p
	}
	if digits := s.Digits(); digits != nil {
		return digits.Err()
	}
	return nil
}

// Append adds the next samples, bytes of 0 to 255, and their labels where the set has any.
func (s *Set) Append(pixels []byte, labels []uint8) error {
	at, k := int(s.have.Load()), len(pixels)/s.Size() // of a store's samples, those that this set has put there
	if at+k > s.n || len(pixels)%s.Size() != 0 || s.labels != nil && len(labels) != k {
		return fmt.Errorf("the data set %s has %d samples and was given more or parts of one", s.name, s.n)
	}
	if s.store != nil {
		s.store.Put(at, pixels)
	} else {
		if s.pixels == nil {
			s.pixels = make([]byte, s.n*s.Size())
		}
		copy(s.pixels[at*s.Size():], pixels)
	}
	for i := range min(k, len(labels)) {
		if int(labels[i]) >= s.classes {
			return fmt.Errorf("sample %d of %s has the label %d, and there are %d classes", at+i, s.name, labels[i], s.classes)
		}
		s.labels[at+i] = labels[i]
	}
	s.have.Store(int64(at + k))
	return nil
}

// Gather: dst (len(rows), C·H·W) = the named rows; bytes become v/127.5 − 1, rounded as float32 after each operation.
// The rows must have arrived.
func (s *Set) Gather(dst []float32, rows []int32) {
	if s.store != nil {
		s.gatherStored(dst, rows)
		return
	}
	size := s.Size()
	for i, row := range rows {
		to := dst[i*size:][:size]
		if s.values != nil {
			copy(to, s.values[int(row)*size:])
			continue
		}
		for j, b := range s.pixels[int(row)*size:][:size] {
			to[j] = scaled[b]
		}
	}
}

// scaled is the value that stands for each byte.
var scaled = func() (t [256]float32) {
	for b := range t {
		t[b] = float32(float32(b)/127.5) - 1
	}
	return t
}()

// GatherLabels: dst[i] is the label of rows[i].
func (s *Set) GatherLabels(dst []int32, rows []int32) {
	for i, row := range rows {
		dst[i] = int32(s.labels[row])
	}
}

// Label is sample i's class, −1 where there are none.
func (s *Set) Label(i int) int {
	if s.labels == nil {
		return -1
	}
	return int(s.labels[i])
}

// Pixels is sample i's bytes, nil in a set of values and before any have arrived.
func (s *Set) Pixels(i int) []byte {
	if s.store != nil {
		if s.Arrived() == 0 {
			return nil
		}
		b := make([]byte, s.Size())
		s.store.Gather(b, []int32{int32(i)})
		return b
	}
	if s.pixels == nil {
		return nil
	}
	return s.pixels[i*s.Size():][:s.Size()]
}
