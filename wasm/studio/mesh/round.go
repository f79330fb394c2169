package mesh

import (
	"image/color"
	"math"
)

// Round fills a rectangle whose corners are arcs of that radius, with edges that fade over one pixel.
func (m *Mesh) Round(x, y, w, h, radius float64, c color.RGBA) {
	if w <= 0 || h <= 0 {
		return
	}
	radius = max(0.5, min(radius, w/2, h/2))
	const steps = 6 // an arc's
	first := uint16(len(m.Vertices))
	m.add(Point{x + w/2, y + h/2}, c, 1)
	corners := [4]Point{{x + w - radius, y + h - radius}, {x + radius, y + h - radius}, {x + radius, y + radius}, {x + w - radius, y + radius}}
	n := uint16(0)
	for i, p := range corners {
		for k := range steps + 1 {
			sin, cos := math.Sincos(math.Pi / 2 * (float64(i) + float64(k)/steps))
			m.add(Point{p.X + (radius-0.5)*cos, p.Y + (radius-0.5)*sin}, c, 1)
			m.add(Point{p.X + (radius+0.5)*cos, p.Y + (radius+0.5)*sin}, c, 0)
			n++
		}
	}
	for i := range n {
		a, b := first+1+2*i, first+1+2*((i+1)%n)
		m.Indices = append(m.Indices, first, a, b, a, a+1, b, b, a+1, b+1)
	}
}

// Frame draws a border of that width inside a rectangle with round corners, filled with the inner colour.
func (m *Mesh) Frame(x, y, w, h, radius, width float64, border, inner color.RGBA) {
	m.Round(x, y, w, h, radius, border)
	m.Round(x+width, y+width, w-2*width, h-2*width, radius-width, inner)
}

// Head is an arrow's head, its tip at b, seen from a.
func (m *Mesh) Head(a, b Point, size float64, c color.RGBA) {
	d := direction(a, b)
	back := Point{b.X - d.X*size, b.Y - d.Y*size}
	side := Point{-d.Y * size * 0.6, d.X * size * 0.6}
	m.Polygon([]Point{b, {back.X + side.X, back.Y + side.Y}, {back.X - side.X, back.Y - side.Y}}, c)
}
