package inside

import (
	"math"

	"ganvas/core/wire"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// arrow is D's wish for a point of the plane: from where the point is towards where D wishes it.
type arrow struct{ from, to mesh.Point }

// longest is the length of the strongest wish's arrow, in parts of the plane's side.
const longest = 0.16

// arrows are the wishes for points in a plane, each as long as it is strong.
func arrows(plane scene.Rect, w *wire.Wishes, b []byte) []arrow {
	top := float32(0)
	for _, v := range w.Largest {
		top = max(top, v)
	}
	all := make([]arrow, w.Count)
	for i := range all {
		p := scene.PointAt(plane, b[w.Images+2*i], b[w.Images+2*i+1])
		from := mesh.Point{X: p.X, Y: p.Y}
		k := 0.0
		if top > 0 {
			k = longest * plane.W * float64(w.Largest[i]/top) / 127
		}
		dx, dy := float64(int8(b[w.Ink+2*i])), float64(int8(b[w.Ink+2*i+1]))
		all[i] = arrow{from, mesh.Point{X: from.X + k*dx, Y: from.Y - k*dy}}
	}
	return all
}

// nearest is the arrow that begins nearest to a place and within reach of it; −1 for none.
func nearest(all []arrow, x, y, reach float64) int {
	found := -1
	for i, a := range all {
		if d := math.Hypot(a.from.X-x, a.from.Y-y); d <= reach {
			found, reach = i, d
		}
	}
	return found
}
