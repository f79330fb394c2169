package inside

import (
	"image/color"
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/mesh"
)

// drawPlane draws points with D's wishes as arrows, and the way of one that follows.
func (r *Inside) drawPlane(screen *ebiten.Image) {
	u, at, w := r.c.Unit, r.place.plane, r.wishes
	r.c.Pen.Rect(at.X, at.Y, at.W, at.H, r.c.Theme.Paper)
	for i, a := range arrows(at, w, r.ink) {
		r.arrow(a, r.c.Theme.Plus)
		if r.look != nil && r.look.Of == w.Of && r.look.Index == i {
			r.c.Pen.Circle(a.from.X, a.from.Y, 8*u, r.c.Theme.Ink)
			r.c.Pen.Circle(a.from.X, a.from.Y, 6.4*u, r.c.Theme.Paper)
		}
		r.c.Mark(a.from.X, a.from.Y, 3.6*u, w.Of == "real")
	}
	if r.way != nil {
		var path []mesh.Point
		for _, a := range arrows(at, r.way, r.wayInk)[:r.frame+1] {
			path = append(path, a.from)
		}
		r.c.Pen.Line(path, 2*u, r.c.Theme.Ink)
		end := path[len(path)-1]
		r.c.Mark(end.X, end.Y, 5*u, w.Of == "real")
	}
	r.c.Pen.Flush(screen)
}

// arrow draws a line with a head.
func (r *Inside) arrow(a arrow, c color.RGBA) {
	u := r.c.Unit
	dx, dy := a.to.X-a.from.X, a.to.Y-a.from.Y
	length := math.Hypot(dx, dy)
	if length < 2*u {
		return
	}
	dx, dy = dx/length, dy/length
	r.c.Pen.Line([]mesh.Point{a.from, a.to}, 1.8*u, c)
	side := min(5*u, length/2)
	r.c.Pen.Polygon([]mesh.Point{{X: a.to.X + dx*side, Y: a.to.Y + dy*side}, {X: a.to.X - dy*side*0.7, Y: a.to.Y + dx*side*0.7}, {X: a.to.X + dy*side*0.7, Y: a.to.Y - dx*side*0.7}}, c)
}
