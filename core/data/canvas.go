package data

import "math"

// colour is red, green and blue, each 0 to 255.
type colour [3]float64

// canvas is a square picture in colour while it is drawn: (side, side), each pixel a colour. Places on it are in units of
// which a pixel has scale.
type canvas struct {
	side   int
	scale  float64
	pixels []colour
}

// newCanvas is a canvas that many units and pixels wide.
func newCanvas(units, side int) *canvas {
	return &canvas{side, float64(units) / float64(side), make([]colour, side*side)}
}

// outline is the edge of a shape: how far outside of it a place is, negative within, and where it lies.
type outline struct {
	x, y, reach float64 // no part of it is farther than reach from (x, y) in either direction
	from        func(x, y float64) float64
}

// fill lays a colour over all within an outline, whose edge is a pixel soft.
func (c *canvas) fill(with colour, o outline) {
	span := func(at float64) (first, last int) {
		return max(0, int((at-o.reach)/c.scale-1)), min(c.side-1, int((at+o.reach)/c.scale+1))
	}
	left, right := span(o.x)
	top, bottom := span(o.y)
	for y := top; y <= bottom; y++ {
		for x := left; x <= right; x++ {
			cover := math.Min(1, math.Max(0, 0.5-o.from((float64(x)+0.5)*c.scale, (float64(y)+0.5)*c.scale)/c.scale))
			p := &c.pixels[y*c.side+x]
			for k := range p {
				p[k] += cover * (with[k] - p[k])
			}
		}
	}
}

// shade lays a colour over all that fades upwards into another.
func (c *canvas) shade(above, below colour) {
	for i := range c.pixels {
		t := float64(i/c.side) / float64(c.side-1)
		for k := range c.pixels[i] {
			c.pixels[i][k] = above[k] + t*(below[k]-above[k])
		}
	}
}

// sample is the picture's bytes, one channel after the other.
func (c *canvas) sample() []byte {
	area := len(c.pixels)
	b := make([]byte, 3*area)
	for i, p := range c.pixels {
		for k := range p {
			b[k*area+i] = byte(math.Round(math.Min(255, math.Max(0, p[k]))))
		}
	}
	return b
}

// length of (x, y).
func length(x, y float64) float64 { return math.Sqrt(x*x + y*y) } // no numbers here need math.Hypot's care

// disc is a circle.
func disc(cx, cy, r float64) outline {
	return outline{cx, cy, r, func(x, y float64) float64 { return length(x-cx, y-cy) - r }}
}

// ellipse is one with half axes along and across, lying at an angle; the distance is right at its edge.
func ellipse(cx, cy, along, across, angle float64) outline {
	sin, cos := math.Sincos(angle)
	return outline{cx, cy, math.Max(along, across), func(x, y float64) float64 {
		u, v := (cos*(x-cx)+sin*(y-cy))/along, (cos*(y-cy)-sin*(x-cx))/across
		return (length(u, v) - 1) * math.Min(along, across)
	}}
}

// line is one of a thickness between two places.
func line(ax, ay, bx, by, thick float64) outline {
	dx, dy := bx-ax, by-ay
	return outline{(ax + bx) / 2, (ay + by) / 2, (length(dx, dy) + thick) / 2, func(x, y float64) float64 {
		t := math.Min(1, math.Max(0, ((x-ax)*dx+(y-ay)*dy)/(dx*dx+dy*dy)))
		return length(x-ax-t*dx, y-ay-t*dy) - thick/2
	}}
}

// below is everything under a height.
func below(height float64) outline {
	return outline{0, height, 1 << 20, func(_, y float64) float64 { return height - y }}
}

// without is the first outline where the second is not.
func without(a, b outline) outline {
	return outline{a.x, a.y, a.reach, func(x, y float64) float64 { return math.Max(a.from(x, y), -b.from(x, y)) }}
}
