package cli

import (
	"bytes"
	"errors"
	"image"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const conditional = "../../www/weights/conditional.safetensors"

// One sample is a picture of its own size, its pixels those of the NumPy file; more are a sheet, larger where that is
// asked for.
func TestPictureSizes(t *testing.T) {
	dir := t.TempDir()
	made := func(name string, more ...string) []byte {
		t.Helper()
		path := filepath.Join(dir, name)
		must(t, append([]string{"generate", "--engine", "go", "--weights", conditional, "--out", path}, more...)...)
		return read(t, path)
	}
	decoded := func(b []byte) image.Image {
		t.Helper()
		m, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	one, values := decoded(made("one.png", "--count", "1")), made("one.npy", "--count", "1")
	if one.Bounds() != image.Rect(0, 0, 28, 28) {
		t.Fatalf("one sample is a picture of %v", one.Bounds())
	}
	for i, v := range values[len(values)-784:] {
		if r, _, _, _ := one.At(i%28, i/28).RGBA(); byte(r>>8) != v {
			t.Fatalf("pixel %d is %d in the picture and %d in the numbers", i, r>>8, v)
		}
	}
	for _, c := range []struct {
		want image.Point
		more []string
	}{
		{image.Pt(84, 84), []string{"--count", "1", "--scale", "3"}},
		{image.Pt(2*58+2, 2*58+2), []string{"--count", "4"}},
		{image.Pt(2*30+2, 2*30+2), []string{"--count", "4", "--scale", "1"}},
		{image.Pt(28, 28), []string{"--write", "7", "--count", "1"}},
		{image.Pt(4*58+2, 58+2), []string{"--write", "2026", "--count", "1"}},
	} {
		if got := decoded(made("x.png", c.more...)).Bounds().Size(); got != c.want {
			t.Errorf("%v: a picture of %v, want %v", c.more, got, c.want)
		}
	}
	film, err := gif.DecodeAll(bytes.NewReader(made("x.gif", "--count", "2", "--scale", "2")))
	if err != nil || len(film.Image) != 2 || film.Config.Width != 56 {
		t.Errorf("an animation at scale 2: %+v, %v", film.Config, err)
	}
	other := func(more ...string) []string {
		return append([]string{"generate", "--engine", "go", "--weights", conditional, "--out", filepath.Join(dir, "y.png")}, more...)
	}
	sentence(t, other("--scale", "-1"), "scale is -1", "1 to 64")
	sentence(t, other("--scale", "65"), "scale is 65", "1 to 64")
	sentence(t, other("--scale", "64", "--count", "1000000"), "count", "scale", "pixels")
	sentence(t, other("--format", "npy", "--scale", "2"), "--scale")
	sentence(t, other("--format", "pgn"), "did you mean png?")
	sentence(t, []string{"generate", "--weights", conditional, "--out", filepath.Join(dir, "digits")}, ".png", "--format")
}

// A picture on stdout is a picture alone, and so are arrays: words go to stderr.
func TestPictureOnStdout(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.png")
	must(t, "generate", "--engine", "go", "--weights", conditional, "--count", "3", "--out", file)
	code, out, errs := ganvas("generate", "--engine", "go", "--weights", conditional, "--count", "3", "--out", "-")
	if code != 0 || out != string(read(t, file)) || errs == "" {
		t.Errorf("exit code %d, %d bytes, %q", code, len(out), errs)
	}
	for format, begins := range map[string]string{"gif": "GIF89a", "npy": "\x93NUMPY", "PNG": "\x89PNG"} {
		if code, out, _ := ganvas("generate", "--engine", "go", "--weights", conditional, "--count", "2", "--out", "-", "--format", format); code != 0 || out[:len(begins)] != begins {
			t.Errorf("%s begins %q", format, out[:min(8, len(out))])
		}
	}
	var said bytes.Buffer
	array := filepath.Join(t.TempDir(), "x.npz")
	must(t, "export", "--engine", "go", "--weights", conditional, "--to", "npz", "--out", array)
	if code, out, errs := ganvas("export", "--engine", "go", "--weights", conditional, "--to", "npz", "--out", "-"); code != 0 || out != string(read(t, array)) || errs == "" {
		t.Errorf("arrays on stdout: exit code %d, %d bytes, %q", code, len(out), errs)
	}
	sentence(t, []string{"export", "--engine", "go", "--weights", conditional, "--to", "pytorch", "--out", "-"}, "a folder")
	if _, err := os.Stat("-"); err == nil {
		t.Error("there is a file of the name -")
	}
	if code := Main([]string{"generate", "--engine", "go", "--weights", conditional, "--out", "-"}, full{}, &said); code != 1 || !strings.Contains(said.String(), "stdout cannot be written: the disk is full") {
		t.Errorf("a full disk behind stdout: %d, %q", code, said.String())
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if code := Main([]string{"generate", "--engine", "go", "--weights", conditional, "--out", "-"}, null, &said); code != 0 {
		t.Errorf("thrown away: %s", said.String())
	}
}

// What a command says is what it was for: where that cannot be written it has failed.
func TestFullStdout(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run")
	for _, args := range [][]string{
		{"verify", "--engine", "go", "../../core/trace/testdata/mlp-bce.safetensors"},
		{"bench", "--engine", "go", "--preset", "ring-2d", "--steps", "1"},
		{"completion", "bash"},
		{"--version"},
		{"help"},
		{"train", "--engine", "go", "--preset", "ring-2d", "--batch", "4096", "--epochs", "1", "--out", out},
		{"eval", "--engine", "go", "--weights", filepath.Join(out, generatorFile)},
		{"eval", "--engine", "go", "--weights", filepath.Join(out, generatorFile), "--json"},
	} {
		var said bytes.Buffer
		if code := Main(args, full{}, &said); code != 1 || strings.Count(said.String(), "the disk is full") != 1 {
			t.Errorf("%v: exit code %d, %q", args, code, said.String())
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }
