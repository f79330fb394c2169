package img

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
)

// Grid lays samples of Height × Width bytes out in rows of Columns.
type Grid struct {
	Height, Width int
	Columns       int
	Gap           int // pixels between samples and around them
	Scale         int // pixels a sample's pixel is drawn as, each way
}

// gray is 256 shades from black to white.
var gray = func() color.Palette {
	p := make(color.Palette, 256)
	for i := range p {
		p[i] = color.Gray{Y: uint8(i)}
	}
	return p
}()

// paper is the shade of the gaps.
const paper = 40

// Draw lays samples (n, Height, Width) out.
func (g Grid) Draw(samples []byte) (*image.Paletted, error) {
	size := g.Height * g.Width
	if size <= 0 || g.Columns < 1 || g.Scale < 1 || g.Gap < 0 || len(samples) == 0 || len(samples)%size != 0 {
		return nil, fmt.Errorf("%d bytes are no samples of %d × %d", len(samples), g.Height, g.Width)
	}
	n := len(samples) / size
	cols := min(g.Columns, n)
	rows := (n + cols - 1) / cols
	stepX, stepY := g.Width*g.Scale+g.Gap, g.Height*g.Scale+g.Gap
	m := image.NewPaletted(image.Rect(0, 0, cols*stepX+g.Gap, rows*stepY+g.Gap), gray)
	for i := range m.Pix {
		m.Pix[i] = paper
	}
	for i := range n {
		g.place(m, samples[i*size:][:size], g.Gap+i%cols*stepX, g.Gap+i/cols*stepY)
	}
	return m, nil
}

func (g Grid) place(m *image.Paletted, sample []byte, x0, y0 int) {
	for y := range g.Height * g.Scale {
		row := m.Pix[m.PixOffset(x0, y0+y):]
		from := sample[y/g.Scale*g.Width:]
		for x := range g.Width * g.Scale {
			row[x] = from[x/g.Scale]
		}
	}
}

// Drawer draws samples.
type Drawer interface {
	Draw(samples []byte) (*image.Paletted, error)
}

// PNG is the grid of samples as a PNG file.
func (g Grid) PNG(samples []byte) ([]byte, error) { return PNG(g, samples) }

// GIF is an animation of grids, one a frame, delay hundredths of a second each; the last is held, then it starts anew.
func (g Grid) GIF(frames [][]byte, delay int) ([]byte, error) { return GIF(g, frames, delay) }

// PNG is samples, drawn, as a PNG file.
func PNG(d Drawer, samples []byte) ([]byte, error) {
	m, err := d.Draw(samples)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return nil, fmt.Errorf("writing the PNG: %w", err)
	}
	return b.Bytes(), nil
}

// lastDelay is how long an animation stays on its last frame, in hundredths of a second.
const lastDelay = 250

// GIF is an animation of samples, drawn, one a frame.
func GIF(d Drawer, frames [][]byte, delay int) ([]byte, error) {
	drawn := make([]*image.Paletted, len(frames))
	for i, f := range frames {
		m, err := d.Draw(f)
		if err != nil {
			return nil, err
		}
		drawn[i] = m
	}
	return Animate(drawn, delay)
}

// Animate is a GIF of pictures, delay hundredths of a second each; the last is held, then it starts anew.
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
