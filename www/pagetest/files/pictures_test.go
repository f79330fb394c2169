package files

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"strings"
	"testing"

	"ganvas/www/pagetest"
)

// The page's own PNG and GIF files hold every pixel, whatever is in them: noise, for which codes run out and grow at every
// place, one shade, and a single pixel.
func TestPictureFilesAreExact(t *testing.T) {
	p := pagetest.OpenAt(t, pagetest.Desktop, pagetest.Tables)
	type shape struct{ frames, width, height, levels int }
	shapes := []shape{{1, 1, 1, 256}, {3, 90, 70, 1}, {5, 211, 97, 256}, {2, 300, 200, 3}}
	for _, codes := range []int{1, 254, 766, 1790, 3838, 2 * 3838} { // where codes grow by a bit, or begin anew
		for width := max(1, codes-3); width <= codes+3; width++ {
			shapes = append(shapes, shape{2, width, 1, 256})
		}
	}
	for _, s := range shapes {
		pixels := make([]byte, s.frames*s.width*s.height)
		for i, x := 0, uint32(1); i < len(pixels); i++ {
			x = x*1664525 + 1013904223
			pixels[i] = byte(int(x>>24) % s.levels)
		}
		made := pagetest.Eval[[2]string](p, fmt.Sprintf(`import("./js/pictures/files.js").then(async ({ gif, png }) => {
			const text = (b) => { let s = ""; for (const c of b) s += String.fromCharCode(c); return btoa(s); };
			const pixels = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0));
			const film = {frames: %d, width: %d, height: %d, delay: 7, lastDelay: 300};
			return [text(await png(pixels.subarray(0, film.width * film.height), film.width, film.height)), text(gif(pixels, film))];
		})`, base64.StdEncoding.EncodeToString(pixels), s.frames, s.width, s.height))
		var files [2][]byte
		for i, text := range made {
			b, err := base64.StdEncoding.DecodeString(text)
			if err != nil {
				t.Fatal(err)
			}
			files[i] = b
		}
		still, err := png.Decode(bytes.NewReader(files[0]))
		if err != nil {
			t.Fatalf("%+v: the PNG cannot be read: %v", s, err)
		}
		size := s.width * s.height
		if !bytes.Equal(grays(still), pixels[:size]) {
			t.Errorf("%+v: the PNG, a %T, has other pixels", s, still)
		}
		film, err := gif.DecodeAll(bytes.NewReader(files[1]))
		if err != nil {
			t.Fatalf("%+v: the GIF cannot be read: %v", s, err)
		}
		if len(film.Image) != s.frames || film.LoopCount != 0 || film.Delay[s.frames-1] != 300 || s.frames > 1 && film.Delay[0] != 7 {
			t.Errorf("%+v: the GIF has %d frames, delays %v, loop count %d", s, len(film.Image), film.Delay, film.LoopCount)
		}
		for i, m := range film.Image {
			if !bytes.Equal(m.Pix, pixels[i*size:][:size]) || m.Palette[200] != (color.RGBA{200, 200, 200, 255}) {
				t.Errorf("%+v: frame %d of the GIF differs", s, i)
			}
		}
	}
	too := `import("./js/pictures/files.js").then(({ png }) => png(new Uint8Array(1e6), 1e6, 1)).then(() => "", (e) => e.message)`
	if says := pagetest.Eval[string](p, too); !strings.Contains(says, "no picture of 1000000×1 pixels") {
		t.Errorf("of a picture that no canvas has room for it says %q", says)
	}
	p.NoErrors()
}

// grays are a picture's pixels if all are opaque grays, else nil.
func grays(m image.Image) (shades []byte) {
	b := m.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			red, green, blue, alpha := m.At(x, y).RGBA()
			if red != green || green != blue || alpha != 0xffff {
				return nil
			}
			shades = append(shades, byte(red>>8))
		}
	}
	return shades
}
