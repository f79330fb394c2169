package data

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"ganvas/core/sample"
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
	s, err := read("plain", plain(t, images), plain(t, labels))
	if err != nil || s.Classes() != 10 || !bytes.Equal(s.Pixels(29), pixels[29*12:]) {
		t.Errorf("plain files: %v", err)
	}
	s, err = read("unlabelled", images, nil)
	if err != nil || s.Classes() != 0 || s.Label(3) != -1 || !bytes.Equal(s.Pixels(29), pixels[29*12:]) {
		t.Errorf("no labels: %v", err)
	}
}

func TestFromBytes(t *testing.T) {
	b := []byte{1, 2, 3, 4, 5, 6, 7, 8, 1, 0}
	s, err := FromBytes("two", 2, sample.Gray(2, 2), 3, b)
	if err != nil || s.Classes() != 3 || s.Label(0) != 1 || !bytes.Equal(s.Pixels(1), b[4:8]) || s.Arrived() != 2 {
		t.Errorf("%v", err)
	}
	for says, err := range map[string]error{
		"take 10 bytes":   second(FromBytes("x", 2, sample.Gray(2, 2), 3, b[:9])),
		"0 pictures":      second(FromBytes("x", 0, sample.Gray(2, 2), 0, nil)),
		"each side":       second(FromBytes("x", 1, sample.Gray(2, 5000), 0, nil)),
		"2 channels":      second(FromBytes("x", 2, sample.Shape{Channels: 2, Height: 2, Width: 2}, 0, make([]byte, 16))),
		"257 classes":     second(FromBytes("x", 2, sample.Gray(2, 2), 257, b)),
		"there are 1 cla": second(FromBytes("x", 2, sample.Gray(2, 2), 1, b)),
	} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
}

func second(_ *Set, err error) error { return err }
