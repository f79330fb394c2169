package scene

import (
	"math"

	"ganvas/wasm/studio/mesh"
)

// Lengths of the flow band in CSS pixels.
const (
	flowWide     = 620 // from here, the band's parts are large
	flowAbove    = 24  // G's loop, over the parts
	flowBelow    = 20  // D's loop, under them
	flowLabel    = 22  // room for a word under a part
	flowMost     = 1180
	flowCorner   = 10
	verdictLeast = 84  // a verdict's width, for its words
	noiseMostly  = 256 // values of the noise that are shown
)

// BeadRadius is that of the mark that goes along a loop, in CSS pixels.
const BeadRadius = 5

// Flow is the band at the top: noise goes through G and becomes a fake, fakes and real samples go through D and come out
// as verdicts, and two loops lead from the verdicts back to the network that learns from them.
type Flow struct {
	Unit                    float64
	Noise, G, Fake, D, Real Rect
	FakeVerdict             Rect
	RealVerdict             Rect
	Arrows                  [6]Arrow
	LoopG, LoopD            []mesh.Point // from the verdicts to the network
}

// Arrow leads from one part to another.
type Arrow struct {
	From, To Part
	Path     [2]mesh.Point
}

// Part names a part of the band.
type Part string

const (
	PartNoise       Part = "noise"
	PartG           Part = "g"
	PartFake        Part = "fake"
	PartD           Part = "d"
	PartReal        Part = "real"
	PartFakeVerdict Part = "fakeVerdict"
	PartRealVerdict Part = "realVerdict"
	PartLoopG       Part = "loopG"
	PartLoopD       Part = "loopD"
)

// VerdictWide is the width of a verdict beside pictures of that side, in a band of that width: with room for its words where there is any.
func VerdictWide(side, width, unit float64) float64 {
	return min(max(1.5*side, verdictLeast*unit), max(1.5*side, 0.24*width))
}

// flowHeight is the band's height with pictures of that side.
func flowHeight(side, unit float64) float64 {
	return round((flowAbove+flowBelow+flowLabel+10)*unit) + 2*side + round(flowLabel*unit)
}

// flowSide is the width and height of the band's pictures.
func flowSide(width, unit float64) float64 {
	if width >= flowWide*unit {
		return round(66 * unit)
	}
	return round(max(36*unit, min(50*unit, width/6.9)))
}

// NewFlow places the band's parts in r. All rectangles are on whole pixels.
func NewFlow(r Rect, unit float64) Flow { return newFlow(r, flowSide(r.W, unit), unit) }

// newFlow is NewFlow with pictures of that side.
func newFlow(r Rect, side, unit float64) Flow {
	wide := min(r.W, flowMost*unit)
	left := round(r.X + (r.W-wide)/2)
	verdict := round(VerdictWide(side, r.W, unit))
	widths := [5]float64{side, round(0.9 * side), side, round(0.9 * side), verdict}
	gap := wide
	for _, w := range widths {
		gap -= w
	}
	gap /= 4
	var x [5]float64
	at := left
	for i, w := range widths {
		x[i] = round(at)
		at += w + gap
	}
	y1 := r.Y + round(flowAbove*unit)
	y2 := y1 + side + round((flowLabel+10)*unit)
	f := Flow{
		Unit: unit, Noise: Rect{x[0], y1, side, side}, G: Rect{x[1], y1, widths[1], side}, Fake: Rect{x[2], y1, side, side},
		D: Rect{x[3], y1, widths[3], y2 + side - y1}, Real: Rect{x[2], y2, side, side},
		FakeVerdict: Rect{x[4], y1, verdict, side}, RealVerdict: Rect{x[4], y2, verdict, side},
	}
	for i, a := range [6][2]Part{{PartNoise, PartG}, {PartG, PartFake}, {PartFake, PartD}, {PartD, PartFakeVerdict}, {PartReal, PartD}, {PartD, PartRealVerdict}} {
		f.Arrows[i] = f.arrow(a[0], a[1])
	}
	top, bottom := r.Y+round(7*unit), f.D.Bottom()+round((flowLabel+flowBelow-9)*unit)
	corner := flowCorner * unit
	v, g, d := middle(f.FakeVerdict), middle(f.G), middle(f.D)
	f.LoopG = rounded([]mesh.Point{{X: v, Y: f.FakeVerdict.Y - 3*unit}, {X: v, Y: top}, {X: g, Y: top}, {X: g, Y: f.G.Y - 3*unit}}, corner)
	f.LoopD = rounded([]mesh.Point{{X: v, Y: f.RealVerdict.Bottom() + flowLabel*unit}, {X: v, Y: bottom}, {X: d, Y: bottom}, {X: d, Y: f.D.Bottom() + flowLabel*unit - 2*unit}}, corner)
	return f
}

func middle(r Rect) float64 { return r.X + r.W/2 }

// Part is the place of a part that has one.
func (f *Flow) Part(p Part) Rect {
	return map[Part]Rect{PartNoise: f.Noise, PartG: f.G, PartFake: f.Fake, PartD: f.D, PartReal: f.Real, PartFakeVerdict: f.FakeVerdict, PartRealVerdict: f.RealVerdict}[p]
}

// arrow is level, at the height of the part that is not D.
func (f *Flow) arrow(from, to Part) Arrow {
	a, b := f.Part(from), f.Part(to)
	y := a.Y + a.H/2
	if from == PartD {
		y = b.Y + b.H/2
	}
	space := 5 * f.Unit
	return Arrow{from, to, [2]mesh.Point{{X: a.Right() + space, Y: y}, {X: b.X - space, Y: y}}}
}

// Cells is how noise of n values is shown: the values, row by row in a square, and how many columns it has.
func Cells(n int) (shown, columns int) {
	shown = min(n, noiseMostly)
	return shown, int(math.Ceil(math.Sqrt(float64(shown))))
}

// rounded is a path whose inner corners are arcs of that radius, where there is room for them.
func rounded(path []mesh.Point, radius float64) []mesh.Point {
	const steps = 6
	out := []mesh.Point{path[0]}
	for i := 1; i < len(path)-1; i++ {
		p, a, b := path[i], path[i-1], path[i+1]
		la, lb := math.Hypot(a.X-p.X, a.Y-p.Y), math.Hypot(b.X-p.X, b.Y-p.Y)
		r := min(radius, la/2, lb/2)
		for k := range steps + 1 {
			t := float64(k) / steps
			u, v := r/la*(1-t)*(1-t), r/lb*t*t // a curve of second order with p as its middle point
			out = append(out, mesh.Point{X: p.X + (a.X-p.X)*u + (b.X-p.X)*v, Y: p.Y + (a.Y-p.Y)*u + (b.Y-p.Y)*v})
		}
	}
	return append(out, path[len(path)-1])
}

// Along is the point at a share of a path's length, from 0 to 1.
func Along(path []mesh.Point, share float64) mesh.Point {
	total := 0.0
	for i := 1; i < len(path); i++ {
		total += math.Hypot(path[i].X-path[i-1].X, path[i].Y-path[i-1].Y)
	}
	left := min(max(share, 0), 1) * total
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		l := math.Hypot(b.X-a.X, b.Y-a.Y)
		if left <= l && l > 0 {
			return mesh.Point{X: a.X + (b.X-a.X)*left/l, Y: a.Y + (b.Y-a.Y)*left/l}
		}
		left -= l
	}
	return path[len(path)-1]
}
