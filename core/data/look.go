package data

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc64"
	"math"
	"slices"
)

// few is how many samples a GAN learns little from without augmentation.
const few = 100

// Look is what is worth saying of a set whose samples have all arrived.
type Look struct {
	Digest string // of shape, samples and labels: sets with the same are the same to train on
	Flat   int    // pictures all of one shade
	Same   bool   // all samples are equal
	Few    bool   // so few that augmentation is worth it
	Counts []int  // samples of each class; nil without labels
}

// Look looks at all samples once and remembers what it found.
func (s *Set) Look() Look {
	s.look.Do(func() { s.looked = s.examine() })
	return s.looked
}

// KnownBy gives the digest of a set whose samples will never come.
func (s *Set) KnownBy(digest string) {
	s.look.Do(func() { s.looked = Look{Digest: digest} })
}

func (s *Set) examine() Look {
	l := Look{Digest: s.digest(), Same: s.n > 1, Few: s.n < few}
	first := s.Pixels(0)
	l.Same = l.Same && first != nil
	s.each(func(p []byte) {
		if slices.Min(p) == slices.Max(p) {
			l.Flat++
		}
		l.Same = l.Same && bytes.Equal(p, first)
	})
	if s.classes > 0 {
		l.Counts = make([]int, s.classes)
		for _, c := range s.labels {
			l.Counts[c]++
		}
	}
	return l
}

// each gives f the bytes of each sample in turn, which it may not keep; of values and before any have arrived there are none.
func (s *Set) each(f func(p []byte)) {
	if s.store == nil {
		for p := s.pixels; len(p) > 0; p = p[s.Size():] {
			f(p[:s.Size()])
		}
		return
	}
	b := make([]byte, s.Size())
	for i := range s.Arrived() {
		s.store.Gather(b, []int32{int32(i)})
		f(b)
	}
}

// digest is a checksum that notices every change and every reordering by accident; it is no protection against intent.
func (s *Set) digest() string {
	h := crc64.New(crc64.MakeTable(crc64.ECMA))
	fmt.Fprintln(h, s.n, [3]int{s.shape.Channels, s.shape.Height, s.shape.Width}, s.classes)
	s.each(func(p []byte) { h.Write(p) })
	var four [4]byte
	for _, v := range s.values {
		binary.LittleEndian.PutUint32(four[:], math.Float32bits(v))
		h.Write(four[:])
	}
	h.Write(s.labels)
	return fmt.Sprintf("crc64-%016x", h.Sum64())
}
