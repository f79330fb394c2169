package imgfile

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"os"
	"testing"

	"ganvas/core/img"
	"ganvas/core/sample"
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
	g := img.Grid{Sample: sample.Gray(3, 2), Columns: 3, Gap: 1, Scale: 2}
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
	if got := NPY(values, sample.Gray(3, 2)); !bytes.Equal(got, want) {
		t.Errorf("got %q, NumPy writes %q", got, want)
	}
}

// Colours lie in a NumPy file as arrays of pictures have them; points are rows of two.
func TestNPYOfColours(t *testing.T) {
	for _, c := range []struct {
		shape sample.Shape
		says  string
		want  []byte
	}{
		{sample.Shape{Channels: 3, Height: 2, Width: 1}, "(2, 2, 1, 3)", []byte{1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12}},
		{sample.Shape{Channels: 4, Height: 1, Width: 3}, "(1, 1, 3, 4)", []byte{1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12}},
		{sample.Shape{Channels: 2, Height: 3, Width: 1}, "(2, 3, 1, 2)", []byte{1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12}},
		{sample.Plane, "(6, 1, 2)", []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}},
	} {
		got := NPY([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, c.shape)
		if !bytes.Contains(got, []byte("'shape': "+c.says+",")) || !bytes.Equal(got[len(got)-12:], c.want) || len(got)%64 != 12 {
			t.Errorf("%v: %q", c.shape, got)
		}
	}
}

// two are two pictures of 1 × 2 pixels, red and green, then blue and half clear white.
var two = map[int][]byte{
	3: {255, 0, 0, 255, 0, 0, 0, 255, 0, 255, 255, 255},
	4: {255, 0, 0, 255, 0, 0, 255, 255, 0, 255, 0, 255, 255, 255, 255, 128},
}

// What is red, green and blue in a sample is so in every file, and transparent in a PNG; a GIF shows it over a checkerboard.
func TestColoursComeBack(t *testing.T) {
	for channels, samples := range two {
		g := img.Grid{Sample: sample.Shape{Channels: channels, Height: 1, Width: 2}, Columns: 1, Gap: 1, Scale: 2}
		b, err := PNG(g, samples)
		if err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		last, under := color.NRGBA{255, 255, 255, 255}, color.NRGBA{255, 255, 255, 255}
		if channels == 4 {
			last, under = color.NRGBA{255, 255, 255, 128}, color.NRGBA{211, 211, 211, 255}
		}
		want := map[image.Point]color.NRGBA{{X: 0, Y: 0}: {40, 40, 40, 255}, {X: 1, Y: 1}: {255, 0, 0, 255}, {X: 2, Y: 2}: {255, 0, 0, 255},
			{X: 3, Y: 1}: {0, 255, 0, 255}, {X: 5, Y: 1}: {40, 40, 40, 255}, {X: 2, Y: 3}: {40, 40, 40, 255}, {X: 1, Y: 4}: {0, 0, 255, 255}, {X: 4, Y: 5}: last}
		if m.Bounds() != image.Rect(0, 0, 6, 7) {
			t.Fatalf("%d channels: a picture of %v", channels, m.Bounds())
		}
		for at, c := range want {
			if got := color.NRGBAModel.Convert(m.At(at.X, at.Y)); got != c {
				t.Errorf("%d channels: the PNG is %v at %v, want %v", channels, got, at, c)
			}
		}
		again, ok := Picture(m)
		if drawn, err := g.Draw(nil, samples); err != nil || !ok || again.Colours != channels || !bytes.Equal(again.Pix, drawn.Pix) {
			t.Errorf("%d channels: the PNG is read back as %d of %d×%d, %v", channels, again.Colours, again.Width, again.Height, err)
		}
		film, err := GIF(g, [][]byte{samples, samples}, 3)
		if err != nil {
			t.Fatal(err)
		}
		a, err := gif.DecodeAll(bytes.NewReader(film))
		if err != nil || len(a.Image) != 2 {
			t.Fatalf("%d channels: %v", channels, err)
		}
		want[image.Pt(4, 5)] = under
		for at, c := range want {
			if got := color.NRGBAModel.Convert(a.Image[1].At(at.X, at.Y)); got != c {
				t.Errorf("%d channels: the GIF is %v at %v, want %v", channels, got, at, c)
			}
		}
	}
}

// Of more than 256 colours none becomes another that is far from it, and the same pictures give the same file.
func TestManyColours(t *testing.T) {
	const side = 48
	p := img.Picture{Width: side, Height: side, Colours: 3}
	for y := range side {
		for x := range side {
			p.Pix = append(p.Pix, byte(x*255/side), byte(y*255/side), byte((x+y)*255/side/2))
		}
	}
	var files [2]string
	for i := range files {
		b, err := Animate([]img.Picture{p, p}, 5)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = fmt.Sprintf("%x", b)
		a, err := gif.DecodeAll(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		for i := range side * side {
			r, g, b, _ := a.Image[1].At(i%side, i/side).RGBA()
			for k, v := range []uint32{r, g, b} {
				if d := int(v>>8) - int(p.Pix[3*i+k]); d < -20 || d > 20 {
					t.Fatalf("pixel %d is (%d, %d, %d), want %v", i, r>>8, g>>8, b>>8, p.Pix[3*i:][:3])
				}
			}
		}
	}
	if files[0] != files[1] {
		t.Error("the same pictures give another file")
	}
}
