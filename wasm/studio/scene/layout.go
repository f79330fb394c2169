// Package scene computes where everything in the drawing goes and what is under the pointer. Lengths are in device pixels
// unless they say otherwise, so that pictures scale by whole numbers.
package scene

import (
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// Rect is a place in device pixels.
type Rect struct{ X, Y, W, H float64 }

// Contains tells whether a point is inside.
func (r Rect) Contains(x, y float64) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// Right and Bottom are the edges that are not inside any more.
func (r Rect) Right() float64  { return r.X + r.W }
func (r Rect) Bottom() float64 { return r.Y + r.H }

// Scene is the layout of a frame.
type Scene struct {
	Unit   float64 // device pixels in a CSS pixel
	Width  float64
	Height float64 // what the drawing needs
	Points bool    // the sheet is a point set: Fakes and Reals have no cells, Scatter is drawn
	Fakes  Grid
	Reals  Grid

	Band    Rect // the flow band's place
	Flow    Flow
	Scatter Rect
	Chart   Rect
	Stage   Rect // the part that holds the pictures or points
	Aside   Rect // the part of the real pictures where the chart is under them, empty elsewhere
}

// Lengths in CSS pixels.
const (
	header    = 28  // above a grid or a chart
	gap       = 8   // between cells
	verdict   = 22  // under a picture: bar and number
	between   = 28  // between grids, and between grids and charts
	largest   = 56  // a picture's side in a grid with many
	unscaled  = 96  // a picture's side up to which each of its pixels has at least one of the screen's
	chartWide = 300 // the narrowest chart beside the grids
	chartHigh = 250 // the chart below the grids
	chartTall = 340 // the chart beside the grids
	underFlow = 18  // between the flow band and what follows
	chartLow  = 200 // the least height of a chart under the reals
	expected  = 16  // real samples, before there are any
	showReals = 4   // columns of real samples where there is room
	loosest   = 40  // more than the usual gap between columns that take a whole width
	ring      = 3   // around a chosen picture
)

// Usual is the form of a sheet before one is known: the digits that programs begin with.
func Usual() *wire.Sheet { return &wire.Sheet{Sample: sample.MNIST, Fakes: 64} }

// Layout places the flow band, a sheet's pictures and the chart in a window of that width; unit is device pixels per CSS pixel, high the
// height in CSS pixels that the visitor's window has for them, 0 where that is not known. Where they can all be seen at once there, they are, and
// as many of the pictures as have room.
func Layout(width, unit, high float64, sheet *wire.Sheet) Scene {
	if sheet == nil {
		sheet = Usual()
	}
	s := Scene{Unit: unit, Width: width}
	if high >= onScreenHigh && width >= onScreenWide*unit {
		s.onScreen(round(high*unit), sheet)
		return s
	}
	s.Band = Rect{0, 0, width, flowHeight(flowSide(width, unit), unit)}
	s.Flow = NewFlow(s.Band, unit)
	if sheet.Sample.Kind() == sample.Point {
		s.points()
		return s
	}
	room := *sheet
	if room.Reals == 0 { // they have not arrived yet: nothing moves when they do
		room.Reals = expected
	}
	rows := ceil(room.Fakes, columnsOf(&room, 8))
	fewest := max(1, ceil(room.Reals, max(rows, 1)))
	if !s.beside(&room, max(fewest, min(showReals, room.Reals))) && !s.over(&room) && !s.beside(&room, fewest) {
		s.stack(&room)
	}
	s.Reals.Count = sheet.Reals
	return s
}

// top is where what follows the flow band begins.
func (s *Scene) top() float64 { return s.Band.Bottom() + round(underFlow*s.Unit) }

// beside puts fakes left, reals right of them, the chart right of both; false where that is too wide.
func (s *Scene) beside(sheet *wire.Sheet, realColumns int) bool {
	u := s.Unit
	columns := columnsOf(sheet, 8)
	all := float64(columns + realColumns)
	room := s.Width - (2*between+chartWide)*u
	scale := scaleFor(sheet.Sample, (room-ring*u-(all-2)*gap*u)/all, u)
	if small(sheet.Sample, scale, u) {
		return false
	}
	top := s.top()
	s.Fakes = newGrid(ring*u, top+header*u, u, scale, columns, sheet, sheet.Fakes)
	s.Reals = newGrid(s.Fakes.Right()+round(between*u), top+header*u, u, scale, realColumns, sheet, sheet.Reals)
	x := s.Reals.Right() + round(between*u)
	s.aside(x, max(s.Fakes.Bottom(), s.Reals.Bottom()))
	return true
}

// over puts fakes left, reals right of them and the chart under the reals; false where there is no room for that.
func (s *Scene) over(sheet *wire.Sheet) bool {
	u := s.Unit
	columns := columnsOf(sheet, 8)
	chart := max(chartWide*u, round(0.36*s.Width))
	left := s.Width - chart - between*u
	scale := scaleFor(sheet.Sample, (left-2*ring*u-float64(columns-1)*gap*u)/float64(columns), u)
	if small(sheet.Sample, scale, u) {
		return false
	}
	y := s.top() + header*u
	s.Fakes = newGrid(ring*u, y, u, scale, columns, sheet, sheet.Fakes)
	s.Fakes.spread(left-ring*u, u)
	x := s.Width - chart
	s.Reals = newGrid(x+ring*u, y, u, scale, 1, sheet, sheet.Reals)
	s.Reals.Columns = max(1, min(sheet.Reals, int((chart-ring*u+gap*u)/s.Reals.StepX)))
	for s.Reals.Columns > 2 && sheet.Reals%s.Reals.Columns != 0 { // whole rows
		s.Reals.Columns--
	}
	s.Reals.spread(s.Width, u)
	top := s.Reals.Bottom() + round(12*u)
	s.Height = max(s.Fakes.Bottom(), top+round(chartLow*u))
	s.Stage = Rect{0, s.top(), x, s.Height - s.top()}
	s.Aside = Rect{x, s.top(), chart, top - s.top()}
	s.Chart = Rect{x, top, chart, min(s.Height-top, round(chartTall*u))}
	return true
}

// aside puts the chart right of a stage that ends at x and reaches down to bottom.
func (s *Scene) aside(x, bottom float64) {
	top := s.top()
	s.Height = max(bottom, top+round(chartTall*s.Unit))
	s.Stage = Rect{0, top, x, s.Height - top}
	s.Chart = Rect{x, top, s.Width - x, round(chartTall * s.Unit)}
}

// stack puts reals under fakes, the chart under both.
func (s *Scene) stack(sheet *wire.Sheet) {
	u := s.Unit
	columns := columnsOf(sheet, 8)
	scale := 0.0
	for {
		scale = scaleFor(sheet.Sample, (s.Width-2*ring*u-float64(columns-1)*gap*u)/float64(columns), u)
		if scale >= 1 || columns == 1 || !small(sheet.Sample, scale, u) {
			break
		}
		columns = (columns + 1) / 2
	}
	if scale == 0 {
		scale = 1
	}
	s.Fakes = newGrid(ring*u, s.top()+header*u, u, scale, columns, sheet, sheet.Fakes)
	s.Reals = newGrid(ring*u, s.Fakes.Bottom()+round((12+header)*u), u, scale, columns, sheet, sheet.Reals)
	for _, g := range []*Grid{&s.Fakes, &s.Reals} {
		g.spread(s.Width-ring*u, u)
	}
	s.below(s.Reals.Bottom())
}

// points makes room for a square with the points, the chart beside or under it.
func (s *Scene) points() {
	u, top := s.Unit, s.top()
	s.Points = true
	if s.Width >= 640*u {
		side := min(round(s.Width*0.6), round(560*u))
		s.Scatter = Rect{0, top + header*u, side, side}
		s.aside(side+round(between*u), s.Scatter.Bottom())
		return
	}
	s.Scatter = Rect{0, top + header*u, s.Width, s.Width}
	s.below(s.Scatter.Bottom())
}

// below puts the chart under a stage that reaches down to bottom.
func (s *Scene) below(bottom float64) {
	top := s.top()
	s.Stage = Rect{0, top, s.Width, bottom + round(16*s.Unit) - top}
	s.Chart = Rect{0, s.Stage.Bottom(), s.Width, round(chartHigh * s.Unit)}
	s.Height = s.Chart.Bottom()
}
