package latent

import (
	"math"

	"ganvas/wasm/studio/scene"
)

// View is the piece of the plane that the field shows. The plane's first anchor is at (0, 0), the second right of it at
// (1, 0), the third above it at (0, 1). Lengths are in device pixels.
type View struct {
	Field  scene.Rect
	U, V   float64 // of the field's middle
	Scale  float64 // pixels from anchor to anchor, upwards; Aspect times as many across
	Aspect float64 // a picture's width by its height
	Least  float64 // the smallest height of a picture
}

const (
	coarsest = -3 // levels: pictures stand 2^−level apart
	finest   = 7
	farthest = 8.0 // places further out than that are not gone to
)

// Level is the one whose pictures are drawn: at least Least high, and less than twice that.
func (v View) Level() int {
	return int(max(coarsest, min(finest, math.Floor(math.Log2(v.Scale/v.Least)))))
}

// Cell is the size of a picture of that level.
func (v View) Cell(level int) (w, h float64) {
	h = math.Ldexp(v.Scale, -level)
	return h * v.Aspect, h
}

// Screen is where a place of the plane is drawn.
func (v View) Screen(u, w float64) (x, y float64) {
	return v.Field.X + v.Field.W/2 + (u-v.U)*v.Scale*v.Aspect, v.Field.Y + v.Field.H/2 - (w-v.V)*v.Scale
}

// Plane is the place that is drawn at a point.
func (v View) Plane(x, y float64) (u, w float64) {
	return v.U + (x-v.Field.X-v.Field.W/2)/v.Scale/v.Aspect, v.V - (y-v.Field.Y-v.Field.H/2)/v.Scale
}

// Pan moves the pictures by that much.
func (v *View) Pan(dx, dy float64) {
	v.U -= dx / v.Scale / v.Aspect
	v.V += dy / v.Scale
	v.bound()
}

// Zoom makes everything factor times as large; the place under the point stays there.
func (v *View) Zoom(x, y, factor float64) {
	u, w := v.Plane(x, y)
	v.Scale = max(math.Ldexp(v.Least, coarsest), min(math.Ldexp(v.Least, finest), v.Scale*factor))
	nowU, nowW := v.Plane(x, y)
	v.U += u - nowU
	v.V += w - nowW
	v.bound()
}

func (v *View) bound() {
	v.U, v.V = max(-farthest, min(farthest, v.U)), max(-farthest, min(farthest, v.V))
}

// Whole shows the triangle of the anchors in the field's middle, with some room around it.
func (v *View) Whole() {
	v.U, v.V = 0.5, 0.5
	v.Scale = max(v.Least, min(v.Field.W/v.Aspect/2.05, v.Field.H/1.7)) // at the least scale two pictures lie side by side
}

// Place puts the view into a field of another size; what is in its middle stays there.
func (v *View) Place(field scene.Rect, least, aspect float64) {
	grown := 1.0
	if v.Least > 0 {
		grown = least / v.Least
	}
	again := v.Scale == 0 || v.Aspect != aspect
	v.Field, v.Least, v.Aspect = field, least, aspect
	if again {
		v.Whole()
		return
	}
	v.Scale *= grown
}
