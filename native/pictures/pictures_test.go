package pictures

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/rng"
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
	wide, _ := planeOf(striped(8, 4))
	for what, c := range map[string]struct {
		s    Shape
		want []byte // the first row
	}{
		"the middle":      {Shape{Side: 4, Fit: Crop}, []byte{30, 40, 50, 60}},
		"half its size":   {Shape{Side: 2, Fit: Crop}, []byte{37, 53}},
		"squeezed":        {Shape{Side: 4, Fit: Stretch}, []byte{17, 35, 55, 73}},
		"whole, a margin": {Shape{Side: 4, Fit: Whole}, []byte{0, 0, 0, 0}},
		"inverted":        {Shape{Side: 4, Fit: Crop, Invert: true}, []byte{225, 215, 205, 195}},
		"inverted margin": {Shape{Side: 4, Fit: Whole, Invert: true}, []byte{0, 0, 0, 0}},
		"doubled":         {Shape{Side: 8, Fit: Crop}, []byte{30, 32, 37, 42, 47, 52, 57, 60}},
	} {
		if got := c.s.sample(wide.on(0, c.s.Invert), wide.w, image.Rect(0, 0, 8, 4))[:len(c.want)]; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
	if got := (Shape{Side: 4, Fit: Whole}).sample(wide.shade, wide.w, image.Rect(0, 0, 8, 4))[4:8]; !slices.Equal(got, []byte{17, 35, 55, 73}) {
		t.Errorf("whole, the second row: %v", got)
	}
	if got := (Shape{Side: 1, Fit: Crop}).sample(wide.shade, wide.w, image.Rect(2, 1, 4, 3)); !slices.Equal(got, []byte{35}) {
		t.Errorf("a part: %v", got)
	}
}

// A picture of the sample's size is the sample, byte for byte; larger ones keep their mean, and none goes beyond its shades.
func TestScalingKeepsWhatThereIs(t *testing.T) {
	stream := rng.New(1, "shades")
	shades := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(40 + stream.IntN(100))
		}
		return b
	}
	same := shades(28 * 28)
	if got := (Shape{Side: 28, Fit: Crop}).sample(same, 28, image.Rect(0, 0, 28, 28)); !slices.Equal(got, same) {
		t.Error("a picture of the sample's size was changed")
	}
	mean := func(b []byte) float64 {
		sum := 0
		for _, v := range b {
			sum += int(v)
		}
		return float64(sum) / float64(len(b))
	}
	for _, side := range []int{29, 40, 56, 300} {
		m := shades(side * side)
		got := (Shape{Side: 28, Fit: Crop}).sample(m, side, image.Rect(0, 0, side, side))
		if slices.Min(got) < 40 || slices.Max(got) > 140 || math.Abs(mean(got)-mean(m)) > 2 {
			t.Errorf("of %d×%d pixels: from %d to %d, mean %.1f and not %.1f", side, side, slices.Min(got), slices.Max(got), mean(got), mean(m))
		}
	}
}

// file is a picture as a PNG file's bytes.
func file(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// put writes files, by path, into a new folder.
func put(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// readIn reads a folder as 4×4 squares.
func readIn(t *testing.T, dir string, r Reader) (*data.Set, *Report) {
	t.Helper()
	r.Side, r.Fit = 4, Crop
	set, rep, err := r.Folder(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return set, rep
}

// drawn is transparent but for a square of that shade.
func drawn(shade uint8) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 4, 4))
	for i := range 4 {
		m.Set(1+i%2, 1+i/2, color.NRGBA{shade, shade, shade, 255})
	}
	return m
}

// Behind what is transparent lies the ground that was asked for, or the one that the ink differs from.
func TestGround(t *testing.T) {
	for what, c := range map[string]struct {
		ink    uint8
		ground string
		corner uint8
		says   string
	}{
		"black ink":            {0, "auto", 255, "on white, since"},
		"white ink":            {255, "auto", 0, "on black, since"},
		"white ink, on white":  {255, "white", 255, "on white"},
		"black ink, on black":  {0, "black", 0, "on black"},
		"black ink, on colour": {0, "#808080", 128, "shade 128"},
	} {
		g, err := ParseGround(c.ground)
		if err != nil {
			t.Fatal(err)
		}
		set, rep := readIn(t, put(t, map[string][]byte{"a.png": file(t, drawn(c.ink)), "b.png": file(t, drawn(c.ink))}), Reader{Ground: g})
		if p := set.Pixels(1); p[0] != c.corner || p[5] != c.ink {
			t.Errorf("%s: corner %d and ink %d, want %d and %d", what, p[0], p[5], c.corner, c.ink)
		}
		if !strings.Contains(rep.String(), c.says) || !strings.Contains(rep.String(), "2 transparent") {
			t.Errorf("%s: the report says %q", what, rep)
		}
	}
	for _, bad := range []string{"", "grey", "#12", "#12345g", "123456"} {
		if _, err := ParseGround(bad); err == nil || !strings.Contains(err.Error(), "data-background") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Black ink on a transparent ground, as a drawing program saves it, is no black square.
func TestBlackInkIsSeen(t *testing.T) {
	b, err := os.ReadFile("testdata/ink-on-nothing.png")
	if err != nil {
		t.Fatal(err)
	}
	set, _ := readIn(t, put(t, map[string][]byte{"a.png": b, "b.png": b}), Reader{Ground: Ground{Auto: true}})
	if flat(set.Pixels(0)) {
		t.Errorf("the picture is all of shade %d", set.Pixels(0)[0])
	}
}

// Every orientation that EXIF knows leads back to the same upright picture; a file of a camera is turned as it says.
func TestUpright(t *testing.T) {
	upright := plane{w: 2, h: 3, shade: []uint8{1, 2, 3, 4, 5, 6}}
	for o, stored := range map[int]plane{
		1: upright,
		2: {w: 2, h: 3, shade: []uint8{2, 1, 4, 3, 6, 5}},
		3: {w: 2, h: 3, shade: []uint8{6, 5, 4, 3, 2, 1}},
		4: {w: 2, h: 3, shade: []uint8{5, 6, 3, 4, 1, 2}},
		5: {w: 3, h: 2, shade: []uint8{1, 3, 5, 2, 4, 6}},
		6: {w: 3, h: 2, shade: []uint8{2, 4, 6, 1, 3, 5}},
		7: {w: 3, h: 2, shade: []uint8{6, 4, 2, 5, 3, 1}},
		8: {w: 3, h: 2, shade: []uint8{5, 3, 1, 6, 4, 2}},
	} {
		if got := stored.turned(o); got.w != 2 || !slices.Equal(got.shade, upright.shade) {
			t.Errorf("orientation %d: %v", o, got)
		}
	}
	rep := new(Report)
	p, err := rep.decode("testdata/orientation-6.jpg")
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("testdata/orientation-6.jpg")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, _, err := image.DecodeConfig(f)
	if err != nil || p.w != c.Height || p.h != c.Width || rep.Turned != 1 {
		t.Errorf("a file of %d×%d became %d×%d, %d turned: %v", c.Width, c.Height, p.w, p.h, rep.Turned, err)
	}
}

// What is no EXIF at all, or breaks off, leaves a picture as it is.
func FuzzOrientation(f *testing.F) {
	b, err := os.ReadFile("testdata/orientation-6.jpg")
	if err != nil {
		f.Fatal(err)
	}
	for n := 0; n < len(b); n += 7 {
		f.Add(b[:n])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if o := orientation(bytes.NewReader(b)); o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
	})
}
