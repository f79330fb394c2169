package npz

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"ganvas/core/data"
)

func array(kind, shape string, content ...byte) []byte {
	head := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n", kind, shape)
	b := append([]byte("\x93NUMPY\x01\x00"), binary.LittleEndian.AppendUint16(nil, uint16(len(head)))...)
	return append(append(b, head...), content...)
}

func archive(t *testing.T, arrays map[string][]byte) *zip.Reader {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(arrays)) {
		f, err := w.Create(name + ".npy")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(arrays[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestRead(t *testing.T) {
	two, one := array("|u1", "2, 1, 2", 1, 2, 3, 4), array("|u1", "1, 1, 2", 5, 6)
	keras := map[string][]byte{"x_train": two, "y_train": array("|u1", "2,", 1, 0), "x_test": one, "y_test": array("|u1", "1,", 1)}
	for what, c := range map[string]struct {
		arrays  map[string][]byte
		n, held int
		classes int
		others  string
	}{
		"Keras":     {keras, 2, 1, 2, ""},
		"MedMNIST":  {map[string][]byte{"train_images": two, "train_labels": array("<i8", "2, 1", 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), "val_images": one}, 2, 0, 3, "val_images"},
		"lone":      {map[string][]byte{"anything": two}, 2, 0, 0, ""},
		"arr_0":     {map[string][]byte{"arr_0": two, "arr_2": one}, 2, 0, 0, "arr_2"},
		"in colour": {map[string][]byte{"images": array("|u1", "1, 1, 1, 3", 1, 2, 3)}, 1, 0, 0, ""},
	} {
		z := archive(t, c.arrays)
		set, others, err := Read("x", z, data.TrainSplit)
		if err != nil || !Is(z) || set.Len() != c.n || set.Classes() != c.classes || strings.Join(others, " ") != c.others {
			t.Errorf("%s: left out %v; %v", what, others, err)
		}
		held, _, err := Read("x", z, data.TestSplit)
		if err != nil || (held != nil) != (c.held > 0) || held != nil && held.Len() != c.held {
			t.Errorf("%s: the other half: %v", what, err)
		}
	}
	for says, arrays := range map[string]map[string][]byte{
		"none of them is called": {"a": two, "b": two},
		"x in the archive":       {"x": two[:40]},
		"a label for each":       {"x": two, "y": array("|u1", "3,", 1, 2, 3)},
	} {
		if _, _, err := Read("x", archive(t, arrays), data.TrainSplit); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
	if Is(archive(t, nil)) {
		t.Error("an empty archive is taken for NumPy's")
	}
}
