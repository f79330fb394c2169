package scene

import "math"

// PointAt is where a point of the plane goes in a square: bytes 0…255 are −1…1, y upwards.
func PointAt(r Rect, x, y byte) (p struct{ X, Y float64 }) {
	in := Inner(r)
	p.X = in.X + in.W*float64(x)/255
	p.Y = in.Bottom() - in.H*float64(y)/255
	return p
}

// Nearest is the point nearest to a place among the first n, no farther than reach pixels; −1 where there is none.
func Nearest(r Rect, bytes []byte, n int, x, y, reach float64) int {
	best, at := reach, -1
	for i := range n {
		p := PointAt(r, bytes[2*i], bytes[2*i+1])
		if d := math.Hypot(p.X-x, p.Y-y); d <= best {
			best, at = d, i
		}
	}
	return at
}
