package data

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"ganvas/core/sample"
)

// npyMagic is how NumPy's files begin; two bytes of version follow.
const npyMagic = "\x93NUMPY"

// IsNPY reports whether a file that begins so is NumPy's.
func IsNPY(head []byte) bool { return strings.HasPrefix(string(head), npyMagic) }

// npy is what a NumPy file's header says, as NumPy's format 1.0 to 3.0 has it.
type npy struct {
	kind  string // of the values, such as "|u1" or "<f4"
	shape []int
	says  string // the shape as it is written
}

// npyPixels are the bytes of one value, by the types that pictures have.
var npyPixels = map[string]int{"|u1": 1, "<f4": 4, "<f8": 8}

// npyLabels are the bytes of one value, by the types that labels have.
var npyLabels = map[string]int{"|u1": 1, "|b1": 1, "|i1": 1, "<u2": 2, "<i2": 2, "<u4": 4, "<i4": 4, "<u8": 8, "<i8": 8}

// ReadNPY reads a NumPy file of pictures: uint8, or float32 or float64 in [0, 1] or [−1, 1], of shape (N, H, W) for gray
// ones or (N, H, W, C) with 1, 3 or 4 channels. Numbers become the nearest of 256 shades. labels is a file of N whole
// numbers from 0 to 255, nil for none; room is for the pictures.
func ReadNPY(name string, r, labels io.Reader, room Room) (*Set, error) {
	head, err := npyHeader(r)
	if err != nil {
		return nil, err
	}
	n, shape, err := head.pictures()
	if err != nil {
		return nil, err
	}
	each := npyPixels[head.kind]
	if there, known := size(r); head.kind != "|u1" || !known || int64(n)*int64(shape.Size()) > min(there, maxBytes) {
		b, err := npyValues(r, n, shape.Size()*each)
		if err != nil {
			return nil, err
		}
		if head.kind != "|u1" {
			if b, err = shades(b, each); err != nil {
				return nil, err
			}
		}
		r = bytes.NewReader(b)
	}
	var tags []byte
	classes := 0
	if labels != nil {
		if tags, err = labelsNPY(labels, n); err != nil {
			return nil, err
		}
		classes = int(slices.Max(tags)) + 1
	}
	s, err := room.set(name, n, shape, classes, tags)
	if err != nil {
		return nil, err
	}
	if err := s.fill(r, tags, shape.Separate); err != nil {
		if got, cut := err.(short); cut {
			return nil, npyCut(n*shape.Size(), int(got))
		}
		return nil, fmt.Errorf("reading the NumPy file: %w", err)
	}
	if k, _ := r.Read(make([]byte, 1)); k > 0 {
		return nil, npyMore(n)
	}
	return s, nil
}

func npyCut(announced, there int) error {
	return fmt.Errorf("the NumPy file is cut short: its header announces %d bytes and %d follow", announced, there)
}

func npyMore(n int) error {
	return fmt.Errorf("the NumPy file goes on after the %d rows that its header announces", n)
}

// pictures is how many a file holds, and of which shape.
func (head npy) pictures() (n int, shape sample.Shape, err error) {
	d := head.shape
	if len(d) == 3 {
		d = append(d[:3:3], 1)
	}
	switch {
	case npyPixels[head.kind] == 0:
		return 0, shape, fmt.Errorf("the NumPy file holds values of type %q: they must be uint8, float32 or float64 (little-endian)", head.kind)
	case len(d) != 4 || d[3] != 1 && d[3] != 3 && d[3] != 4:
		return 0, shape, fmt.Errorf("the NumPy file has the shape (%s): pictures are (N, height, width), or (N, height, width, channels) with 1, 3 or 4 channels", head.says)
	case d[0] < 1 || d[0] > maxSamples || d[1] < 1 || d[2] < 1 || d[1] > maxSide || d[2] > maxSide:
		return 0, shape, fmt.Errorf("the NumPy file holds %d pictures of %d×%d: there must be from 1 to %d, and each side from 1 to %d", d[0], d[2], d[1], maxSamples, maxSide)
	}
	return d[0], sample.Shape{Channels: d[3], Height: d[1], Width: d[2]}, nil
}

// npyValues is what follows a header: n times so many bytes, at most 10⁷·4·512²·8.
func npyValues(r io.Reader, n, each int) ([]byte, error) {
	size := int64(n) * int64(each)
	if size > maxBytes {
		return nil, fmt.Errorf("the NumPy file announces %d MiB, more than the %d MiB that are read", size>>20, maxBytes>>20)
	}
	b, err := io.ReadAll(io.LimitReader(r, size+1)) // grows with what is there, whatever the header says
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the NumPy file: %w", err)
	case int64(len(b)) < size:
		return nil, npyCut(int(size), len(b))
	case int64(len(b)) > size:
		return nil, npyMore(n)
	}
	return b, nil
}

// labelsNPY reads the labels of n pictures, of shape (N) or (N, 1).
func labelsNPY(r io.Reader, n int) ([]byte, error) {
	head, err := npyHeader(r)
	if err != nil {
		return nil, err
	}
	each, d := npyLabels[head.kind], head.shape
	if each == 0 {
		return nil, fmt.Errorf("the NumPy file of labels holds values of type %q: they must be whole numbers (little-endian)", head.kind)
	}
	if len(d) < 1 || len(d) > 2 || len(d) == 2 && d[1] != 1 || d[0] != n {
		return nil, fmt.Errorf("the NumPy file of labels has the shape (%s), and there are %d pictures: it must have a label for each", head.says, n)
	}
	b, err := npyValues(r, n, each)
	if err != nil {
		return nil, err
	}
	tags := make([]byte, n)
	for i := range tags {
		var v uint64
		for k, one := range b[i*each:][:each] {
			v |= uint64(one) << (8 * k)
		}
		if v > 255 || head.kind == "|i1" && v > 127 { // which is below 0
			return nil, fmt.Errorf("the NumPy file of labels has a label that is not from 0 to 255, of picture %d", i)
		}
		tags[i] = byte(v)
	}
	return tags, nil
}

func npyHeader(r io.Reader) (npy, error) {
	var head npy
	short := fmt.Errorf("the NumPy file is cut short in its header")
	begin := make([]byte, len(npyMagic)+2)
	if _, err := io.ReadFull(r, begin); err != nil {
		return head, short
	}
	if !IsNPY(begin) {
		return head, fmt.Errorf("the file begins with % x, which is no NumPy file", begin)
	}
	length := make([]byte, 4)
	if begin[len(npyMagic)] == 1 {
		length = length[:2]
	}
	if _, err := io.ReadFull(r, length); err != nil {
		return head, short
	}
	size := int(binary.LittleEndian.Uint16(length))
	if len(length) == 4 {
		size |= int(binary.LittleEndian.Uint16(length[2:])) << 16
	}
	if size > 1<<16 {
		return head, fmt.Errorf("the NumPy file's header has %d bytes: it holds more than one array of numbers", size)
	}
	text := make([]byte, size)
	if _, err := io.ReadFull(r, text); err != nil {
		return head, short
	}
	return parseNPY(string(text))
}

// parseNPY reads the header's dictionary, such as {'descr': '|u1', 'fortran_order': False, 'shape': (60, 28, 28), }.
func parseNPY(text string) (npy, error) {
	head := npy{kind: between(text, "'descr': '", "'"), says: between(text, "'shape': (", ")")}
	if !strings.Contains(text, "'fortran_order': False") {
		return head, fmt.Errorf("the NumPy file is in Fortran's order: save numpy.ascontiguousarray of it")
	}
	for _, s := range strings.Split(strings.TrimSuffix(strings.TrimSpace(head.says), ","), ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 0 {
			return head, fmt.Errorf("the NumPy file's shape (%s) cannot be read", head.says)
		}
		head.shape = append(head.shape, n)
	}
	return head, nil
}

// between is what stands in text after before and up to after, "" where that is not there.
func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, ok := strings.Cut(rest, after)
	if !ok {
		return ""
	}
	return found
}

// shades is little-endian numbers of so many bytes each as bytes: where none is negative from [0, 1], else from [−1, 1].
func shades(b []byte, each int) ([]byte, error) {
	at := func(i int) float64 {
		if each == 8 {
			return math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		}
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	n := len(b) / each
	least := 0.0
	for i := range n {
		v := at(i)
		if !(v >= -1 && v <= 1) {
			return nil, fmt.Errorf("the NumPy file has the number %v: pictures of floats must lie in [0, 1] or [−1, 1]; save others as uint8", v)
		}
		least = math.Min(least, v)
	}
	out := make([]byte, n)
	for i := range out {
		v := at(i)
		if least < 0 {
			v = (v + 1) / 2
		}
		out[i] = byte(math.Round(255 * v))
	}
	return out, nil
}
