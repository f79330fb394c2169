package sample

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestShapes(t *testing.T) {
	for _, c := range []struct {
		shape   Shape
		kind    Kind
		size    int
		colours int
		says    string
		json    string
	}{
		{Gray(28, 20), Picture, 560, 1, "20×28", "[1,28,20]"},
		{Shape{3, 16, 16}, Picture, 768, 3, "16×16 in colour", "[3,16,16]"},
		{Shape{4, 1, 1}, Picture, 4, 4, "1×1 in colour with transparency", "[4,1,1]"},
		{Gray(1, 2), Picture, 2, 1, "2×1", "[1,1,2]"},
		{Gray(1, 1), Picture, 1, 1, "1×1", "[1,1,1]"},
		{Shape{2, 1, 2}, Picture, 4, 1, "2×1 in 2 channels", "[2,1,2]"},
		{Plane, Point, 2, 1, "points of the plane", "[2,1,1]"},
	} {
		b, err := json.Marshal(struct{ S Shape }{c.shape})
		if got := string(b); c.shape.Kind() != c.kind || c.shape.Size() != c.size || c.shape.Colours() != c.colours || c.shape.String() != c.says || got != `{"S":`+c.json+`}` || err != nil {
			t.Errorf("%#v is a %s of %d values, %d colours, %q, %s, %v", c.shape, c.shape.Kind(), c.shape.Size(), c.shape.Colours(), c.shape, got, err)
		}
		var back Shape
		if err := json.Unmarshal([]byte(c.json), &back); err != nil || back != c.shape {
			t.Errorf("%s comes back as %#v: %v", c.json, back, err)
		}
	}
	for _, b := range []string{"[1,2]", "[1,2,3,4]", `{"height":1}`, "[1,2.5,3]", "7", `"x"`, "[]"} {
		var s Shape
		if json.Unmarshal([]byte(b), &s) == nil {
			t.Errorf("%s is read as %#v", b, s)
		}
	}
	for _, s := range []Shape{{}, {0, 1, 1}, {1, -1, 1}, {65, 1, 1}, {1, 1025, 1}, {1, 1, 1025}} {
		if s.Check() == nil {
			t.Errorf("%#v is possible", s)
		}
	}
	if err := (Shape{64, 1024, 1024}).Check(); err != nil {
		t.Error(err)
	}
}

func TestInterleave(t *testing.T) {
	b := []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24}
	for _, c := range []struct {
		shape Shape
		want  []byte
	}{
		{Gray(2, 2), b},
		{Shape{3, 1, 2}, []byte{1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12, 13, 15, 17, 14, 16, 18, 19, 21, 23, 20, 22, 24}},
		{Shape{4, 1, 3}, []byte{1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12, 13, 16, 19, 22, 14, 17, 20, 23, 15, 18, 21, 24}},
		{Shape{2, 2, 3}, []byte{1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12, 13, 19, 14, 20, 15, 21, 16, 22, 17, 23, 18, 24}},
	} {
		if got := c.shape.Interleave(nil, b); !bytes.Equal(got, c.want) {
			t.Errorf("%v: %v", c.shape, got)
		}
		if c.shape.Colours() == c.shape.Channels && !bytes.Equal(c.shape.Separate(c.want), b) {
			t.Errorf("%v does not come back", c.shape)
		}
	}
}
