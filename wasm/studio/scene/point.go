package scene

// PointAt is where a point of the plane goes in a square: bytes 0…255 are −1…1, y upwards.
func PointAt(r Rect, x, y byte) (p struct{ X, Y float64 }) {
	p.X = r.X + r.W*(0.04+0.92*float64(x)/255)
	p.Y = r.Y + r.H*(0.96-0.92*float64(y)/255)
	return p
}
