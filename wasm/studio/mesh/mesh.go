// Package mesh builds triangles for flat shapes with soft edges: everything in a frame but pictures and text is one
// list of them.
package mesh

import (
	"image/color"
	"math"
)

// Vertex is a corner in pixels with a premultiplied colour, each channel between 0 and 1.
type Vertex struct{ X, Y, R, G, B, A float32 }

// Mesh is a list of triangles, three Indices each. It holds at most 65,536 vertices: draw and Reset it when it is Full.
type Mesh struct {
	Vertices []Vertex
	Indices  []uint16
}

// Full tells that another shape of some thousand vertices may not fit.
func (m *Mesh) Full() bool { return len(m.Vertices) > 50000 }

// Reset empties the mesh and keeps its memory.
func (m *Mesh) Reset() {
	m.Vertices, m.Indices = m.Vertices[:0], m.Indices[:0]
}

// Rect fills x, y, w, h; edges at whole pixels are crisp.
func (m *Mesh) Rect(x, y, w, h float64, c color.RGBA) {
	if w > 0 && h > 0 {
		m.Polygon([]Point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, c)
	}
}

// Point is a place in pixels.
type Point struct{ X, Y float64 }

// Polygon fills a convex polygon with hard edges.
func (m *Mesh) Polygon(corners []Point, c color.RGBA) {
	first := uint16(len(m.Vertices))
	for _, p := range corners {
		m.add(p, c, 1)
	}
	for i := 2; i < len(corners); i++ {
		m.Indices = append(m.Indices, first, first+uint16(i)-1, first+uint16(i))
	}
}

// Circle fills a circle of radius r whose edge fades over one pixel.
func (m *Mesh) Circle(x, y, r float64, c color.RGBA) { m.soft(x, y, r, max(12, int(4*r)), c) }

// Diamond fills a square that stands on its corner, r from middle to corner.
func (m *Mesh) Diamond(x, y, r float64, c color.RGBA) { m.soft(x, y, r, 4, c) }

// soft fills a regular polygon whose edge fades over one pixel.
func (m *Mesh) soft(x, y, r float64, n int, c color.RGBA) {
	first := uint16(len(m.Vertices))
	m.add(Point{x, y}, c, 1)
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		m.add(Point{x + (r-0.5)*cos, y + (r-0.5)*sin}, c, 1)
		m.add(Point{x + (r+0.5)*cos, y + (r+0.5)*sin}, c, 0)
	}
	for i := range uint16(n) {
		a, b := first+1+2*i, first+1+2*((i+1)%uint16(n))
		m.Indices = append(m.Indices, first, a, b, a, a+1, b, b, a+1, b+1)
	}
}

// Line strokes a path of that width in pixels with edges that fade over one pixel. Corners are mitred; at sharp ones, such
// as the tips of a noisy curve, each segment keeps its own width and ends squarely.
func (m *Mesh) Line(path []Point, width float64, c color.RGBA) {
	if len(path) < 2 {
		return
	}
	for i, p := range path {
		if i == 0 || i == len(path)-1 || !sharp(path, i) {
			m.across(p, normal(path, i), width, c, i > 0)
			continue
		}
		a, b := direction(path[i-1], p), direction(p, path[i+1])
		m.across(Point{p.X + a.X*width/2, p.Y + a.Y*width/2}, Point{-a.Y, a.X}, width, c, true)
		m.across(Point{p.X - b.X*width/2, p.Y - b.Y*width/2}, Point{-b.Y, b.X}, width, c, false)
	}
}

// across adds a line's cross-section at p, n across it, joined to the one before or not.
func (m *Mesh) across(p, n Point, width float64, c color.RGBA, join bool) {
	half := width / 2
	for _, e := range [4]struct{ off, alpha float64 }{{-half - 0.5, 0}, {-max(half-0.5, 0), 1}, {max(half-0.5, 0), 1}, {half + 0.5, 0}} {
		m.add(Point{p.X + n.X*e.off, p.Y + n.Y*e.off}, c, e.alpha*min(width, 1))
	}
	if !join {
		return
	}
	b := uint16(len(m.Vertices)) - 4
	a := b - 4
	for k := range uint16(3) {
		m.Indices = append(m.Indices, a+k, a+k+1, b+k, b+k, a+k+1, b+k+1)
	}
}

// Dashes strokes a path in dashes of on and off pixels.
func (m *Mesh) Dashes(path []Point, width, on, off float64, c color.RGBA) {
	for _, dash := range Dash(path, on, off) {
		m.Line(dash, width, c)
	}
}

// Band fills between two paths of equal length, such as a curve's minima and maxima.
func (m *Mesh) Band(low, high []Point, c color.RGBA) {
	first := uint16(len(m.Vertices))
	for i := range low {
		m.add(low[i], c, 1)
		m.add(high[i], c, 1)
		if i > 0 {
			a := first + 2*uint16(i) - 2
			m.Indices = append(m.Indices, a, a+1, a+2, a+2, a+1, a+3)
		}
	}
}

func (m *Mesh) add(p Point, c color.RGBA, alpha float64) {
	s := float32(alpha / 255) // color.RGBA is premultiplied already
	m.Vertices = append(m.Vertices, Vertex{float32(p.X), float32(p.Y), float32(c.R) * s, float32(c.G) * s, float32(c.B) * s, float32(c.A) * s})
}
