package plane

import (
	"math"

	"ganvas/wasm/studio/mesh"
)

// Lengths of arrows, in parts of the square's side.
const (
	longest  = 0.09
	shortest = 0.012 // a shorter one is no arrow
)

// arrows lead from points into the direction of the gradients there, each as long as the square root of how steep D is: the
// steepest of all is longest, and where a gradient has died there is none. The plane's y goes up, the drawing's down. Every by-th has one.
func arrows(at func(x, y float32) mesh.Point, points, slopes []float32, side float64, by int) [][2]mesh.Point {
	top := 0.0
	for i := 0; i+1 < len(slopes); i += 2 {
		top = max(top, math.Hypot(float64(slopes[i]), float64(slopes[i+1])))
	}
	var all [][2]mesh.Point
	for i := 0; i+1 < len(slopes) && top > 0; i += 2 * max(1, by) {
		dx, dy := float64(slopes[i]), float64(slopes[i+1])
		steep := math.Hypot(dx, dy)
		length := longest * math.Sqrt(steep/top)
		if length < shortest {
			continue
		}
		from := at(points[i], points[i+1])
		all = append(all, [2]mesh.Point{from, {X: from.X + side*length*dx/steep, Y: from.Y - side*length*dy/steep}})
	}
	return all
}
