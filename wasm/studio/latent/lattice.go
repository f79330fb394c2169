package latent

import (
	"math"

	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// Lattice is crossings of evenly spaced lines over the piece of the plane that a view shows: columns I0…I1 and rows
// J0…J1, at multiples of 2^−K. A run on points is shown by it: where the generator puts each crossing.
type Lattice struct{ I0, I1, J0, J1, K int }

const lines = 16 // at least across a field, and less than twice as many

// Lattice is the one of what the view shows, and a line beyond it on each side.
func (v View) Lattice() Lattice {
	k := int(math.Ceil(math.Log2(lines * v.Scale / v.Field.H)))
	uLow, vLow := v.Plane(v.Field.X, v.Field.Bottom())
	uHigh, vHigh := v.Plane(v.Field.Right(), v.Field.Y)
	at := func(x float64) float64 { return math.Ldexp(x, k) }
	return Lattice{int(math.Floor(at(uLow))), int(math.Ceil(at(uHigh))), int(math.Floor(at(vLow))), int(math.Ceil(at(vHigh))), k}
}

func (l Lattice) columns() int { return l.I1 - l.I0 + 1 }
func (l Lattice) rows() int    { return l.J1 - l.J0 + 1 }

// Keys are the crossings row by row.
func (l Lattice) Keys() (keys []Key) {
	for j := l.J0; j <= l.J1; j++ {
		for i := l.I0; i <= l.I1; i++ {
			keys = append(keys, Key{Field, i, j, l.K})
		}
	}
	return keys
}

// Lines are the lattice's rows and then its columns as paths through its crossings, which lie at the given points.
func (l Lattice) Lines(at []mesh.Point) (paths [][]mesh.Point) {
	w := l.columns()
	for j := range l.rows() {
		paths = append(paths, at[j*w:][:w])
	}
	for i := range w {
		var path []mesh.Point
		for j := range l.rows() {
			path = append(path, at[j*w+i])
		}
		paths = append(paths, path)
	}
	return paths
}

// ArrangePoints places the plane of noise and, beside or under it, the points that the generator makes of it.
func ArrangePoints(width, unit float64) Place {
	p := Place{Unit: unit, Aspect: 1, Stops: waySteps}
	top := title * unit
	if width >= narrow*unit {
		side := math.Floor(min((width-between*unit)/2, 520*unit))
		p.Field = scene.Rect{X: 0, Y: top, W: side, H: side}
		p.Points = scene.Rect{X: side + between*unit, Y: top, W: side, H: side}
	} else {
		p.Field = scene.Rect{X: 0, Y: top, W: width, H: width}
		p.Points = scene.Rect{X: 0, Y: p.Field.Bottom() + top, W: width, H: width}
	}
	p.Height = p.Points.Bottom() + 4*unit
	return p
}

const waySteps = 33 // places on the way from A to B

// Mapped is where a point of the plane that is learned goes: −1…1, y upwards.
func (p Place) Mapped(x, y float32) mesh.Point {
	r := p.Points
	return mesh.Point{X: r.X + r.W*(0.5+0.46*float64(x)), Y: r.Y + r.H*(0.5-0.46*float64(y))}
}
