package img

import (
	"bytes"
	"image/color"
	"image/gif"
	"image/png"
	"math"
	"os"
	"testing"
)

func TestToBytes(t *testing.T) {
	for v, want := range map[float32]byte{-1: 0, 1: 255, 0: 128, -2: 0, 3: 255, 0.5: 191, -0.999: 0, 0.997: 255,
		float32(math.Inf(1)): 255, float32(math.Inf(-1)): 0} {
		if got := ToBytes(nil, []float32{v}); got[0] != want {
			t.Errorf("%v becomes %d, want %d", v, got[0], want)
		}
	}
	if got := ToBytes([]byte{7}, []float32{float32(math.NaN())}); len(got) != 2 || got[0] != 7 || got[1] != 0 {
		t.Errorf("NaN behind a 7 becomes %v", got)
	}
	for b := range 256 { // every byte comes back
		if got := ToBytes(nil, []float32{float32(b)/127.5 - 1}); got[0] != byte(b) {
			t.Errorf("%d comes back as %d", b, got[0])
		}
	}
}

// samples are n of 3 × 2 with all bytes different from the paper's shade.
func samples(n int) []byte {
	b := make([]byte, n*6)
	for i := range b {
		b[i] = byte(100 + i%100)
	}
	return b
}

// Every pixel of every sample stands where the grid says, scaled, and everything else is paper.
func TestGridPlacesEveryPixel(t *testing.T) {
	for _, g := range []Grid{{3, 2, 4, 1, 1}, {3, 2, 4, 0, 2}, {3, 2, 1, 5, 3}, {3, 2, 99, 2, 1}} {
		const n = 7
		s := samples(n)
		m, err := g.Draw(s)
		if err != nil {
			t.Fatal(err)
		}
		cols := min(n, g.Columns)
		inked := 0
		for i := range n {
			for y := range g.Height * g.Scale {
				for x := range g.Width * g.Scale {
					px := g.Gap + i%cols*(g.Width*g.Scale+g.Gap) + x
					py := g.Gap + i/cols*(g.Height*g.Scale+g.Gap) + y
					if got, want := m.ColorIndexAt(px, py), s[i*6+y/g.Scale*2+x/g.Scale]; got != want {
						t.Fatalf("%+v: sample %d at (%d, %d) is %d, want %d", g, i, x, y, got, want)
					}
					inked++
				}
			}
		}
		others := 0
		for _, v := range m.Pix {
			if v == paper {
				others++
			}
		}
		if inked+others != len(m.Pix) {
			t.Errorf("%+v: %d pixels of samples and %d of paper in %d", g, inked, others, len(m.Pix))
		}
	}
}

func TestImpossibleGrids(t *testing.T) {
	for _, g := range []Grid{{0, 2, 1, 1, 1}, {3, 2, 0, 1, 1}, {3, 2, 1, -1, 1}, {3, 2, 1, 1, 0}, {5, 2, 1, 1, 1}} {
		if _, err := g.Draw(samples(2)); err == nil {
			t.Errorf("%+v is drawn", g)
		}
	}
	if _, err := (Grid{3, 2, 1, 1, 1}).GIF(nil, 10); err == nil {
		t.Error("an animation of nothing is made")
	}
}

func TestFilesComeBack(t *testing.T) {
	g := Grid{Height: 3, Width: 2, Columns: 3, Gap: 1, Scale: 2}
	want, err := g.Draw(samples(5))
	if err != nil {
		t.Fatal(err)
	}
	b, err := g.PNG(samples(5))
	if err != nil {
		t.Fatal(err)
	}
	p, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for y := range want.Rect.Dy() {
		for x := range want.Rect.Dx() {
			if color.GrayModel.Convert(p.At(x, y)) != want.At(x, y) {
				t.Fatalf("PNG: (%d, %d) is %v, want %v", x, y, p.At(x, y), want.At(x, y))
			}
		}
	}
	film, err := g.GIF([][]byte{samples(5), samples(4), samples(5)}, 12)
	if err != nil {
		t.Fatal(err)
	}
	again, err := gif.DecodeAll(bytes.NewReader(film))
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Image) != 3 || again.Delay[0] != 12 || again.Delay[2] != lastDelay || again.LoopCount != 0 {
		t.Errorf("%d frames, delays %v, loop %d", len(again.Image), again.Delay, again.LoopCount)
	}
	if !bytes.Equal(again.Image[2].Pix, want.Pix) {
		t.Error("GIF: the last frame differs")
	}
	if other, err := g.GIF([][]byte{samples(5), samples(4), samples(5)}, 12); err != nil || !bytes.Equal(film, other) {
		t.Errorf("the same frames give another file (%v)", err)
	}
}

// testdata/golden.npy is numpy.save of numpy.arange(12, dtype=numpy.uint8).reshape(2, 3, 2).
func TestNPYIsWhatNumPyWrites(t *testing.T) {
	want, err := os.ReadFile("testdata/golden.npy")
	if err != nil {
		t.Fatal(err)
	}
	values := make([]byte, 12)
	for i := range values {
		values[i] = byte(i)
	}
	if got := NPY(values, 3, 2); !bytes.Equal(got, want) {
		t.Errorf("got %q, NumPy writes %q", got, want)
	}
}
