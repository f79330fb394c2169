package img

import (
	"fmt"
	"slices"

	"ganvas/core/sample"
)

// Grid lays pictures out in rows of Columns.
type Grid struct {
	Sample  sample.Shape
	Columns int
	Gap     int // pixels between samples and around them
	Scale   int // pixels a sample's pixel is drawn as, each way
}

// paper is the shade of the gaps.
const paper = 40

// Draw lays samples (n, Channels, Height, Width) out, in the colours that their shape has.
func (g Grid) Draw(dst, samples []byte) (Picture, error) {
	s := g.Sample
	size := s.Size()
	if s.Check() != nil || g.Columns < 1 || g.Scale < 1 || g.Gap < 0 || g.Scale > MaxPixels || g.Gap > MaxPixels || len(samples) == 0 || len(samples)%size != 0 {
		return Picture{}, fmt.Errorf("%d bytes are no samples of %d × %d", len(samples), s.Height, s.Width)
	}
	n, colours := len(samples)/size, s.Colours()
	cols := min(g.Columns, n)
	rows := (n + cols - 1) / cols
	stepX, stepY := s.Width*g.Scale+g.Gap, s.Height*g.Scale+g.Gap
	if wide, high := int64(cols)*int64(stepX), int64(rows)*int64(stepY); wide > MaxPixels || high > MaxPixels || wide*high > int64(MaxPixels/colours) {
		return Picture{}, tooLarge(wide, high, colours, 1)
	}
	p := blank(dst, cols*stepX+g.Gap, rows*stepY+g.Gap, colours, paper)
	for i := range n {
		g.place(p, samples[i*size:][:size], g.Gap+i%cols*stepX, g.Gap+i/cols*stepY)
	}
	return p, nil
}

// blank is a picture of one opaque shade, its pixels appended to dst.
func blank(dst []byte, width, height, colours int, shade uint8) Picture {
	size := width * height * colours
	pix := slices.Grow(dst, size)[len(dst):][:size]
	for i := range pix {
		if pix[i] = shade; i%4 == 3 && colours == 4 {
			pix[i] = 255
		}
	}
	return Picture{Width: width, Height: height, Colours: colours, Pix: pix}
}

func (g Grid) place(p Picture, one []byte, x0, y0 int) {
	s := g.Sample
	for y := range s.Height * g.Scale {
		row := p.Pix[((y0+y)*p.Width+x0)*p.Colours:]
		for c := range p.Colours {
			from := one[c*s.Area()+y/g.Scale*s.Width:]
			for x := range s.Width * g.Scale {
				row[x*p.Colours+c] = from[x/g.Scale]
			}
		}
	}
}
