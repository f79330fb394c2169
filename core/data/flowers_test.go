package data

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"ganvas/core/sample"
)

// Flowers are always the same, others in each half, of every kind as many, in colour, and no two alike.
func TestFlowers(t *testing.T) {
	s, again, held := Made("flowers", TrainSplit), Made("flowers", TrainSplit), Made("flowers", TestSplit)
	if s.Shape() != (sample.Shape{Channels: 3, Height: 32, Width: 32}) || s.Classes() != 5 || s.Len() != 3000 {
		t.Fatalf("%d of %v in %d classes", s.Len(), s.Shape(), s.Classes())
	}
	look := s.Look()
	if slices.Min(look.Counts) != 600 || look.Flat != 0 || look.Few || look.Digest != again.Look().Digest || look.Digest == held.Look().Digest {
		t.Errorf("%+v", look)
	}
	seen := map[string]bool{}
	var centre [5][3]float64 // mean colour around where the heads are, by class
	for i := range s.Len() {
		p := s.Pixels(i)
		seen[string(p)] = true
		for k := range 3 {
			for y := 8; y < 16; y++ {
				for x := 12; x < 20; x++ {
					centre[s.Label(i)][k] += float64(p[k*1024+y*32+x]) / 600 / 64
				}
			}
		}
	}
	if len(seen) < 2990 {
		t.Errorf("only %d of them differ", len(seen))
	}
	if sun, bell, poppy := centre[3], centre[4], centre[2]; sun[0] < sun[2]+50 || bell[2] < bell[0] || poppy[0] < poppy[1]+50 {
		t.Errorf("the heads' colours are %.0f", centre)
	}
	if bytes.Equal(held.Pixels(0), s.Pixels(0)) {
		t.Error("both halves begin with the same picture")
	}
}

// What is drawn covers what it should, softly at its edge, and no pixel outside of the picture is asked for.
func TestCanvas(t *testing.T) {
	c := newCanvas(8, 8)
	c.fill(colour{255, 0, 0}, disc(0, 0, 3))
	c.fill(colour{0, 255, 0}, below(6.5))
	c.fill(colour{0, 0, 255}, without(disc(8, 0, 4), disc(8, 0, 2)))
	b := c.sample()
	for at, want := range map[int]byte{0: 255, 3*8 + 4: 0, 64 + 7*8 + 3: 255, 64 + 6*8 + 3: 128, 64 + 5*8 + 3: 0, 128 + 7: 0, 128 + 5: 255} {
		if b[at] != want {
			t.Errorf("value %d is %d, want %d", at, b[at], want)
		}
	}
}

// The larger flowers are the smaller ones with more pixels: their means over squares of four are nearly those.
func TestLargerFlowers(t *testing.T) {
	small, large := Made("flowers", TrainSplit), Made("flowers-64", TrainSplit)
	if large.Shape() != (sample.Shape{Channels: 3, Height: 64, Width: 64}) || large.Len() != small.Len() {
		t.Fatalf("%d of %v", large.Len(), large.Shape())
	}
	for i := 0; i < large.Len(); i += 97 {
		p, q, off := large.Pixels(i), small.Pixels(i), 0.0
		for k := range q {
			c, y, x := k/1024, k/32%32, k%32
			at := c*4096 + 128*y + 2*x
			off += math.Abs(float64(p[at])+float64(p[at+1])+float64(p[at+64])+float64(p[at+65])-4*float64(q[k])) / 4
		}
		if off /= float64(len(q)); off > 4 || large.Label(i) != small.Label(i) {
			t.Errorf("picture %d is %.1f shades off, and %d for %d", i, off, large.Label(i), small.Label(i))
		}
	}
}
