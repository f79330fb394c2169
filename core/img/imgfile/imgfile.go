// Package imgfile writes what img draws as PNG, GIF and NumPy files. The page's trainer does without it: there the page
// itself writes PNG and GIF, so that their encoders need not be sent.
package imgfile

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"

	"ganvas/core/img"
)

// gray is 256 shades from black to white.
var gray = func() color.Palette {
	p := make(color.Palette, 256)
	for i := range p {
		p[i] = color.Gray{Y: uint8(i)}
	}
	return p
}()

// PNG is samples, drawn, as a PNG file: what is transparent stays so.
func PNG(d img.Drawer, samples []byte) ([]byte, error) {
	p, err := d.Draw(nil, samples)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, pixels(p)); err != nil {
		return nil, fmt.Errorf("writing the PNG: %w", err)
	}
	return b.Bytes(), nil
}

// pixels is a picture as Go's image packages have it.
func pixels(p img.Picture) image.Image {
	if p.Colours == 1 {
		return indexed(p, p.Pix, gray)
	}
	m := image.NewNRGBA(image.Rect(0, 0, p.Width, p.Height))
	for i := range p.Width * p.Height {
		to := m.Pix[4*i:][:4]
		to[3] = 255
		copy(to, p.Pix[p.Colours*i:][:p.Colours])
	}
	return m
}

// indexed is a picture whose pixels are those of a palette.
func indexed(p img.Picture, pix []byte, of color.Palette) *image.Paletted {
	return &image.Paletted{Pix: pix, Stride: p.Width, Rect: image.Rect(0, 0, p.Width, p.Height), Palette: of}
}

// Picture is what a PNG of samples, read back, was drawn as; false for an image of another form than they have.
func Picture(m image.Image) (p img.Picture, ok bool) {
	b := m.Bounds()
	p.Width, p.Height = b.Dx(), b.Dy()
	switch m := m.(type) {
	case *image.Paletted:
		p.Colours, p.Pix = 1, m.Pix
	case *image.RGBA: // a PNG without transparency
		p.Colours = 3
		for i := 0; i < len(m.Pix); i += 4 {
			p.Pix = append(p.Pix, m.Pix[i:][:3]...)
		}
	case *image.NRGBA:
		p.Colours, p.Pix = 4, m.Pix
	}
	return p, p.Colours > 0 && len(p.Pix) == p.Colours*p.Width*p.Height
}

// GIF is an animation of samples, drawn, one a frame, delay hundredths of a second each; the last is held, then it starts
// anew.
func GIF(d img.Drawer, frames [][]byte, delay int) ([]byte, error) {
	f, err := img.NewFilm(d, frames, delay)
	if err != nil {
		return nil, err
	}
	drawn, size := make([]img.Picture, f.Frames), f.Width*f.Height*f.Colours
	for i := range drawn {
		drawn[i] = img.Picture{Width: f.Width, Height: f.Height, Colours: f.Colours, Pix: f.Pix[i*size:][:size]}
	}
	return Animate(drawn, delay)
}

// lastDelay is how long an animation of files stays on the last, in hundredths of a second.
const lastDelay = 250

// Animate is a GIF of pictures of one size and kind, timed as GIF's. Colours become the 256 that stand for all of them
// best; what is transparent lies over a checkerboard.
func Animate(frames []img.Picture, delay int) ([]byte, error) {
	if len(frames) == 0 {
		return nil, errors.New("an animation needs at least one frame")
	}
	of, found := gray, func(rgb []byte) []byte { return rgb }
	if frames[0].Colours > 1 {
		all := make([][]byte, len(frames))
		for i, p := range frames {
			frames[i] = p.Opaque()
			all[i] = frames[i].Pix
		}
		of, found = palette(all)
	}
	for len(of) < paletteSize {
		of = append(of, color.RGBA{A: 255})
	}
	a := gif.GIF{Config: image.Config{ColorModel: of, Width: frames[0].Width, Height: frames[0].Height}} // a palette for all frames
	for _, p := range frames {
		a.Image = append(a.Image, indexed(p, found(p.Pix), of))
		a.Delay = append(a.Delay, delay)
	}
	a.Delay[len(a.Delay)-1] = lastDelay
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &a); err != nil {
		return nil, fmt.Errorf("writing the GIF: %w", err)
	}
	return b.Bytes(), nil
}
