package pictures

import (
	"image"
	"image/color"
	"slices"
	"testing"
)

// striped is w × h, its columns 10, 20, 30, … bright.
func striped(w, h int) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = byte(10 * (i%w + 1))
	}
	return m
}

func TestSample(t *testing.T) {
	wide := striped(8, 4)
	for what, c := range map[string]struct {
		s    Shape
		want []byte // the first row
	}{
		"the middle":      {Shape{Side: 4, Fit: Crop}, []byte{30, 40, 50, 60}},
		"half its size":   {Shape{Side: 2, Fit: Crop}, []byte{35, 55}},
		"squeezed":        {Shape{Side: 4, Fit: Stretch}, []byte{15, 35, 55, 75}},
		"whole, a margin": {Shape{Side: 4, Fit: Whole}, []byte{0, 0, 0, 0}},
		"inverted":        {Shape{Side: 4, Fit: Crop, Invert: true}, []byte{225, 215, 205, 195}},
		"inverted margin": {Shape{Side: 4, Fit: Whole, Invert: true}, []byte{0, 0, 0, 0}},
		"doubled":         {Shape{Side: 8, Fit: Crop}, []byte{30, 30, 40, 40, 50, 50, 60, 60}},
	} {
		if got := c.s.sample(wide)[:len(c.want)]; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
	if got := (Shape{Side: 4, Fit: Whole}).sample(wide)[4:8]; !slices.Equal(got, []byte{15, 35, 55, 75}) {
		t.Errorf("whole, the second row: %v", got)
	}
}

// Transparent pictures lie on black.
func TestTransparent(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	m.Set(0, 0, color.NRGBA{255, 255, 255, 255})
	m.Set(1, 0, color.NRGBA{255, 255, 255, 0})
	if got := (Shape{Side: 2, Fit: Crop}).sample(m)[:2]; !slices.Equal(got, []byte{255, 0}) {
		t.Errorf("%v", got)
	}
}
