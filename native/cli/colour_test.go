package cli

import (
	"bytes"
	"fmt"
	"image/gif"
	"image/png"
	"path/filepath"
	"testing"

	"ganvas/core/img/imgfile"
	"ganvas/core/sample"
)

// A run on pictures in colour shows its samples in colour: at the end of each epoch, in the animation, and in every file that
// generate writes, with the same values in each.
func TestColourIsSeen(t *testing.T) {
	dir := t.TempDir()
	shape := sample.Shape{Channels: 3, Height: 6, Width: 5}
	var pictures []byte
	for i := range 12 {
		for _, v := range []byte{250, 60, 5} { // red, some green, hardly any blue
			pictures = append(pictures, bytes.Repeat([]byte{v - byte(i%5)}, shape.Area())...)
		}
	}
	data, out := filepath.Join(dir, "x.npy"), filepath.Join(dir, "run")
	write(t, data, imgfile.NPY(pictures, shape))
	must(t, ownFlags(out, "--data", data, "--epochs", "2")...)

	sheet, err := png.Decode(bytes.NewReader(read(t, filepath.Join(out, samplesFolder, pictureName(2)))))
	if err != nil {
		t.Fatal(err)
	}
	film, err := gif.DecodeAll(bytes.NewReader(read(t, filepath.Join(out, gifFile))))
	if err != nil || len(film.Image) < 2 || film.Image[len(film.Image)-1].Bounds() != sheet.Bounds() {
		t.Fatalf("the animation: %v", err)
	}
	coloured := 0
	for i := range sheet.Bounds().Dx() * sheet.Bounds().Dy() {
		x, y := i%sheet.Bounds().Dx(), i/sheet.Bounds().Dx()
		r, g, b, _ := sheet.At(x, y).RGBA()
		if r != g || g != b {
			coloured++
		}
		fr, fg, fb, _ := film.Image[len(film.Image)-1].At(x, y).RGBA()
		for k, d := range []int{int(fr>>8) - int(r>>8), int(fg>>8) - int(g>>8), int(fb>>8) - int(b>>8)} {
			if d < -48 || d > 48 {
				t.Fatalf("colour %d of (%d, %d) is %d off in the animation", k, x, y, d)
			}
		}
	}
	if 2*coloured < sheet.Bounds().Dx()*sheet.Bounds().Dy() {
		t.Errorf("%d pixels of the samples are coloured", coloured)
	}

	made := func(name string, more ...string) []byte {
		t.Helper()
		path := filepath.Join(dir, name)
		must(t, append([]string{"generate", "--engine", "go", "--weights", filepath.Join(out, checkpointFile), "--out", path}, more...)...)
		return read(t, path)
	}
	values := made("one.npy", "--count", "1")
	if !bytes.Contains(values, []byte(fmt.Sprintf("'shape': (1, %d, %d, 3)", shape.Height, shape.Width))) {
		t.Errorf("the NumPy file begins %q", values[:80])
	}
	values = values[len(values)-shape.Size():]
	one, err := png.Decode(bytes.NewReader(made("one.png", "--count", "1")))
	if err != nil || one.Bounds().Dx() != shape.Width || one.Bounds().Dy() != shape.Height {
		t.Fatalf("one sample is a picture of %v: %v", one.Bounds(), err)
	}
	for i := range shape.Area() {
		r, g, b, _ := one.At(i%shape.Width, i/shape.Width).RGBA()
		if got := []byte{byte(r >> 8), byte(g >> 8), byte(b >> 8)}; !bytes.Equal(got, values[3*i:][:3]) {
			t.Fatalf("pixel %d is %v in the picture and %v in the numbers", i, got, values[3*i:][:3])
		}
	}
	beside, err := png.Decode(bytes.NewReader(made("near.png", "--count", "4", "--nearest", "--data", data, "--scale", "1")))
	if err != nil || beside.Bounds().Dx() != 2+4*(shape.Width+2) || beside.Bounds().Dy() != 2+2*(shape.Height+2) {
		t.Fatalf("four pairs are a picture of %v: %v", beside.Bounds(), err)
	}
	for i := range 4 {
		r, g, b, _ := beside.At(2+(2*(i%2)+1)*(shape.Width+2), 2+i/2*(shape.Height+2)).RGBA()
		if off := 250 - r>>8; off > 4 || g>>8 != 60-off || b>>8 != 5-off {
			t.Errorf("beside image %d is a picture of %d, %d, %d, which none of the data is", i, r>>8, g>>8, b>>8)
		}
	}
	sentence(t, []string{"generate", "--weights", filepath.Join(out, checkpointFile), "--nearest", "--out", filepath.Join(dir, "x.png")}, "--data")
	sentence(t, []string{"generate", "--weights", filepath.Join(out, checkpointFile), "--nearest", "--data", data, "--out", filepath.Join(dir, "x.gif")}, "--nearest", ".png")
	sentence(t, []string{"generate", "--weights", filepath.Join(out, checkpointFile), "--data", data, "--out", filepath.Join(dir, "x.png")}, "--nearest")
	if g, err := gif.DecodeAll(bytes.NewReader(made("x.gif", "--count", "3"))); err != nil || len(g.Image) != 3 {
		t.Errorf("three samples one a frame: %v", err)
	}
}
