package img

import (
	"bytes"
	"math"
	"testing"

	"ganvas/core/sample"
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

var small = sample.Gray(3, 2)

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
	for _, g := range []Grid{{small, 4, 1, 1}, {small, 4, 0, 2}, {small, 1, 5, 3}, {small, 99, 2, 1}} {
		const n = 7
		s := samples(n)
		m, err := g.Draw(nil, s)
		if err != nil {
			t.Fatal(err)
		}
		if m.Colours != 1 {
			t.Fatalf("a gray picture has %d colours", m.Colours)
		}
		cols := min(n, g.Columns)
		inked := 0
		for i := range n {
			for y := range 3 * g.Scale {
				for x := range 2 * g.Scale {
					px := g.Gap + i%cols*(2*g.Scale+g.Gap) + x
					py := g.Gap + i/cols*(3*g.Scale+g.Gap) + y
					if got, want := m.Pix[py*m.Width+px], s[i*6+y/g.Scale*2+x/g.Scale]; got != want {
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
	for _, g := range []Grid{{sample.Gray(0, 2), 1, 1, 1}, {small, 0, 1, 1}, {small, 1, -1, 1}, {small, 1, 1, 0}, {sample.Gray(5, 2), 1, 1, 1}, {sample.Shape{Channels: 5, Height: 3, Width: 2}, 1, 1, 1}} {
		if _, err := g.Draw(nil, samples(2)); err == nil {
			t.Errorf("%+v is drawn", g)
		}
	}
}

// A film's frames are the pictures, one behind the other, whatever was drawn before.
func TestFilmsAreTheirPictures(t *testing.T) {
	for _, d := range []Drawer{Grid{small, 2, 1, 2}, Scatter{Side: 9, Under: []byte{128, 128}}} {
		frames := [][]byte{samples(4), bytes.Repeat([]byte{7}, 24), bytes.Repeat([]byte{250}, 24)}
		f, err := NewFilm(d, frames, 12)
		if err != nil {
			t.Fatal(err)
		}
		var want []byte
		for _, samples := range frames {
			p, err := d.Draw(nil, samples)
			if err != nil || p.Width != f.Width || p.Height != f.Height || len(p.Pix) != p.Width*p.Height {
				t.Fatalf("%+v draws %d × %d with %d pixels, the film has %d × %d: %v", d, p.Height, p.Width, len(p.Pix), f.Height, f.Width, err)
			}
			want = append(want, p.Pix...)
		}
		if f.Frames != 3 || f.Delay != 12 || f.LastDelay != lastDelay || !bytes.Equal(f.Pix, want) {
			t.Errorf("%+v: a film of %d frames differs from its pictures", d, f.Frames)
		}
	}
	grid := Grid{small, 9, 1, 1}
	for _, frames := range [][][]byte{nil, {samples(2), samples(3)}, {samples(2), nil}} {
		if _, err := NewFilm(grid, frames, 10); err == nil {
			t.Errorf("a film is made of %d frames that do not fit", len(frames))
		}
	}
}

// Points are squares of three pixels, y upwards, over darker ones; what would lie beside the picture is cut off.
func TestScatterDrawsPoints(t *testing.T) {
	p, err := Scatter{Side: 16, Under: []byte{64, 64}}.Draw(nil, []byte{0, 255, 192, 128})
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[[2]int]byte{{0, 0}: dotOver, {1, 1}: dotOver, {2, 2}: 0, {12, 7}: dotOver, {13, 8}: dotOver, {4, 11}: dotUnder, {9, 9}: 0} {
		if got := p.Pix[at[1]*16+at[0]]; got != want {
			t.Errorf("the pixel at %v is %d, want %d", at, got, want)
		}
	}
	if _, err := (Scatter{Side: 16}).Draw(nil, []byte{1}); err == nil {
		t.Error("half a point is drawn")
	}
}

// A picture's colours come from its channels, one after the other; other numbers of channels show the first in gray.
func TestGridsInColour(t *testing.T) {
	for _, c := range []struct {
		channels, colours int
		first             []byte
	}{{2, 1, []byte{0}}, {3, 3, []byte{0, 6, 12}}, {4, 4, []byte{0, 6, 12, 18}}, {5, 1, []byte{0}}} {
		shape := sample.Shape{Channels: c.channels, Height: 3, Width: 2}
		b := make([]byte, 3*shape.Size())
		for i := range b {
			b[i] = byte(i)
		}
		p, err := Grid{Sample: shape, Columns: 3, Gap: 1, Scale: 1}.Draw([]byte{7}, b)
		if err != nil || p.Colours != c.colours || len(p.Pix) != p.Width*p.Height*c.colours {
			t.Fatalf("%v: %d colours, %d bytes: %v", shape, p.Colours, len(p.Pix), err)
		}
		at := func(x, y int) []byte { return p.Pix[(y*p.Width+x)*c.colours:][:c.colours] }
		last := make([]byte, c.colours)
		for k := range last { // the third picture's lower right pixel
			last[k] = byte(2*shape.Size() + k*shape.Area() + 5)
		}
		if !bytes.Equal(at(1, 1), c.first) || !bytes.Equal(at(8, 3), last) {
			t.Errorf("%v: the first pixel is %v, the last %v, want %v and %v", shape, at(1, 1), at(8, 3), c.first, last)
		}
		paper := bytes.Repeat([]byte{40}, c.colours)
		if c.colours == 4 {
			paper[3] = 255
		}
		if !bytes.Equal(at(0, 0), paper) || !bytes.Equal(at(9, 4), paper) {
			t.Errorf("%v: the gaps are %v and %v", shape, at(0, 0), at(9, 4))
		}
	}
}

// Screens get opaque pixels: gray, in colour, and over a checkerboard where a picture lets something through.
func TestPaint(t *testing.T) {
	for _, c := range []struct {
		shape sample.Shape
		one   []byte
		want  []byte
	}{
		{sample.Gray(1, 2), []byte{3, 200}, []byte{3, 3, 3, 255, 200, 200, 200, 255}},
		{sample.Shape{Channels: 3, Height: 1, Width: 2}, []byte{1, 2, 3, 4, 5, 6}, []byte{1, 3, 5, 255, 2, 4, 6, 255}},
		{sample.Shape{Channels: 4, Height: 1, Width: 2}, []byte{10, 20, 30, 40, 50, 60, 255, 0}, []byte{10, 30, 50, 255, boardDark, boardDark, boardDark, 255}},
		{sample.Shape{Channels: 4, Height: 1, Width: 1}, []byte{0, 0, 0, 128}, []byte{83, 83, 83, 255}},
		{sample.Shape{Channels: 2, Height: 1, Width: 2}, []byte{9, 8, 7, 6}, []byte{9, 9, 9, 255, 8, 8, 8, 255}},
	} {
		got := make([]byte, len(c.want))
		Paint(got, len(got), c.shape, c.one)
		if !bytes.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.shape, got, c.want)
		}
	}
	rows := make([]byte, 2*12)
	Paint(rows[4:], 12, sample.Gray(2, 1), []byte{5, 6}) // into the middle of three
	if rows[4] != 5 || rows[16] != 6 || rows[0] != 0 || rows[8] != 0 || rows[20] != 0 {
		t.Errorf("beside a picture: %v", rows)
	}
}
