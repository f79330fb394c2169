package data

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"ganvas/core/sample"
)

// numpyFile is a file as NumPy writes it, with a header of that type and shape and then the content.
func numpyFile(kind, shape string, content []byte) []byte {
	head := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n", kind, shape)
	b := append([]byte(npyMagic), 1, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(head)))
	return append(append(b, head...), content...)
}

func floats(each int, values ...float64) (b []byte) {
	for _, v := range values {
		if each == 8 {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		} else {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v)))
		}
	}
	return b
}

// Bytes are read as they are, numbers from either range as the shades that they stand for.
func TestNPY(t *testing.T) {
	for what, c := range map[string]struct {
		file []byte
		want []byte
	}{
		"bytes":           {numpyFile("|u1", "2, 1, 2", []byte{1, 2, 3, 255}), []byte{1, 2, 3, 255}},
		"one channel":     {numpyFile("|u1", "2, 1, 2, 1", []byte{1, 2, 3, 255}), []byte{1, 2, 3, 255}},
		"floats from 0":   {numpyFile("<f4", "2, 1, 2", floats(4, 0, 0.2, 0.5, 1)), []byte{0, 51, 128, 255}},
		"floats from −1":  {numpyFile("<f4", "2, 1, 2", floats(4, -1, -0.6, 0, 1)), []byte{0, 51, 128, 255}},
		"doubles from −1": {numpyFile("<f8", "2, 1, 2", floats(8, -1, -0.6, 0, 1)), []byte{0, 51, 128, 255}},
	} {
		s, err := ReadNPY("x", bytes.NewReader(c.file), nil, nil)
		if err != nil || s.Len() != 2 || s.Shape() != sample.Gray(1, 2) || !bytes.Equal(append(bytes.Clone(s.Pixels(0)), s.Pixels(1)...), c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	colour := numpyFile("|u1", "1, 1, 2, 3", []byte{1, 2, 3, 4, 5, 6})
	if s, err := ReadNPY("x", bytes.NewReader(colour), nil, nil); err != nil || s.Shape() != (sample.Shape{Channels: 3, Height: 1, Width: 2}) || !bytes.Equal(s.Pixels(0), []byte{1, 4, 2, 5, 3, 6}) {
		t.Errorf("in colour: %v", err)
	}
	for says, b := range map[string][]byte{
		"cut short: its":           numpyFile("|u1", "2, 1, 2", []byte{1, 2, 3}),
		"cut short in":             numpyFile("|u1", "2, 1, 2", nil)[:30],
		"goes on after":            numpyFile("|u1", "2, 1, 2", make([]byte, 5)),
		`type "<i8"`:               numpyFile("<i8", "2, 1, 2", make([]byte, 32)),
		"(N, height, width)":       numpyFile("|u1", "2, 1, 2, 2", make([]byte, 8)),
		"the number 255":           numpyFile("<f4", "1, 1, 2", floats(4, 3.0/255, 255)),
		"the number NaN":           numpyFile("<f4", "1, 1, 2", floats(4, 0, math.NaN())),
		"MiB":                      numpyFile("|u1", "9000000, 500, 500", nil),
		"each side":                numpyFile("|u1", "2, 1000, 1000", nil),
		"Fortran":                  bytes.Replace(numpyFile("|u1", "2, 1, 2", nil), []byte("False"), []byte("True "), 1),
		"shape (2, x) cannot":      numpyFile("|u1", "2, x", nil),
		"which is no NumPy file":   []byte("PK\x03\x04 and so on"),
		"more than one array":      append([]byte(npyMagic), 2, 0, 0, 0, 0xff, 0x7f),
		"there must be from 1 to ": numpyFile("|u1", "0, 28, 28", nil),
	} {
		if _, err := ReadNPY("x", bytes.NewReader(b), nil, nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
}

// Labels are whole numbers of any size, one for each picture.
func TestNPYLabels(t *testing.T) {
	pictures := numpyFile("|u1", "3, 1, 1", []byte{1, 2, 3})
	for kind, each := range npyLabels {
		b := make([]byte, 3*each)
		b[0], b[each], b[2*each] = 2, 0, 1
		s, err := ReadNPY("x", bytes.NewReader(pictures), bytes.NewReader(numpyFile(kind, "3, 1", b)), nil)
		if err != nil || s.Classes() != 3 || s.Label(0) != 2 || s.Label(1) != 0 || s.Label(2) != 1 {
			t.Errorf("%s: %v", kind, err)
		}
	}
	for says, b := range map[string][]byte{
		"shape (2,)":    numpyFile("|u1", "2,", []byte{1, 2}),
		"shape (3, 2)":  numpyFile("|u1", "3, 2", make([]byte, 6)),
		"not from 0 to": numpyFile("<i4", "3,", []byte{0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}),
		"whole numbers": numpyFile("<f4", "3,", make([]byte, 12)),
		"of picture 2":  numpyFile("|i1", "3,", []byte{0, 1, 255}),
		"picture 1":     numpyFile("<i2", "3,", []byte{1, 0, 255, 255, 0, 0}),
	} {
		if _, err := ReadNPY("x", bytes.NewReader(pictures), bytes.NewReader(b), nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
}

func FuzzNPY(f *testing.F) {
	f.Add(numpyFile("|u1", "2, 1, 2", []byte{1, 2, 3, 255}))
	f.Add(numpyFile("<f4", "2, 1, 2, 1", floats(4, 0, 0.2, 0.5, 1)))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := ReadNPY("x", bytes.NewReader(b), nil, nil)
		if err == nil && (s.Len() < 1 || s.Arrived() != s.Len()) {
			t.Errorf("a set of %d, %d of them there", s.Len(), s.Arrived())
		}
	})
}

// A digest is the same for the same samples and another for any change of them, of their labels or of their shape.
func TestLook(t *testing.T) {
	set := func(h, w, classes int, b ...byte) *Set {
		s, err := FromBytes("x", 2, sample.Gray(h, w), classes, b)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := set(1, 2, 2, 1, 2, 3, 4, 0, 1).Look()
	if again := set(1, 2, 2, 1, 2, 3, 4, 0, 1).Look(); again.Digest != first.Digest {
		t.Error("equal sets have different digests")
	}
	for what, other := range map[string]*Set{
		"a sample": set(1, 2, 2, 1, 2, 3, 5, 0, 1), "a label": set(1, 2, 2, 1, 2, 3, 4, 1, 1), "the order": set(1, 2, 2, 3, 4, 1, 2, 0, 1),
		"the shape": set(2, 1, 2, 1, 2, 3, 4, 0, 1), "classes": set(1, 2, 3, 1, 2, 3, 4, 0, 1),
	} {
		if other.Look().Digest == first.Digest {
			t.Errorf("another digest is due to %s", what)
		}
	}
	if first.Same || first.Flat != 0 || !first.Few || len(first.Counts) != 2 || first.Counts[1] != 1 {
		t.Errorf("%+v", first)
	}
	if flat := set(1, 2, 0, 7, 7, 7, 7).Look(); !flat.Same || flat.Flat != 2 {
		t.Errorf("%+v", flat)
	}
}
