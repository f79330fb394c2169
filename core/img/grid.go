package img

import (
	"fmt"
	"slices"
)

// Grid lays samples of Height × Width bytes out in rows of Columns.
type Grid struct {
	Height, Width int
	Columns       int
	Gap           int // pixels between samples and around them
	Scale         int // pixels a sample's pixel is drawn as, each way
}

// paper is the shade of the gaps.
const paper = 40

// Draw lays samples (n, Height, Width) out.
func (g Grid) Draw(dst, samples []byte) (Picture, error) {
	size := g.Height * g.Width
	if size <= 0 || g.Columns < 1 || g.Scale < 1 || g.Gap < 0 || g.Scale > MaxPixels || g.Gap > MaxPixels || len(samples) == 0 || len(samples)%size != 0 {
		return Picture{}, fmt.Errorf("%d bytes are no samples of %d × %d", len(samples), g.Height, g.Width)
	}
	n := len(samples) / size
	cols := min(g.Columns, n)
	rows := (n + cols - 1) / cols
	stepX, stepY := g.Width*g.Scale+g.Gap, g.Height*g.Scale+g.Gap
	if wide, high := int64(cols)*int64(stepX), int64(rows)*int64(stepY); wide > MaxPixels || high > MaxPixels || wide*high > MaxPixels {
		return Picture{}, tooLarge(wide, high, 1)
	}
	p := blank(dst, cols*stepX+g.Gap, rows*stepY+g.Gap, paper)
	for i := range n {
		g.place(p, samples[i*size:][:size], g.Gap+i%cols*stepX, g.Gap+i/cols*stepY)
	}
	return p, nil
}

// blank is a picture of one shade, its pixels appended to dst.
func blank(dst []byte, width, height int, shade uint8) Picture {
	size := width * height
	pix := slices.Grow(dst, size)[len(dst):][:size]
	for i := range pix {
		pix[i] = shade
	}
	return Picture{Width: width, Height: height, Pix: pix}
}

func (g Grid) place(p Picture, sample []byte, x0, y0 int) {
	for y := range g.Height * g.Scale {
		row := p.Pix[(y0+y)*p.Width+x0:]
		from := sample[y/g.Scale*g.Width:]
		for x := range g.Width * g.Scale {
			row[x] = from[x/g.Scale]
		}
	}
}
