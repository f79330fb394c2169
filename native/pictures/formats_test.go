package pictures

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/core/sample"
)

// halves is every kind of file in testdata that shows 8×8 pixels, red above and blue below.
func halves(t *testing.T) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("testdata/halves*")
	if err != nil || len(paths) < 8 {
		t.Fatal(paths, err)
	}
	files := map[string][]byte{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = b
	}
	return files
}

// pngs is PNG files of the depths that encoders choose by how many colours there are, each of the same halves.
func pngs(t *testing.T) map[string][]byte {
	t.Helper()
	red, blue, at := color.NRGBA{200, 40, 40, 255}, color.NRGBA{40, 80, 200, 255}, image.Rect(0, 0, 8, 8)
	deep := image.NewNRGBA64(at)
	flat := image.NewNRGBA(at)
	files := map[string][]byte{}
	for i := range 64 {
		c := red
		if i >= 32 {
			c = blue
		}
		deep.Set(i%8, i/8, c)
		flat.SetNRGBA(i%8, i/8, c)
	}
	for name, colours := range map[string]int{"1-bit.png": 2, "4-bit.png": 16, "8-bit.png": 200} {
		palette := color.Palette{red, blue}
		for k := 2; k < colours; k++ {
			palette = append(palette, color.NRGBA{uint8(k), uint8(k), uint8(k), 255})
		}
		m := image.NewPaletted(at, palette)
		for i := range m.Pix[32:] {
			m.Pix[32+i] = 1
		}
		files[name] = file(t, m)
	}
	files["16-bit.png"], files["true.png"] = file(t, deep), file(t, flat)
	for name, depth := range map[string]byte{"1-bit.png": 1, "4-bit.png": 4, "8-bit.png": 8, "16-bit.png": 16, "true.png": 8} {
		if b := files[name]; b[24] != depth {
			t.Fatalf("%s has %d bits", name, b[24])
		}
	}
	return files
}

// grayAlpha is a PNG file of 4×4 in gray with alpha, of that depth: bright and opaque above, clear below.
func grayAlpha(t *testing.T, depth int) []byte {
	t.Helper()
	var b, rows bytes.Buffer
	chunk := func(name string, data []byte) {
		whole := append([]byte(name), data...)
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
		b.Write(binary.BigEndian.AppendUint32(whole, crc32.ChecksumIEEE(whole)))
	}
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk("IHDR", []byte{0, 0, 0, 4, 0, 0, 0, 4, byte(depth), 4, 0, 0, 0})
	z := zlib.NewWriter(&rows)
	for y := range 4 {
		row := []byte{0}
		for range 4 {
			opaque := byte(255 * (1 - y/2))
			row = append(row, bytes.Repeat([]byte{210}, depth/8)...)
			row = append(row, bytes.Repeat([]byte{opaque}, depth/8)...)
		}
		if _, err := z.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	chunk("IDAT", rows.Bytes())
	chunk("IEND", nil)
	return b.Bytes()
}

// Gray with transparency is gray, on a ground, at either depth.
func TestGrayWithAlpha(t *testing.T) {
	for _, depth := range []int{8, 16} {
		one := grayAlpha(t, depth)
		set, rep, err := Reader{Form: Form{Channels: Any, Width: 4, Height: 4, Fit: Crop}, Ground: Ground{Auto: true}}.Folder(t.Context(), put(t, map[string][]byte{"a.png": one, "b.png": one}))
		if err != nil {
			t.Fatalf("%d bits: %v", depth, err)
		}
		if p := set.Pixels(0); set.Shape() != sample.Gray(4, 4) || p[0] != 210 || p[15] != 0 || !strings.Contains(rep.String(), "2 transparent, on black") {
			t.Errorf("%d bits: %v of %v: %s", depth, p, set.Shape(), rep)
		}
	}
}

var auto = Form{Channels: Any, Fit: Crop}

// Every format gives the same picture in colour, at the size that all have; of what moves it is the first frame.
func TestFormats(t *testing.T) {
	files := together(halves(t), pngs(t))
	set, rep, err := Reader{Form: auto}.Folder(t.Context(), put(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if want := (sample.Shape{Channels: 3, Height: 8, Width: 8}); set.Len() != len(files) || set.Shape() != want || rep.Colour != len(files) {
		t.Fatalf("%d pictures of %v, %d of them in colour", set.Len(), set.Shape(), rep.Colour)
	}
	for i, name := range slices.Sorted(maps.Keys(files)) {
		p := set.Pixels(i)
		for at, want := range map[int]int{0: 200, 63: 40, 64: 40, 127: 80, 128: 40, 191: 200} { // corners of red, green, blue
			if d := int(p[at]) - want; d < -12 || d > 12 { // JPEG's
				t.Errorf("%s: value %d is %d, want %d", name, at, p[at], want)
			}
		}
	}
	if says := rep.String(); says != "" {
		t.Errorf("it says %q", says)
	}
}

// What the form leaves open is chosen by what the pictures are.
func TestAuto(t *testing.T) {
	coloured := func(w, h int) []byte {
		m := image.NewNRGBA(image.Rect(0, 0, w, h))
		for i := range w * h {
			m.SetNRGBA(i%w, i/w, color.NRGBA{uint8(i), 20, 200, 255})
		}
		return file(t, m)
	}
	gray := func(w, h int) []byte { return file(t, striped(w, h)) }
	several := func(n int, of []byte) map[string][]byte {
		files := map[string][]byte{}
		for i := range n {
			files[string(rune('a'+i))+".png"] = of
		}
		return files
	}
	for what, c := range map[string]struct {
		files map[string][]byte
		form  Form
		want  sample.Shape
		says  string
	}{
		"gray of one size":     {several(3, gray(20, 20)), auto, sample.Gray(20, 20), ""},
		"broad ones":           {several(3, gray(40, 24)), auto, sample.Gray(24, 40), ""},
		"an odd size":          {several(3, gray(27, 27)), auto, sample.Gray(24, 24), "scaled from 27×27"},
		"large":                {several(3, gray(300, 200)), auto, sample.Gray(32, 32), "scaled from sides of 200 to 300"},
		"tiny":                 {several(3, gray(5, 9)), auto, sample.Gray(16, 16), "scaled from sides of 5 to 9"},
		"in colour":            {several(3, coloured(16, 16)), auto, sample.Shape{Channels: 3, Height: 16, Width: 16}, ""},
		"one of ten in colour": {together(several(9, gray(16, 16)), map[string][]byte{"x.png": coloured(16, 16)}), auto, sample.Shape{Channels: 3, Height: 16, Width: 16}, "1 in colour and 9 gray"},
		"one of eleven":        {together(several(10, gray(16, 16)), map[string][]byte{"x.png": coloured(16, 16)}), auto, sample.Gray(16, 16), "1 in colour and 10 gray, all made gray"},
		"made gray":            {several(3, coloured(16, 16)), Form{Channels: Gray, Fit: Crop}, sample.Gray(16, 16), "colour made gray"},
		"a size that is said":  {several(3, coloured(16, 16)), Form{Channels: Alpha, Width: 12, Height: 8, Fit: Crop}, sample.Shape{Channels: 4, Height: 8, Width: 12}, "scaled from 16×16"},
		"like a run's":         {several(3, coloured(16, 16)), auto.Like(sample.Gray(28, 28)), sample.Gray(28, 28), "colour made gray, scaled from 16×16"},
	} {
		set, rep, err := Reader{Form: c.form}.Folder(t.Context(), put(t, c.files))
		if err != nil || set.Shape() != c.want || rep.String() != c.says {
			t.Errorf("%s: %v, %q: %v", what, set.Shape(), rep, err)
		}
	}
}

func TestSides(t *testing.T) {
	for s, want := range map[string][2]int{"auto": {}, "28": {28, 28}, "48x32": {48, 32}, "48×32": {48, 32}, "4": {4, 4}, "512": {512, 512}} {
		if w, h, err := ParseSide(s); err != nil || w != want[0] || h != want[1] {
			t.Errorf("%s: %d×%d, %v", s, w, h, err)
		}
	}
	for _, s := range []string{"0", "3", "513", "-8", "big", "8x", "x8", "8x8x8", "1e2", "99999999999999999999"} {
		if _, _, err := ParseSide(s); err == nil || !strings.Contains(err.Error(), "data-side") {
			t.Errorf("%s: %v", s, err)
		}
	}
}

// archive is a ZIP file of others.
func archive(t *testing.T, files map[string][]byte) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(files[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "album.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// An archive is read as the folder that was packed, and no name in it leads anywhere else.
func TestZip(t *testing.T) {
	files := together(some(t, 2, "photos/cats"), some(t, 3, "photos/dogs"))
	set, rep, err := Reader{Form: auto}.Zip(t.Context(), archive(t, together(files, map[string][]byte{
		"../../out.png": file(t, striped(9, 9)), "/top.png": file(t, striped(9, 9)), "__MACOSX/photos/cats/._p0.png": {1}, "photos/cats/notes.txt": []byte("words"), "photos/cats/b.dat": {},
	})))
	if err != nil {
		t.Fatal(err)
	}
	if set.Name() != "album" || set.Len() != 5 || !slices.Equal(rep.Classes, []string{"cats", "dogs"}) {
		t.Errorf("%s: %d pictures in %v", set.Name(), set.Len(), rep.Classes)
	}
	for _, want := range []string{"2 whose names lead out of the archive (out.png, top.png)", "1 hidden", "1 that are no pictures (notes.txt)", "1 empty (b.dat)"} {
		if !strings.Contains(rep.Skipped.String(), want) {
			t.Errorf("left out: %s; want %q", &rep.Skipped, want)
		}
	}
	unpacked, _, err := Reader{Form: auto}.Folder(t.Context(), put(t, files))
	if err != nil || unpacked.Look().Digest != set.Look().Digest {
		t.Errorf("unpacked it is another set: %v", err)
	}
	whole, err := os.ReadFile(archive(t, files))
	if err != nil {
		t.Fatal(err)
	}
	for what, b := range map[string][]byte{"cut short": whole[:len(whole)/2], "empty": nil} {
		path := filepath.Join(t.TempDir(), "bad.zip")
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, _, err := (Reader{Form: auto}).Zip(t.Context(), path); err == nil || !strings.Contains(err.Error(), "bad.zip cannot be read as a ZIP archive") {
			t.Errorf("%s: %v", what, err)
		}
	}
}
