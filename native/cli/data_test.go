package cli

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// picture is a w × h picture whose left part is dark and whose right part is bright, as a PNG file.
func picture(t *testing.T, w, h, bright int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 20
		if i%w >= w-bright {
			m.Pix[i] = 220
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func album(t *testing.T, folders ...string) string {
	t.Helper()
	dir := t.TempDir()
	for k, f := range folders {
		if err := os.MkdirAll(filepath.Join(dir, f), 0o777); err != nil {
			t.Fatal(err)
		}
		for i := range 12 {
			write(t, filepath.Join(dir, f, string(rune('a'+i))+".png"), picture(t, 20+i, 30, 4+k*6))
		}
	}
	return dir
}

// ownFlags is a run that takes a moment, on somebody's own data.
func ownFlags(out string, more ...string) []string {
	return append([]string{"train", "--engine", "go", "--out", out, "--noise", "4", "--generator", "8", "--discriminator", "8", "--batch", "6", "--epochs", "1"}, more...)
}

// Folders of pictures, with and without classes, and a sheet train; the run goes on with the same data, and says what it
// lacks without them.
func TestOwnPictures(t *testing.T) {
	out := t.TempDir()
	flat, sorted := album(t, "."), album(t, "cats", "dogs")
	must(t, ownFlags(filepath.Join(out, "flat"), "--data", flat)...)
	must(t, ownFlags(filepath.Join(out, "sorted"), "--data", sorted, "--conditional", "true", "--data-side", "16", "--data-fit", "whole", "--data-invert")...)
	m := image.NewGray(image.Rect(0, 0, 45, 33))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 7)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	sheet := filepath.Join(out, "sheet.jpg")
	write(t, sheet, b.Bytes())
	must(t, ownFlags(filepath.Join(out, "sheet"), "--data", sheet, "--tile", "15x11")...)

	checkpoint := filepath.Join(out, "sorted", checkpointFile)
	resume := []string{"train", "--engine", "go", "--resume", checkpoint, "--epochs", "2", "--out", filepath.Join(out, "again")}
	sentence(t, resume, "--data")
	sentence(t, append(resume, "--data", sorted), "28×28")
	sentence(t, append(resume, "--data", flat, "--data-side", "16"), "classes")
	must(t, append(resume, "--data", sorted, "--data-side", "16", "--data-fit", "whole", "--data-invert")...)
	made := must(t, "generate", "--engine", "go", "--weights", checkpoint, "--count", "3", "--digit", "1", "--out", filepath.Join(out, "x.png"))
	if !strings.Contains(made, "16×16") {
		t.Errorf("%s", made)
	}
	says := must(t, "eval", "--engine", "go", "--weights", checkpoint, "--data", sorted, "--data-side", "16", "--count", "20")
	if !strings.Contains(says, "not measured") {
		t.Errorf("%s", says)
	}
}

func TestBadPictures(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "run")
	flat := album(t, ".")
	one := filepath.Join(flat, "a.png")
	empty := t.TempDir()
	sentence(t, ownFlags(out, "--data", empty), "PNG or JPEG", "subfolder")
	sentence(t, ownFlags(out, "--data", one), "--tile")
	sentence(t, ownFlags(out, "--data", one, "--tile", "100"), "smaller")
	sentence(t, ownFlags(out, "--data", one, "--tile", "big"), "28 or 32x40")
	sentence(t, ownFlags(out, "--data", flat, "--tile", "8"), "folder")
	sentence(t, ownFlags(out, "--data", flat, "--data-side", "2"), "4 to 512")
	sentence(t, ownFlags(out, "--data", flat, "--conditional", "true"), "labels")
	sentence(t, ownFlags(out, "--data", flat, "--batch", "13"), "12 samples")
	sentence(t, ownFlags(out, "--data", flat, "--dataset", "ring"), "points")
	sentence(t, ownFlags(out, "--dataset", "own"), "--data")
	sentence(t, ownFlags(out, "--tile", "8"), "--data")
	write(t, filepath.Join(flat, "b.png"), []byte("no picture"))
	sentence(t, ownFlags(out, "--data", flat), "b.png", "decoded")
	write(t, filepath.Join(empty, "notes.txt"), []byte("no picture"))
	sentence(t, ownFlags(out, "--data", filepath.Join(empty, "notes.txt")), "neither a folder")
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused run left its folder behind")
	}
}

// Points train, are drawn in one square and measured by their modes.
func TestPoints(t *testing.T) {
	out := filepath.Join(t.TempDir(), "ring")
	must(t, "train", "--engine", "go", "--preset", "ring-2d", "--batch", "2000", "--epochs", "1", "--out", out)
	m, err := png.Decode(bytes.NewReader(read(t, filepath.Join(out, samplesFolder, "epoch-0001.png"))))
	if err != nil || m.Bounds().Dx() != m.Bounds().Dy() || m.Bounds().Dx() < 200 {
		t.Fatalf("%v", err)
	}
	shades := map[color.Color]bool{}
	for i := range m.Bounds().Dx() * m.Bounds().Dy() {
		shades[m.At(i%m.Bounds().Dx(), i/m.Bounds().Dx())] = true
	}
	if len(shades) != 3 {
		t.Errorf("the points' picture has %d shades: it should have ground, real and fake points", len(shades))
	}
	weights := filepath.Join(out, generatorFile)
	if says := must(t, "eval", "--engine", "go", "--weights", weights); !strings.Contains(says, "of 8") {
		t.Errorf("%s", says)
	}
	if says := must(t, "generate", "--engine", "go", "--weights", weights, "--count", "50", "--out", filepath.Join(out, "x.npy")); !strings.HasPrefix(says, "50 points in ") {
		t.Errorf("generating fifty points says %q", says)
	}
}
