package img

import "ganvas/core/sample"

// The checkerboard that is seen through what is not opaque.
const (
	boardLight = 166
	boardDark  = 102
	boardCells = 4 // across a picture's longer side
)

// Paint writes one picture (Channels, Height, Width) as opaque RGBA: gray by its first channel, or in colour; where a fourth
// channel lets something through, that is a checkerboard. Its rows begin stride bytes after each other.
func Paint(rgba []byte, stride int, s sample.Shape, one []byte) {
	area, colours := s.Area(), s.Colours()
	cell := max(1, (max(s.Height, s.Width)+boardCells-1)/boardCells)
	for y := range s.Height {
		to, from := rgba[y*stride:][:4*s.Width], one[y*s.Width:]
		for x := range s.Width {
			q := to[4*x:][:4]
			if q[3] = 255; colours == 1 {
				q[0], q[1], q[2] = from[x], from[x], from[x]
				continue
			}
			q[0], q[1], q[2] = from[x], from[area+x], from[2*area+x]
			if colours == 4 {
				under := byte(boardLight)
				if (x/cell+y/cell)%2 == 1 {
					under = boardDark
				}
				over(q[:3], under, from[3*area+x])
			}
		}
	}
}

// over lays a colour, opaque from 0 to 255, over a shade.
func over(colour []byte, under, opaque byte) {
	for i, v := range colour {
		colour[i] = byte((int(v)*int(opaque) + int(under)*(255-int(opaque)) + 127) / 255)
	}
}

// boardSide is the side of a checkerboard's cells in films, in pixels.
const boardSide = 8

// Opaque is the picture without a fourth colour: over a checkerboard where it had one.
func (p Picture) Opaque() Picture {
	if p.Colours != 4 {
		return p
	}
	q := Picture{Width: p.Width, Height: p.Height, Colours: 3, Pix: make([]byte, 0, 3*p.Width*p.Height)}
	for i := range p.Width * p.Height {
		under := byte(boardLight)
		if (i%p.Width/boardSide+i/p.Width/boardSide)%2 == 1 {
			under = boardDark
		}
		n := len(q.Pix)
		q.Pix = append(q.Pix, p.Pix[4*i:][:3]...)
		over(q.Pix[n:], under, p.Pix[4*i+3])
	}
	return q
}
