package data

import (
	"bytes"
	"strings"
	"testing"

	"ganvas/core/sample"
)

// Tables are read with and without names of columns and labels.
func TestCSV(t *testing.T) {
	for what, c := range map[string]struct {
		text    string
		classes int
		labels  []int
	}{
		"as Kaggle has it":    {"label,pixel0,pixel1,pixel2,pixel3\n3,1,2,3,4\n0,5,6,7,255\n", 4, []int{3, 0}},
		"no names":            {"3,1,2,3,4\r\n0,5,6,7,255\r\n", 4, []int{3, 0}},
		"no labels":           {"1,2,3,4\n5,6,7,255", 0, []int{-1, -1}},
		"names, no labels":    {"a,b,c,d\n1,2,3,4\n5,6,7,255", 0, []int{-1, -1}},
		"spaces, empty lines": {"\ufeff\"label\",a,b,c,d\n\n3, 1, 2, 3, 4\n\n0,5,6,7,255\n\n", 4, []int{3, 0}},
	} {
		if !IsCSV([]byte(c.text)) && !strings.Contains(c.text, "\"") {
			t.Errorf("%s: it is not seen to be a table", what)
		}
		s, err := ReadCSV("x", strings.NewReader(c.text), nil)
		if err != nil || s.Len() != 2 || s.Shape() != sample.Gray(2, 2) || s.Classes() != c.classes || s.Label(0) != c.labels[0] || s.Label(1) != c.labels[1] || !bytes.Equal(s.Pixels(1), []byte{5, 6, 7, 255}) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for says, text := range map[string]string{
		"no row of numbers":    "label,pixel0\n",
		"such as 1024 or 1025": "1,2,3\n",
		"row 2 of the table h": "1,2,3,4\n1,2,3\n",
		"\"256\" in column 4":  "1,2,3,256\n",
		"\"-1\" in column 1":   "-1,2,3,4\n",
		"\"0.5\" in column 2":  "1,0.5,3,4\n",
		"ends with a comma":    "1,2,3,\n",
		"longer than that of":  strings.Repeat("1,", longestRow),
	} {
		if _, err := ReadCSV("x", strings.NewReader(text), nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
	for _, other := range []string{"", "words, and more, and more, and more", "\x93NUMPY", "{\"a\": [1,2,3,4]}"} {
		if IsCSV([]byte(other)) {
			t.Errorf("%q is taken for a table", other)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("label,a,b,c,d\n3,1,2,3,4\n"))
	f.Add([]byte("1,2,3,4\n5,6,7,8\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := ReadCSV("x", bytes.NewReader(b), nil)
		if err == nil && (s.Len() < 1 || s.Arrived() != s.Len()) {
			t.Errorf("a set of %d, %d of them there", s.Len(), s.Arrived())
		}
	})
}
