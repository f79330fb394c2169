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
	for i := range s.n {
		if p := s.Pixels(i); p != nil {
			if slices.Min(p) == slices.Max(p) {
				l.Flat++
			}
			l.Same = l.Same && bytes.Equal(p, s.Pixels(0))
		} else {
			l.Same = false
		}
	}
	if s.classes > 0 {
		l.Counts = make([]int, s.classes)
		for _, c := range s.labels {
			l.Counts[c]++
		}
	}
	return l
}

// digest is a checksum that notices every change and every reordering by accident; it is no protection against intent.
func (s *Set) digest() string {
	h := crc64.New(crc64.MakeTable(crc64.ECMA))
	fmt.Fprintln(h, s.n, [3]int{s.shape.Channels, s.shape.Height, s.shape.Width}, s.classes)
	if s.store != nil {
		for i := range s.n {
			h.Write(s.Pixels(i))
		}
	}
	h.Write(s.pixels)
	var four [4]byte
	for _, v := range s.values {
		binary.LittleEndian.PutUint32(four[:], math.Float32bits(v))
		h.Write(four[:])
	}
	h.Write(s.labels)
	return fmt.Sprintf("crc64-%016x", h.Sum64())
}
