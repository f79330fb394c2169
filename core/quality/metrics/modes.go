package metrics

import "math"

// ModeCounts says how points of the plane lie around the centres of a distribution.
type ModeCounts struct {
	Each    []int // points at each centre
	Near    int   // points that are at any
	Samples int
}

// CountModes gives every point (n, 2) to the nearest centre, if it is no farther than near.
func CountModes(points []float32, centres [][2]float64, near float64) ModeCounts {
	m := ModeCounts{Each: make([]int, len(centres)), Samples: len(points) / 2}
	for i := range m.Samples {
		x, y := float64(points[2*i]), float64(points[2*i+1])
		best, at := math.Inf(1), 0
		for k, c := range centres {
			if d := math.Hypot(x-c[0], y-c[1]); d < best {
				best, at = d, k
			}
		}
		if best <= near {
			m.Each[at]++
			m.Near++
		}
	}
	return m
}

// Covered is how many centres have at least the given share of what each would have if all points were spread evenly.
func (m ModeCounts) Covered(share float64) (n int) {
	for _, c := range m.Each {
		if float64(c*len(m.Each)) >= share*float64(m.Samples) {
			n++
		}
	}
	return n
}

// Quality is the share of the points that are at a centre.
func (m ModeCounts) Quality() float64 { return float64(m.Near) / float64(max(1, m.Samples)) }
