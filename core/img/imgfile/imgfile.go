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

// paletted is height × width pixels as Go's image packages have them.
func paletted(pix []byte, width, height int) *image.Paletted {
	return &image.Paletted{Pix: pix, Stride: width, Rect: image.Rect(0, 0, width, height), Palette: gray}
}

// PNG is samples, drawn, as a PNG file.
func PNG(d img.Drawer, samples []byte) ([]byte, error) {
	p, err := d.Draw(nil, samples)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, paletted(p.Pix, p.Width, p.Height)); err != nil {
		return nil, fmt.Errorf("writing the PNG: %w", err)
	}
	return b.Bytes(), nil
}

// GIF is an animation of samples, drawn, one a frame, delay hundredths of a second each; the last is held, then it starts
// anew.
func GIF(d img.Drawer, frames [][]byte, delay int) ([]byte, error) {
	f, err := img.NewFilm(d, frames, delay)
	if err != nil {
		return nil, err
	}
	drawn, size := make([]*image.Paletted, f.Frames), f.Width*f.Height
	for i := range drawn {
		drawn[i] = paletted(f.Pix[i*size:][:size], f.Width, f.Height)
	}
	return Animate(drawn, delay)
}

// lastDelay is how long an animation of files stays on the last, in hundredths of a second.
const lastDelay = 250

// Animate is a GIF of pictures, timed as GIF's.
func Animate(frames []*image.Paletted, delay int) ([]byte, error) {
	if len(frames) == 0 {
		return nil, errors.New("an animation needs at least one frame")
	}
	a := gif.GIF{Image: frames}
	for range frames {
		a.Delay = append(a.Delay, delay)
	}
	a.Delay[len(a.Delay)-1] = lastDelay
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &a); err != nil {
		return nil, fmt.Errorf("writing the GIF: %w", err)
	}
	return b.Bytes(), nil
}
