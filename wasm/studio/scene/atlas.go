package scene

import (
	"math"

	"ganvas/core/img"
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// Atlas arranges a sheet's pictures in one near-square texture, without gaps.
type Atlas struct {
	Sample         sample.Shape
	Columns, Count int
}

// NewAtlas is the arrangement of all pictures of a sheet, fakes first.
func NewAtlas(s *wire.Sheet) Atlas {
	n := s.Fakes + s.Reals
	columns := int(math.Ceil(math.Sqrt(float64(n*s.Sample.Height) / float64(s.Sample.Width))))
	return Atlas{s.Sample, max(1, min(columns, n)), n}
}

// Size of the texture in pixels.
func (a Atlas) Size() (w, h int) {
	return a.Sample.Width * a.Columns, a.Sample.Height * ceil(a.Count, a.Columns)
}

// Place is picture i's upper left corner.
func (a Atlas) Place(i int) (x, y int) {
	return i % a.Columns * a.Sample.Width, i / a.Columns * a.Sample.Height
}

// Pixels writes pictures (count, sample) as opaque RGBA into a buffer, which is made or grown where needed.
func (a Atlas) Pixels(rgba, pictures []byte) []byte {
	w, h := a.Size()
	if len(rgba) != 4*w*h {
		rgba = make([]byte, 4*w*h)
	}
	for i := range a.Count {
		x, y := a.Place(i)
		img.Paint(rgba[4*(y*w+x):], 4*w, a.Sample, pictures[i*a.Sample.Size():][:a.Sample.Size()])
	}
	return rgba
}
