package scene

// PointAt is where a point of the plane goes in a square: bytes 0…255 are −1…1, y upwards.
func PointAt(r Rect, x, y byte) (p struct{ X, Y float64 }) {
	in := Inner(r)
	p.X = in.X + in.W*float64(x)/255
	p.Y = in.Bottom() - in.H*float64(y)/255
	return p
}
