package weights

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/crc64"
	"maps"
	"slices"
	"sort"
)

// The metadata's names for a file's digest and for how it is computed. There are both or neither, so that a damaged name
// does not make a file one that has no digest.
const (
	digestKey   = "digest"
	digestOfKey = "digest_of"
	digestOf    = "crc-64/xz: of each tensor by name its name, type, dimensions and bytes, of all other metadata by name their name and text, each after its length"
)

// Damaged says that a file's content is not what was saved, and how that was found.
type Damaged string

func (d Damaged) Error() string { return "the file is damaged: " + string(d) }

var digestTable = crc64.MakeTable(crc64.ECMA)

// digest is a checksum of all that a file holds but for the digest itself: whatever one byte is changed, and whatever run of
// bytes in a tensor up to eight, it is another. It does not depend on the order of tensors and metadata. It guards against
// damage and careless edits, not against forgery.
func (f *File) digest() string {
	h := crc64.New(digestTable)
	for _, t := range ordered(f.Tensors, func(a, b *Tensor) int { return cmp.Compare(a.Name, b.Name) }) {
		part(h, []byte(t.Name))
		part(h, []byte(t.DType))
		number(h, len(t.Shape))
		for _, d := range t.Shape {
			number(h, d)
		}
		part(h, t.Data)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Meta)) {
		if name == digestKey || name == digestOfKey {
			continue
		}
		part(h, []byte(name))
		part(h, []byte(f.Meta[name]))
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// ordered is the tensors in the order of compare. They are sorted through an interface, since a generic sort of them would be
// 20 kB of code of its own in WebAssembly.
func ordered(ts []Tensor, compare func(a, b *Tensor) int) []Tensor {
	all := slices.Clone(ts)
	sort.Stable(sorting{all, compare})
	return all
}

type sorting struct {
	ts      []Tensor
	compare func(a, b *Tensor) int
}

func (s sorting) Len() int           { return len(s.ts) }
func (s sorting) Less(i, j int) bool { return s.compare(&s.ts[i], &s.ts[j]) < 0 }
func (s sorting) Swap(i, j int)      { s.ts[i], s.ts[j] = s.ts[j], s.ts[i] }

func number(h hash.Hash64, n int) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	h.Write(b[:])
}

func part(h hash.Hash64, b []byte) {
	number(h, len(b))
	h.Write(b)
}

// check takes the digest out of the metadata and compares it. Checked stays false where there is none.
func (f *File) check() error {
	said, is := f.Meta[digestKey]
	how, isToo := f.Meta[digestOfKey]
	if !is && !isToo {
		return nil
	}
	delete(f.Meta, digestKey)
	delete(f.Meta, digestOfKey)
	switch {
	case !is || !isToo || how != digestOf:
		return Damaged("what it says of its digest is not what is written here")
	case said != f.digest():
		return Damaged("its content is not what was saved")
	}
	f.Checked = true
	return nil
}
