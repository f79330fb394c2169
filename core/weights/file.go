package weights

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

// File is a safetensors file: tensors and metadata.
type File struct {
	Tensors []Tensor
	Meta    map[string]string // without the digest, which Encode adds and Decode takes out

	Checked  bool // it was read, had a digest, and its content is what that says
	Accepted bool // it was read by DecodeChanged: changes since it was saved are no reason to refuse it
}

const (
	maxHeader  = 16 << 20 // bytes
	maxTensors = 100_000
	maxDims    = 32
	maxBytes   = 16 << 30 // of one tensor
)

// Lookup is the tensor of that name.
func (f *File) Lookup(name string) (Tensor, bool) {
	i := slices.IndexFunc(f.Tensors, func(t Tensor) bool { return t.Name == name })
	if i < 0 {
		return Tensor{}, false
	}
	return f.Tensors[i], true
}

// Decode reads a safetensors file. Tensors share b's memory. Whatever does not fit together is an error that names it, and
// content that is not what the file's digest says is the error Damaged. A file without a digest is read unchecked.
func Decode(b []byte) (*File, error) {
	f, err := decode(b)
	if err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	return f, nil
}

// DecodeChanged is Decode for a file that was changed on purpose: its digest may say what it will.
func DecodeChanged(b []byte) (*File, error) {
	f, err := decode(b)
	if err != nil {
		return nil, err
	}
	f.Accepted = f.check() != nil || !f.Checked
	return f, nil
}

// Read is the bytes of a safetensors file of that size, for Decode. No more than its header is read and allocated before
// that has said that the rest belongs to it.
func Read(r io.Reader, size int64) ([]byte, error) {
	head := make([]byte, min(size, 8))
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, fmt.Errorf("the file cannot be read to its end: %w", err)
	}
	n, err := headerLength(head, size)
	if err != nil {
		return nil, err
	}
	head = append(head, make([]byte, n)...)
	if _, err := io.ReadFull(r, head[8:]); err != nil {
		return nil, fmt.Errorf("the file cannot be read to its end: %w", err)
	}
	_, entries, err := header(head[8:])
	if err != nil {
		return nil, err
	}
	end := int64(0)
	for _, e := range entries {
		end = max(end, e.Offsets[1])
	}
	switch there := size - 8 - n; {
	case end > there:
		return nil, fmt.Errorf("the file is cut short: its header announces %d bytes of numbers and there are %d", end, there)
	case end < there:
		return nil, fmt.Errorf("the file has %d bytes that belong to no tensor", there-end)
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(r, b[copy(b, head):]); err != nil {
		return nil, fmt.Errorf("the file cannot be read to its end: %w", err)
	}
	return b, nil
}

// headerLength reads the header's length from the first bytes of a file of that size.
func headerLength(b []byte, size int64) (int64, error) {
	if len(b) < 8 {
		return 0, errors.New("the file is cut short: a safetensors file begins with eight bytes that give its header's length")
	}
	n := binary.LittleEndian.Uint64(b)
	switch {
	case n > maxHeader:
		return 0, errNotSafetensors
	case n > uint64(size-8):
		return 0, fmt.Errorf("the file is cut short: its header should have %d bytes and %d are there", n, size-8)
	}
	return int64(n), nil
}

func decode(b []byte) (*File, error) {
	n, err := headerLength(b, int64(len(b)))
	if err != nil {
		return nil, err
	}
	meta, entries, err := header(b[8 : 8+n])
	if err != nil {
		return nil, err
	}
	if spaces := bytes.TrimRight(b[8:8+n], " "); spaces[len(spaces)-1] != '}' {
		return nil, errors.New("the file is damaged: its header does not end as headers do")
	}
	f := &File{Meta: meta}
	if err := f.place(entries, b[8+n:]); err != nil {
		return nil, err
	}
	return f, nil
}

// place cuts the data part into tensors: each as long as its shape says, one after the other, without gap or overlap.
func (f *File) place(entries map[string]entry, data []byte) error {
	for name, e := range entries {
		want, err := byteLength(name, e)
		if err != nil {
			return err
		}
		begin, end := e.Offsets[0], e.Offsets[1]
		switch {
		case begin < 0 || end < begin:
			return fmt.Errorf("tensor %q lies from byte %d to %d, which is no place", name, begin, end)
		case end > int64(len(data)):
			return fmt.Errorf("the file is cut short: tensor %q ends at byte %d of the data and there are %d", name, end, len(data))
		case end-begin != want:
			return fmt.Errorf("tensor %q of shape %v needs %d bytes of %s and has %d", name, e.Shape, want, e.DType, end-begin)
		}
		f.Tensors = append(f.Tensors, Tensor{name, e.DType, e.Shape, data[begin:end]})
	}
	begin := func(t Tensor) int64 { return entries[t.Name].Offsets[0] }
	f.Tensors = ordered(f.Tensors, func(a, b *Tensor) int {
		return cmp.Or(cmp.Compare(begin(*a), begin(*b)), cmp.Compare(len(a.Data), len(b.Data)), cmp.Compare(a.Name, b.Name))
	})
	at := int64(0)
	for _, t := range f.Tensors {
		switch b := begin(t); {
		case b < at:
			return fmt.Errorf("tensor %q overlaps the one before it", t.Name)
		case b > at:
			return fmt.Errorf("there is a hole of %d bytes before tensor %q", b-at, t.Name)
		}
		at += int64(len(t.Data))
	}
	if at != int64(len(data)) {
		return fmt.Errorf("the file has %d bytes that belong to no tensor", int64(len(data))-at)
	}
	return nil
}

func byteLength(name string, e entry) (int64, error) {
	size, known := sizes[e.DType]
	if !known {
		return 0, fmt.Errorf("tensor %q holds numbers of the type %q, which is not read here", name, e.DType)
	}
	n := int64(size)
	for _, d := range e.Shape {
		if d < 0 || int64(d) > maxBytes || d > 0 && n > maxBytes/int64(d) {
			return 0, fmt.Errorf("tensor %q has the impossible shape %v", name, e.Shape)
		}
		n *= int64(d)
	}
	return n, nil
}

// Encode writes the file with its digest; the same content always gives the same bytes. Tensors are ordered by falling size of their
// numbers, then by name, so that each begins at a multiple of that size.
func (f *File) Encode() ([]byte, error) {
	ts := ordered(f.Tensors, func(a, b *Tensor) int {
		return cmp.Or(cmp.Compare(sizes[b.DType], sizes[a.DType]), cmp.Compare(a.Name, b.Name))
	})
	head := make(map[string]any, len(ts)+1)
	meta := maps.Clone(f.Meta)
	if meta == nil {
		meta = map[string]string{}
	}
	meta[digestKey], meta[digestOfKey] = f.digest(), digestOf
	head["__metadata__"] = meta
	at := int64(0)
	for _, t := range ts {
		if _, twice := head[t.Name]; twice {
			return nil, fmt.Errorf("two tensors have the name %q", t.Name)
		}
		if _, err := t.reader(); err != nil {
			return nil, err
		}
		shape := t.Shape
		if shape == nil {
			shape = []int{} // a single number
		}
		head[t.Name] = entry{t.DType, shape, [2]int64{at, at + int64(len(t.Data))}}
		at += int64(len(t.Data))
	}
	h, err := json.Marshal(head)
	if err != nil {
		return nil, fmt.Errorf("writing the header: %w", err)
	}
	for len(h)%8 != 0 {
		h = append(h, ' ')
	}
	b := make([]byte, 0, 8+len(h)+int(at))
	b = binary.LittleEndian.AppendUint64(b, uint64(len(h)))
	b = append(b, h...)
	for _, t := range ts {
		b = append(b, t.Data...)
	}
	return b, nil
}

// FirstNonFinite names the first tensor that holds a NaN or an infinity, or is "".
func (f *File) FirstNonFinite() string {
	for _, t := range f.Tensors {
		if !t.finite() {
			return t.Name
		}
	}
	return ""
}

func (t Tensor) finite() bool {
	if t.DType == F32 {
		for i := 0; i+4 <= len(t.Data); i += 4 {
			if binary.LittleEndian.Uint32(t.Data[i:])&0x7f800000 == 0x7f800000 {
				return false
			}
		}
		return true
	}
	v, err := t.F64()
	return err == nil && !slices.ContainsFunc(v, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) })
}
