package data

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
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
	kind  string // of the values: "|u1", "<f4" or "<f8"
	shape []int  // (n, h, w, c)
}

// bytes of one value
var npyKinds = map[string]int{"|u1": 1, "<f4": 4, "<f8": 8}

// ReadNPY reads a NumPy file of pictures: uint8, or float32 or float64 in [0, 1] or [−1, 1], of shape (N, H, W) for gray
// ones or (N, H, W, C) with 1, 3 or 4 channels. Numbers become the nearest of 256 shades.
func ReadNPY(name string, r io.Reader) (*Set, error) {
	head, err := npyHeader(r)
	if err != nil {
		return nil, err
	}
	n, h, w, c := head.shape[0], head.shape[1], head.shape[2], head.shape[3]
	if n < 1 || n > maxSamples || h < 1 || w < 1 || h > maxSide || w > maxSide {
		return nil, fmt.Errorf("the NumPy file holds %d pictures of %d×%d: there must be from 1 to %d, and each side from 1 to %d", n, w, h, maxSamples, maxSide)
	}
	size := int64(n) * int64(h*w*c) * int64(npyKinds[head.kind]) // at most 10⁷·512²·4·8
	if size > maxBytes {
		return nil, fmt.Errorf("the NumPy file announces %d MiB, more than the %d MiB that are read", size>>20, maxBytes>>20)
	}
	b, err := io.ReadAll(io.LimitReader(r, size+1)) // grows with what is there, whatever the header says
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the NumPy file: %w", err)
	case int64(len(b)) < size:
		return nil, fmt.Errorf("the NumPy file is cut short: its header announces %d bytes and %d follow", size, len(b))
	case int64(len(b)) > size:
		return nil, fmt.Errorf("the NumPy file goes on after the %d pictures that its header announces", n)
	}
	if head.kind != "|u1" {
		if b, err = shades(b, npyKinds[head.kind]); err != nil {
			return nil, err
		}
	}
	shape := sample.Shape{Channels: c, Height: h, Width: w}
	return FromBytes(name, n, shape, 0, shape.Separate(b))
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
	head := npy{kind: between(text, "'descr': '", "'")}
	if npyKinds[head.kind] == 0 {
		return head, fmt.Errorf("the NumPy file holds values of type %q: they must be uint8, float32 or float64 (little-endian)", head.kind)
	}
	if !strings.Contains(text, "'fortran_order': False") {
		return head, fmt.Errorf("the NumPy file is in Fortran's order: save numpy.ascontiguousarray of it")
	}
	shape := between(text, "'shape': (", ")")
	for _, s := range strings.Split(strings.TrimSuffix(strings.TrimSpace(shape), ","), ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 0 {
			return head, fmt.Errorf("the NumPy file's shape (%s) cannot be read", shape)
		}
		head.shape = append(head.shape, n)
	}
	switch {
	case len(head.shape) == 3:
		head.shape = append(head.shape, 1)
	case len(head.shape) != 4 || head.shape[3] != 1 && head.shape[3] != 3 && head.shape[3] != 4:
		return head, fmt.Errorf("the NumPy file has the shape (%s): pictures are (N, height, width), or (N, height, width, channels) with 1, 3 or 4 channels", shape)
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
