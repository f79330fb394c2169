package cli

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// put writes files, by path, into a new folder.
func put(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		write(t, path, b)
	}
	return dir
}

// dotted is n pictures of w × h of which each has another shade.
func dotted(t *testing.T, n, w, h int) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for i := range n {
		m := image.NewNRGBA(image.Rect(0, 0, w, h))
		for k := range w * h {
			m.SetNRGBA(k%w, k/w, color.NRGBA{uint8(20 * i), uint8(200 - 10*i), uint8(k), 255})
		}
		files[fmt.Sprintf("p%02d.png", i)] = encoded(t, m)
	}
	return files
}

func encoded(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// announces is a PNG file whose header tells of w × h pixels.
func announces(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 2, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
	return append(b, "\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e\x00\x00\x00\x00IEND\xae\x42\x60\x82"...)
}

// What people have beside good pictures: each is refused or left out in one sentence that names it, and no run is begun.
func TestTheWorstPictures(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run")
	whole := encoded(t, image.NewGray(image.Rect(0, 0, 40, 40)))
	for what, b := range map[string][]byte{
		"more than the 50 million that are decoded": announces(65_535, 65_535),
		"empty":             nil,
		"cut short":         whole[:len(whole)/2],
		"PDF inside":        []byte("%PDF-1.7"),
		"SVG inside":        []byte("<svg xmlns=''/>"),
		"HEIC inside":       []byte("\x00\x00\x00\x18ftypheic----"),
		"no picture inside": []byte("words"),
	} {
		files := dotted(t, 8, 12, 12)
		files["bad.png"] = b
		sentence(t, ownFlags(out, "--data", put(t, files), "--max-bad", "0"), "bad.png", what, "--skip-bad")
	}
	refuse := func(says string, files map[string][]byte, more ...string) {
		t.Helper()
		sentence(t, ownFlags(out, append([]string{"--data", put(t, files)}, more...)...), says)
	}
	equal, clear := map[string][]byte{}, map[string][]byte{}
	for i := range 8 {
		equal[fmt.Sprint(i, ".png")], clear[fmt.Sprint(i, ".png")] = whole, encoded(t, image.NewNRGBA(image.Rect(0, 0, 9, 9)))
	}
	refuse("are equal", equal)
	refuse("are equal", clear)
	refuse("are equal", clear, "--data-channels", "alpha")
	refuse("3 samples", dotted(t, 3, 12, 12), "--batch", "6")

	archive := func(name string, fill func(z *zip.Writer)) string {
		t.Helper()
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		fill(z)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), name)
		write(t, path, b.Bytes())
		return path
	}
	into := func(z *zip.Writer, name string, b []byte) {
		t.Helper()
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	small := encoded(t, image.NewGray(image.Rect(0, 0, 2, 2)))
	many := archive("many.zip", func(z *zip.Writer) {
		for i := range 100_000 {
			into(z, fmt.Sprintf("%d.png", i), small)
		}
	})
	sentence(t, ownFlags(out, "--data", many, "--data-side", "64", "--data-channels", "colour"), "100000 pictures", "--data-side")
	bomb := archive("bomb.zip", func(z *zip.Writer) {
		into(z, "a.png", small)
		into(z, "b.png", make([]byte, 128<<20+1))
	})
	sentence(t, ownFlags(out, "--data", bomb), "b.png", "128 MiB")
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused run left its folder behind")
	}
}

// What is only unusual is trained on.
func TestUnusualPictures(t *testing.T) {
	out := t.TempDir()
	good := func(name, says string, files map[string][]byte, more ...string) {
		t.Helper()
		code, _, told := ganvas(ownFlags(filepath.Join(out, name), append([]string{"--data", put(t, files)}, more...)...)...)
		if code != 0 || !strings.Contains(told, says) {
			t.Errorf("%s: exit code %d; %q is not in\n%s", name, code, says, told)
		}
	}
	good("pixels", "12 pictures of 16×16 in colour", dotted(t, 12, 1, 1))
	good("three", "3 pictures of 12×12 in colour", dotted(t, 3, 12, 12), "--batch", "3")
	long := dotted(t, 8, 12, 12)
	long["long.png"] = encoded(t, image.NewGray(image.Rect(0, 0, 50_000, 3)))
	good("long", "scaled from sides of 3 to 50000", long)
	film := gif.GIF{Delay: []int{1, 1, 1}}
	for k := range film.Delay {
		m := image.NewPaletted(image.Rect(0, 0, 12, 12), color.Palette{color.White, color.Black, color.NRGBA{250, 0, 0, 255}})
		for i := range m.Pix {
			m.Pix[i] = uint8((i/12 + k) % 3)
		}
		film.Image = append(film.Image, m)
	}
	var moving bytes.Buffer
	if err := gif.EncodeAll(&moving, &film); err != nil {
		t.Fatal(err)
	}
	films := map[string][]byte{"a.gif": moving.Bytes(), "b.gif": moving.Bytes(), "still.png": encoded(t, film.Image[0])}
	good("frames", "7 pictures of 12×12 in colour", films, "--data-frames")
	for _, fit := range []string{"crop", "whole", "stretch"} {
		good(fit, "8 pictures of 16×8", dotted(t, 8, 40, 12), "--data-fit", fit, "--data-side", "16x8")
	}
	var b bytes.Buffer
	m := image.NewRGBA(image.Rect(0, 0, 12, 12))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 5)
	}
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	names := dotted(t, 6, 12, 12)
	for _, name := range []string{"图片.png", "صورة.png", "картинка ё.png", "🙂 'quoted'; $x.png", "a JPEG.png"} {
		names[name] = b.Bytes()
	}
	good("names", "11 pictures of 12×12", names)
	deep := map[string][]byte{}
	for name, b := range dotted(t, 6, 12, 12) {
		deep[filepath.Join("a", "b", "c", "d", "e", name)] = b
	}
	deep[strings.Repeat("x/", 20)+"far.png"] = b.Bytes()
	good("deep", "6 pictures of 12×12", deep)
}
