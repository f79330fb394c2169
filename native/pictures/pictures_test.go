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
	wide, _ := planeOf(striped(8, 4), false)
	for what, c := range map[string]struct {
		f    Form
		want []byte // the first row
	}{
		"the middle":      {Form{Width: 4, Height: 4, Fit: Crop}, []byte{30, 40, 50, 60}},
		"half its size":   {Form{Width: 2, Height: 2, Fit: Crop}, []byte{37, 53}},
		"squeezed":        {Form{Width: 4, Height: 4, Fit: Stretch}, []byte{17, 35, 55, 73}},
		"whole, a margin": {Form{Width: 4, Height: 4, Fit: Whole}, []byte{0, 0, 0, 0}},
		"inverted":        {Form{Width: 4, Height: 4, Fit: Crop, Invert: true}, []byte{225, 215, 205, 195}},
		"inverted margin": {Form{Width: 4, Height: 4, Fit: Whole, Invert: true}, []byte{0, 0, 0, 0}},
		"doubled":         {Form{Width: 8, Height: 8, Fit: Crop}, []byte{30, 32, 37, 42, 47, 52, 57, 60}},
		"as it is":        {Form{Width: 8, Height: 4, Fit: Crop}, []byte{10, 20, 30, 40, 50, 60, 70, 80}},
		"a high piece":    {Form{Width: 2, Height: 4, Fit: Crop}, []byte{40, 50}},
		"a broad piece":   {Form{Width: 8, Height: 2, Fit: Crop}, []byte{10, 20, 30, 40, 50, 60, 70, 80}},
		"beside a margin": {Form{Width: 10, Height: 4, Fit: Whole}, []byte{0, 10, 20, 30, 40, 50, 60, 70, 80, 0}},
	} {
		c.f.Channels = Gray
		if got := c.f.sample(wide, image.Rect(0, 0, 8, 4), [3]uint8{})[:len(c.want)]; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
	square := func(side int, fit Fit) Form { return Form{Width: side, Height: side, Fit: fit} }
	if got := square(4, Whole).scale(wide.colours[0], wide.w, image.Rect(0, 0, 8, 4))[4:8]; !slices.Equal(got, []byte{17, 35, 55, 73}) {
		t.Errorf("whole, the second row: %v", got)
	}
	if got := square(1, Crop).scale(wide.colours[0], wide.w, image.Rect(2, 1, 4, 3)); !slices.Equal(got, []byte{35}) {
		t.Errorf("a part: %v", got)
	}
}

// A sample in colour is one channel after the other; transparency is kept, or gives way to the ground.
func TestColours(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	m.SetNRGBA(0, 0, color.NRGBA{200, 100, 0, 255})
	m.SetNRGBA(1, 0, color.NRGBA{200, 100, 50, 51})
	p, colour := planeOf(m, true)
	if !colour {
		t.Error("no colour was seen")
	}
	for _, c := range []struct {
		f      Form
		ground [3]uint8
		want   []byte
	}{
		{Form{Channels: Colour}, [3]uint8{}, []byte{200, 40, 100, 20, 0, 10}},
		{Form{Channels: Colour}, [3]uint8{255, 0, 100}, []byte{200, 244, 100, 20, 0, 90}},
		{Form{Channels: Colour, Invert: true}, [3]uint8{}, []byte{55, 215, 155, 235, 255, 245}},
		{Form{Channels: Alpha}, [3]uint8{1, 2, 3}, []byte{200, 200, 100, 100, 0, 50, 255, 51}},
		{Form{Channels: Alpha, Invert: true}, [3]uint8{}, []byte{55, 55, 155, 155, 255, 205, 255, 51}},
	} {
		c.f.Width, c.f.Height, c.f.Fit = 2, 1, Crop
		if got := c.f.sample(p, image.Rect(0, 0, 2, 1), c.ground); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.f, got, c.want)
		}
	}
	// What is not seen has no weight where pixels become fewer.
	m.SetNRGBA(1, 0, color.NRGBA{0, 255, 0, 0})
	p, _ = planeOf(m, true)
	if got := (Form{Channels: Alpha, Width: 1, Height: 1, Fit: Stretch}).sample(p, image.Rect(0, 0, 2, 1), white); !slices.Equal(got[:2], []byte{201, 100}) || got[3] < 120 || got[3] > 135 {
		t.Errorf("half of a pixel that is seen: %v", got)
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
	form := Form{Width: 28, Height: 28, Fit: Crop}
	same := shades(28 * 28)
	if got := form.scale(same, 28, image.Rect(0, 0, 28, 28)); !slices.Equal(got, same) {
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
		got := form.scale(m, side, image.Rect(0, 0, side, side))
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
	r.Form = Form{Channels: Gray, Width: 4, Height: 4, Fit: Crop}
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
		"black ink, on colour": {0, "#808080", 128, "on #808080"},
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
	if flat(set.Pixels(0), 16) {
		t.Errorf("the picture is all of shade %d", set.Pixels(0)[0])
	}
}

// Every orientation that EXIF knows leads back to the same upright picture; a file of a camera is turned as it says.
func TestUpright(t *testing.T) {
	stored := func(w, h int, values ...uint8) plane { return plane{w: w, h: h, colours: [][]uint8{values}} }
	for o, p := range map[int]plane{
		1: stored(2, 3, 1, 2, 3, 4, 5, 6),
		2: stored(2, 3, 2, 1, 4, 3, 6, 5),
		3: stored(2, 3, 6, 5, 4, 3, 2, 1),
		4: stored(2, 3, 5, 6, 3, 4, 1, 2),
		5: stored(3, 2, 1, 3, 5, 2, 4, 6),
		6: stored(3, 2, 2, 4, 6, 1, 3, 5),
		7: stored(3, 2, 6, 4, 2, 5, 3, 1),
		8: stored(3, 2, 5, 3, 1, 6, 4, 2),
	} {
		if got := p.turn(o); got.w != 2 || got.h != 3 || !slices.Equal(got.colours[0], []uint8{1, 2, 3, 4, 5, 6}) {
			t.Errorf("orientation %d: %v", o, got)
		}
	}
	p, err := decode(onDisk{}, "testdata/orientation-6.jpg", false)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("testdata/orientation-6.jpg")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, _, err := image.DecodeConfig(f)
	if err != nil || p.w != c.Height || p.h != c.Width || !p.turned {
		t.Errorf("a file of %d×%d became %d×%d, turned: %v, %v", c.Width, c.Height, p.w, p.h, p.turned, err)
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
