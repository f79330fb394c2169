package pictures

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"slices"
	"testing"
)

// film is an animated GIF of three frames of 12×12: a red square on nothing, then a green one beside it, which goes again, and
// a blue one beside the first.
func film(t *testing.T) []byte {
	t.Helper()
	palette := color.Palette{color.Transparent, color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}, color.RGBA{0, 0, 255, 255}}
	g := &gif.GIF{Config: image.Config{Width: 12, Height: 12, ColorModel: palette}, Disposal: []byte{gif.DisposalNone, gif.DisposalPrevious, gif.DisposalNone}}
	for k, at := range []image.Rectangle{image.Rect(0, 0, 12, 4), image.Rect(0, 4, 12, 8), image.Rect(0, 8, 12, 12)} {
		m := image.NewPaletted(at, palette)
		for i := range m.Pix {
			m.Pix[i] = uint8(k + 1)
		}
		g.Image, g.Delay = append(g.Image, m), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Of an animation the first frame is a picture, or, if asked, each of them as it is seen: over those before it, in its file's
// class.
func TestFramesOfAnimations(t *testing.T) {
	files := map[string][]byte{"films/a.gif": film(t), "films/b.gif": film(t), "stills/c.png": file(t, striped(12, 12)), "stills/d.png": file(t, striped(12, 12))}
	form := Form{Channels: Colour, Width: 12, Height: 12, Fit: Crop}
	one, _, err := Reader{Form: form}.Folder(t.Context(), put(t, files))
	if err != nil || one.Len() != 4 {
		t.Fatalf("%d pictures: %v", one.Len(), err)
	}
	set, _, err := Reader{Form: form, Frames: true}.Folder(t.Context(), put(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if counts := set.Look().Counts; !slices.Equal(counts, []int{6, 2}) {
		t.Fatalf("classes have %v", counts)
	}
	for k, want := range [][3][3]byte{{{255, 0, 0}, {}, {}}, {{255, 0, 0}, {0, 255, 0}, {}}, {{255, 0, 0}, {}, {0, 0, 255}}} {
		p := set.Pixels(3 + k)
		for third, colour := range want {
			for c := range 3 {
				if got := p[c*144+(4*third+1)*12+5]; got != colour[c] {
					t.Errorf("frame %d, third %d, colour %d is %d, want %d", k+1, third, c, got, colour[c])
				}
			}
		}
	}
	whole := film(t)
	for n := range whole {
		files["films/b.gif"] = whole[:n]
		if _, _, err := (Reader{Form: form, Frames: true, Bad: AnyNumber}).Folder(t.Context(), put(t, files)); err != nil {
			t.Fatalf("the first %d bytes: %v", n, err)
		}
	}
}
