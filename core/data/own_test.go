package data

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func plain(t *testing.T, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// IDX files are read packed or not, and without labels.
func TestReadsPlainAndUnlabelled(t *testing.T) {
	images, labels, pixels := pair(30)
	s, err := Read("plain", bytes.NewReader(plain(t, images)), bytes.NewReader(plain(t, labels)))
	if err != nil || s.Classes() != 10 || !bytes.Equal(s.Pixels(29), pixels[29*12:]) {
		t.Errorf("plain files: %v", err)
	}
	s, err = Read("unlabelled", bytes.NewReader(images), nil)
	if err != nil || s.Classes() != 0 || s.Label(3) != -1 || !bytes.Equal(s.Pixels(29), pixels[29*12:]) {
		t.Errorf("no labels: %v", err)
	}
}

func TestFromGray(t *testing.T) {
	b := []byte{1, 2, 3, 4, 5, 6, 7, 8, 1, 0}
	s, err := FromGray("two", 2, 2, 2, 3, b)
	if err != nil || s.Classes() != 3 || s.Label(0) != 1 || !bytes.Equal(s.Pixels(1), b[4:8]) || s.Arrived() != 2 {
		t.Errorf("%v", err)
	}
	for says, err := range map[string]error{
		"take 10 bytes":   second(FromGray("x", 2, 2, 2, 3, b[:9])),
		"0 pictures":      second(FromGray("x", 0, 2, 2, 0, nil)),
		"each side":       second(FromGray("x", 1, 2, 5000, 0, nil)),
		"257 classes":     second(FromGray("x", 2, 2, 2, 257, b)),
		"there are 1 cla": second(FromGray("x", 2, 2, 2, 1, b)),
	} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
}

func second(_ *Set, err error) error { return err }

// A folder may hold the published files, packed or not, or any one pair under any names.
func TestOpenFindsThePair(t *testing.T) {
	images, labels, _ := pair(20)
	put := func(files map[string][]byte) string {
		dir := t.TempDir()
		for name, b := range files {
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	for what, c := range map[string]struct {
		files   map[string][]byte
		classes int
	}{
		"published, unpacked": {map[string][]byte{"train-images-idx3-ubyte": plain(t, images), "train-labels-idx1-ubyte": plain(t, labels)}, 10},
		"any names":           {map[string][]byte{"faces.gz": images, "names": plain(t, labels), "readme.txt": []byte("of faces")}, 10},
		"images alone":        {map[string][]byte{"faces": plain(t, images)}, 0},
	} {
		s, err := Open("x", put(c.files), TrainSplit)
		if err != nil || s.Len() != 20 || s.Classes() != c.classes {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Open("x", put(map[string][]byte{"a": images, "b": images}), TrainSplit); err == nil || !strings.Contains(err.Error(), "more than one") {
		t.Errorf("two files of images: %v", err)
	}
	if _, err := Open("x", put(map[string][]byte{"a.png": {1}}), TrainSplit); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no IDX file: %v", err)
	}
}
