package scene

import (
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// Lengths in CSS pixels of the layout that is seen as a whole without scrolling.
const (
	onScreenWide = 620 // the least width and height that it takes
	onScreenHigh = 380
	chartLeast   = 262 // the chart's width
	chartMost    = 460
	chartShare   = 0.29 // of the whole width
	scatterLeast = 300  // the square's side
	scatterMost  = 900
	underBand    = 6
	bandMost     = 0.39 // of the height
	bandSmallest = 40   // the sides of the band's pictures
	bandUsual    = 66
	bandLargest  = 96
)

// onScreen places everything in a window that is high device pixels high: the band and the fakes under it, the chart and the reals under that in
// the same rows; of points the square left, the band and the chart right. The widths are such that the band has room for its words.
func (s *Scene) onScreen(high float64, sheet *wire.Sheet) {
	u := s.Unit
	if sheet.Sample.Kind() == sample.Point {
		s.squareFirst(high)
		return
	}
	aside := round(min(max(chartLeast*u, chartShare*s.Width), chartMost*u))
	left := s.Width - aside - round(between*u)
	side := bandSide(high, u)
	s.Band = Rect{0, 0, left, flowHeight(side, u)}
	s.Flow = newFlow(s.Band, side, u)
	top := s.Band.Bottom() + round(underBand*u)
	first := top + round(header*u)
	reals := sheet.Reals
	if reals == 0 { // they have not arrived yet: nothing moves when they do
		reals = expected
	}
	x := left + round(between*u)
	scale := s.shown(sheet, left, high-first)
	s.Fakes = fitted(ring*u, first, u, scale, left-ring*u, high-first, sheet, sheet.Fakes)
	s.Reals = fitted(x+ring*u, first, u, scale, aside-ring*u, high-first, sheet, reals)
	s.Reals.Count = min(s.Reals.Count, sheet.Reals)
	s.Height = max(high, s.Fakes.Bottom())
	s.Chart = Rect{x, 0, aside, top}
	s.Stage = Rect{0, top, s.Width, s.Height - top}
}

// shown is the scale of the pictures in a place of that size: the largest at which all have room, or the usual one where that shows two rows.
func (s *Scene) shown(sheet *wire.Sheet, width, height float64) float64 {
	u := s.Unit
	usual := Calm(sheet.Sample, largest, u)
	if usual < 1 {
		return usual
	}
	rows := func(scale float64) (fit, all int) {
		g := newGrid(0, 0, u, scale, 1, sheet, sheet.Fakes)
		columns := inRow(g, width-2*ring*u, u)
		return inColumn(g, height, u), ceil(sheet.Fakes, max(columns, 1))
	}
	best := 1.0
	for scale := 1.0; scale <= 2*usual; scale++ {
		w, _ := Drawn(sheet.Sample, scale)
		if fit, all := rows(scale); w <= width-2*ring*u && (fit >= all || scale <= usual && fit >= 2) {
			best = scale
		}
	}
	return best
}

// inRow and inColumn are how many of a grid's pictures stand beside each other, or under each other, in so much room.
func inRow(g Grid, width, unit float64) int { return int((width + round(gap*unit)) / g.StepX) }
func inColumn(g Grid, height, unit float64) int {
	return int((height + g.StepY - g.PictureH - g.verdict) / g.StepY)
}

// fitted is a grid of as many pictures, up to count, as have room in a place of that size: at least one row.
func fitted(x, y, unit, scale, width, height float64, sheet *wire.Sheet, count int) Grid {
	g := newGrid(x, y, unit, scale, 1, sheet, count)
	g.Columns = max(1, min(inRow(g, width, unit), count))
	if labelled := columnsOf(sheet, 0); labelled > 1 && labelled <= g.Columns { // a class to a column
		g.Columns = labelled
	}
	rows := inColumn(g, height, unit)
	for c := g.Columns; c > 1 && ceil(count, c) <= rows; c-- {
		if count%c == 0 { // whole rows, where all have room
			g.Columns = c
			break
		}
	}
	g.Count = min(count, g.Columns*max(1, rows))
	g.spread(x+width, unit)
	return g
}

// bandSide is the side of the band's pictures in a window of that height.
func bandSide(high, unit float64) float64 {
	for side := float64(bandLargest); side > bandSmallest; side -= 2 {
		if s := round(side * unit); flowHeight(s, unit) <= bandMost*high && (side <= bandUsual || high >= 1000*unit) {
			return s
		}
	}
	return round(bandSmallest * unit)
}

// squareFirst places the square of the points left, the band and the chart right of it.
func (s *Scene) squareFirst(high float64) {
	u := s.Unit
	s.Points = true
	side := round(max(scatterLeast*u, min(high-header*u, scatterMost*u, 0.52*s.Width)))
	s.Scatter = Rect{0, round(header * u), side, side}
	s.Height = max(high, s.Scatter.Bottom())
	x := side + round(between*u)
	s.Stage = Rect{0, 0, side + round(8*u), s.Height}
	s.Band = Rect{x, 0, s.Width - x, flowHeight(flowSide(s.Width-x, u), u)}
	s.Flow = NewFlow(s.Band, u)
	top := s.Band.Bottom() + round(underFlow*u)
	s.Chart = Rect{x, top, s.Width - x, max(s.Height-top, round(chartLow*u))}
	s.Height = max(s.Height, s.Chart.Bottom())
}
