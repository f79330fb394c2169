package folder

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/core/data"
)

// idx is a plain IDX file of zeroes.
func idx(dims ...int) []byte {
	b, n := []byte{0, 0, 8, byte(len(dims))}, 1
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
		n *= d
	}
	return append(b, make([]byte, n)...)
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// put writes files into a new folder.
func put(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A folder may hold the published files, packed or not, or any one pair under any names.
func TestOpenFindsThePair(t *testing.T) {
	images, labels := idx(20, 3, 4), idx(20)
	for what, c := range map[string]struct {
		files   map[string][]byte
		classes int
	}{
		"published, packed":   {map[string][]byte{"train-images-idx3-ubyte.gz": packed(images), "train-labels-idx1-ubyte.gz": packed(labels)}, 10},
		"published, unpacked": {map[string][]byte{"train-images-idx3-ubyte": images, "train-labels-idx1-ubyte": labels}, 10},
		"any names":           {map[string][]byte{"faces.gz": packed(images), "names": labels, "readme.txt": []byte("of faces")}, 10},
		"images alone":        {map[string][]byte{"faces": images}, 0},
	} {
		s, err := Open("x", put(t, c.files), data.TrainSplit)
		if err != nil || s.Len() != 20 || s.Classes() != c.classes {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Open("x", put(t, map[string][]byte{"a": images, "b": packed(images)}), data.TrainSplit); err == nil || !strings.Contains(err.Error(), "more than one") {
		t.Errorf("two files of images: %v", err)
	}
	if _, err := Open("x", put(t, map[string][]byte{"a.png": {1}}), data.TrainSplit); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no IDX file: %v", err)
	}
}

// What is wrong with a packed file is said in words, with the file's name.
func TestDamagedPacking(t *testing.T) {
	whole := packed(idx(20, 3, 4))
	sum := bytes.Clone(whole)
	sum[len(sum)-8] ^= 1
	for says, b := range map[string][]byte{
		"checksum is wrong": sum, "cut short": whole[:len(whole)-3], "begins as gzip does": {0x1f, 0x8b, 0xff, 0, 0, 0, 0, 0, 0, 0},
	} {
		_, err := Open("x", put(t, map[string][]byte{"train-images-idx3-ubyte.gz": b, "train-labels-idx1-ubyte": idx(20)}), data.TrainSplit)
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "train-images-idx3-ubyte") {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
}
