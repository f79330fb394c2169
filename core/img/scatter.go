package img

import "fmt"

// Scatter draws points of the plane, two bytes each that map 0…255 to −1…1, over others that stay the same.
type Scatter struct {
	Side  int    // pixels of the square
	Under []byte // points drawn first, in a darker shade
}

const (
	dotUnder = 110
	dotOver  = 255
)

// Draw is the square with the points, y upwards, in gray.
func (s Scatter) Draw(dst, points []byte) (Picture, error) {
	if s.Side < 1 || len(points)%2 != 0 || len(s.Under)%2 != 0 {
		return Picture{}, fmt.Errorf("%d bytes are no points of the plane", len(points))
	}
	p := blank(dst, s.Side, s.Side, 1, 0)
	s.dots(p, s.Under, dotUnder)
	s.dots(p, points, dotOver)
	return p, nil
}

// dots draws squares of three pixels.
func (s Scatter) dots(p Picture, points []byte, shade uint8) {
	for i := 0; i < len(points); i += 2 {
		x, y := int(points[i])*s.Side/256, (255-int(points[i+1]))*s.Side/256
		for at := range 9 {
			p.set(x+at%3-1, y+at/3-1, shade)
		}
	}
}
