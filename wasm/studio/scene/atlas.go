package scene

import (
	"math"

	"ganvas/core/wire"
)

// Atlas arranges a sheet's pictures in one near-square texture, without gaps: they are drawn unfiltered.
type Atlas struct{ W, H, Columns, Count int }

// NewAtlas is the arrangement of all pictures of a sheet, fakes first.
func NewAtlas(s *wire.Sheet) Atlas {
	n := s.Fakes + s.Reals
	columns := int(math.Ceil(math.Sqrt(float64(n*s.Height) / float64(s.Width))))
	return Atlas{s.Width, s.Height, max(1, min(columns, n)), n}
}

// Size of the texture in pixels.
func (a Atlas) Size() (w, h int) { return a.W * a.Columns, a.H * ceil(a.Count, a.Columns) }

// Place is picture i's upper left corner.
func (a Atlas) Place(i int) (x, y int) { return i % a.Columns * a.W, i / a.Columns * a.H }

// Pixels writes grey (count × H × W) as opaque RGBA into a buffer, which is made or grown where needed.
func (a Atlas) Pixels(rgba, grey []byte) []byte {
	w, h := a.Size()
	if len(rgba) != 4*w*h {
		rgba = make([]byte, 4*w*h)
	}
	for i := range a.Count {
		x0, y0 := a.Place(i)
		for y := range a.H {
			row := grey[(i*a.H+y)*a.W:][:a.W]
			to := rgba[4*((y0+y)*w+x0):][:4*a.W]
			for x, v := range row {
				to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = v, v, v, 255
			}
		}
	}
	return rgba
}
