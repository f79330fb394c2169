package chart

import (
	"math"

	"ganvas/wasm/studio/mesh"
)

// Axes map steps and values to pixels.
type Axes struct {
	Left, Top, Right, Bottom float64
	Low, High                float64 // values at Bottom and Top
	Steps                    int     // the step at Right
	First                    int     // the step at Left
}

// X is a step's pixel.
func (a Axes) X(step float64) float64 {
	return a.Left + (a.Right-a.Left)*(step-float64(a.First))/float64(a.Steps-a.First)
}

// Y is a value's pixel, never outside the plot.
func (a Axes) Y(v float64) float64 {
	t := min(max((v-a.Low)/(a.High-a.Low), 0), 1)
	return a.Bottom - (a.Bottom-a.Top)*t
}

// Step is the step at a pixel.
func (a Axes) Step(x float64) int {
	return a.First + int(math.Round(float64(a.Steps-a.First)*(x-a.Left)/(a.Right-a.Left)))
}

// Paths are a curve's minima, means and maxima from the first step to the last, in at most n points each.
func (a Axes) Paths(s *Series, n int) (low, mean, high []mesh.Point) {
	for _, b := range s.Between(a.First, a.Steps).Bins(n) {
		x := a.X(float64(b.Last))
		low = append(low, mesh.Point{X: x, Y: a.Y(b.Min)})
		mean = append(mean, mesh.Point{X: x, Y: a.Y(b.Mean())})
		high = append(high, mesh.Point{X: x, Y: a.Y(b.Max)})
	}
	return low, mean, high
}
