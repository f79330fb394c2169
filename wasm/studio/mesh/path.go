package mesh

import (
	"image/color"
	"math"
)

// normal is the mitre of corner i: along it, an offset of 1 moves both sides by 1. It is never longer than 2.
func normal(path []Point, i int) Point {
	a := direction(path[max(i-1, 0)], path[max(i, 1)])
	b := direction(path[min(i, len(path)-2)], path[min(i+1, len(path)-1)])
	x, y := -(a.Y + b.Y), a.X+b.X
	length := math.Hypot(x, y)
	if length < 1e-9 { // the path turns back on itself
		return Point{-a.Y, a.X}
	}
	x, y = x/length, y/length
	stretch := 1 / max(0.5, -x*a.Y+y*a.X)
	return Point{x * stretch, y * stretch}
}

// sharp reports whether a path turns by more than 60° at an inner corner: a mitre there would take the width from steep
// segments on both sides.
func sharp(path []Point, i int) bool {
	a, b := direction(path[i-1], path[i]), direction(path[i], path[i+1])
	return a.X*b.X+a.Y*b.Y < 0.5
}

// direction is the unit vector from a to b; along x where they are one.
func direction(a, b Point) Point {
	x, y := b.X-a.X, b.Y-a.Y
	length := math.Hypot(x, y)
	if length == 0 {
		return Point{1, 0}
	}
	return Point{x / length, y / length}
}

// Dash cuts a path into pieces of on pixels with off pixels between them.
func Dash(path []Point, on, off float64) [][]Point {
	if on <= 0 || len(path) < 2 {
		return nil
	}
	var dashes [][]Point
	dash, drawing, left := []Point{path[0]}, true, on
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		length, at := math.Hypot(b.X-a.X, b.Y-a.Y), 0.0
		for length-at > left {
			at += left
			cut := Point{a.X + (b.X-a.X)*at/length, a.Y + (b.Y-a.Y)*at/length}
			if drawing {
				dashes = append(dashes, append(dash, cut))
			}
			dash, drawing = []Point{cut}, !drawing
			left = max(off, 1e-3)
			if drawing {
				left = on
			}
		}
		left -= length - at
		if drawing {
			dash = append(dash, b)
		}
	}
	if drawing && len(dash) > 1 {
		dashes = append(dashes, dash)
	}
	return dashes
}

// Faint is a colour with that much of its opacity, premultiplied.
func Faint(c color.RGBA, alpha float64) color.RGBA {
	f := func(v uint8) uint8 { return uint8(math.Round(float64(v) * alpha)) }
	return color.RGBA{f(c.R), f(c.G), f(c.B), f(c.A)}
}
