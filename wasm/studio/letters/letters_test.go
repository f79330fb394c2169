package letters

import (
	"image"
	"testing"
)

// At every size, letters have ink, keep to their own cells, and digits are equally wide.
func TestLetters(t *testing.T) {
	for _, size := range []float64{8, 10.5, 21, 40} {
		s, err := New(size)
		if err != nil {
			t.Fatal(err)
		}
		var cells []image.Rectangle
		for c := rune(first + 1); c <= last; c++ {
			q := s.Line(string(c), 0, 0, 0)
			if len(q) != 1 || !ink(s, q[0].From) {
				t.Fatalf("size %v: %q has no ink", size, c)
			}
			for _, other := range cells {
				if q[0].From.Overlaps(other) {
					t.Fatalf("size %v: %q overlaps another letter", size, c)
				}
			}
			cells = append(cells, q[0].From)
		}
		if a, b := s.Width("0.11"), s.Width("9.87"); a != b {
			t.Errorf("size %v: digits are not equally wide: %v and %v", size, a, b)
		}
	}
}

func TestLineIsAnchored(t *testing.T) {
	s, err := New(20)
	if err != nil {
		t.Fatal(err)
	}
	left, middle, right := s.Line("HiH", 100, 50, 0), s.Line("HiH", 100, 50, 0.5), s.Line("HiH", 100, 50, 1)
	w := s.Width("HiH")
	if d := left[0].X - right[0].X; d < w-1 || d > w+1 {
		t.Errorf("right anchored text starts %v pixels before left anchored, want %v", d, w)
	}
	if d := left[0].X - middle[0].X; d < w/2-1 || d > w/2+1 {
		t.Errorf("centred text starts %v pixels before left anchored, want %v", d, w/2)
	}
	capital := left[0]
	if m := capital.Y + float64(capital.From.Dy())/2; m < 48.5 || m > 51.5 {
		t.Errorf("a capital's middle is at %v, want 50", m)
	}
	if got := s.Line("数", 0, 0, 0); len(got) != 1 || got[0].From != s.Line("?", 0, 0, 0)[0].From {
		t.Error("a letter that the font lacks is no question mark")
	}
}

func ink(s *Sheet, r image.Rectangle) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if s.Pixels.RGBAAt(x, y).A > 60 {
				return true
			}
		}
	}
	return false
}
