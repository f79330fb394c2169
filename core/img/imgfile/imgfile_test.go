package imgfile

import (
	"bytes"
	"image/color"
	"image/gif"
	"image/png"
	"os"
	"testing"

	"ganvas/core/img"
)

// samples are n of 3 × 2.
func samples(n int) []byte {
	b := make([]byte, n*6)
	for i := range b {
		b[i] = byte(100 + i%100)
	}
	return b
}

func TestFilesComeBack(t *testing.T) {
	g := img.Grid{Height: 3, Width: 2, Columns: 3, Gap: 1, Scale: 2}
	want, err := g.Draw(nil, samples(5))
	if err != nil {
		t.Fatal(err)
	}
	b, err := PNG(g, samples(5))
	if err != nil {
		t.Fatal(err)
	}
	p, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for y := range want.Height {
		for x := range want.Width {
			if got, shade := color.GrayModel.Convert(p.At(x, y)).(color.Gray).Y, want.Pix[y*want.Width+x]; got != shade {
				t.Fatalf("PNG: (%d, %d) is %d, want %d", x, y, got, shade)
			}
		}
	}
	film, err := GIF(g, [][]byte{samples(5), samples(4), samples(5)}, 12)
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
	if other, err := GIF(g, [][]byte{samples(5), samples(4), samples(5)}, 12); err != nil || !bytes.Equal(film, other) {
		t.Errorf("the same frames give another file (%v)", err)
	}
	if _, err := GIF(g, nil, 10); err == nil {
		t.Error("an animation of nothing is made")
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
