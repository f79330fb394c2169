package img

import (
	"fmt"
	"image"
)

// Scatter draws points of the plane, two bytes each that map 0…255 to −1…1, over others that stay the same.
type Scatter struct {
	Side  int    // pixels of the square
	Under []byte // points drawn first, in a darker shade
}

const (
	dotUnder = 110
	dotOver  = 255
)

// Draw is the square with the points, y upwards.
func (s Scatter) Draw(points []byte) (*image.Paletted, error) {
	if s.Side < 1 || len(points)%2 != 0 || len(s.Under)%2 != 0 {
		return nil, fmt.Errorf("%d bytes are no points of the plane", len(points))
	}
	m := image.NewPaletted(image.Rect(0, 0, s.Side, s.Side), gray)
	s.dots(m, s.Under, dotUnder)
	s.dots(m, points, dotOver)
	return m, nil
}

// dots draws squares of three pixels.
func (s Scatter) dots(m *image.Paletted, points []byte, shade uint8) {
	for i := 0; i < len(points); i += 2 {
		x, y := int(points[i])*s.Side/256, (255-int(points[i+1]))*s.Side/256
		for at := range 9 {
			if p := image.Pt(x+at%3-1, y+at/3-1); p.In(m.Rect) {
				m.Pix[m.PixOffset(p.X, p.Y)] = shade
			}
		}
	}
}
