package plane

import "math"

// Lengths in the plane.
const (
	spacing = 0.025 // between points of a stroke
	keyStep = 0.05  // of the cursor by a key
	mostInk = 4000  // points that can be drawn
)

// ink is what the visitor draws: points along strokes.
type ink struct {
	points []float32 // x, y
	down   bool
	x, y   float64 // where the pen is
}

// move brings the pen to a place, within the square; where it is down and was before, points lie along the way.
func (k *ink) move(x, y float64, down bool) {
	x, y = max(-1, min(1, x)), max(-1, min(1, y))
	switch length := math.Hypot(x-k.x, y-k.y); {
	case !down:
	case !k.down:
		k.dot(x, y)
	case length < spacing:
		return // not yet: the pen stays where its last point is
	default:
		n := int(length / spacing)
		for i := 1; i <= n; i++ {
			t := float64(i) / float64(n)
			k.dot(k.x+t*(x-k.x), k.y+t*(y-k.y))
		}
	}
	k.x, k.y, k.down = x, y, down
}

func (k *ink) dot(x, y float64) {
	if len(k.points) < 2*mostInk {
		k.points = append(k.points, float32(x), float32(y))
	}
}
