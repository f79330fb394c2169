package compare

import (
	"math"

	"ganvas/core/sample"
	"ganvas/core/wire"
	"ganvas/wasm/studio/scene"
)

// Lengths in CSS pixels.
const (
	header  = 30 // above a column
	between = 28 // columns, and what stands below them
	gap     = 6  // pictures
	verdict = 8  // the bar under a picture
	largest = 56 // a picture's side
	bars    = 64 // the digits' shares
	chart1  = 210
	rows    = 4   // of pictures
	beside  = 900 // from here the charts stand side by side
)

// column is where one run is shown.
type column struct {
	X, W    float64
	Grid    scene.Grid // of its pictures; Count 0 for points
	Scatter scene.Rect // of its points
	Bars    scene.Rect // of its digits
}

// place is where everything goes, in device pixels.
type place struct {
	Unit, Width, Height float64
	Columns             [2]column
	Top                 scene.Rect // both columns
	Charts              [3]scene.Rect
}

// layout places two runs' sheets, which may be nil, and three charts in a window of that width.
func layout(width, unit float64, sheets [2]*wire.Sheet) place {
	p := place{Unit: unit, Width: width}
	w := math.Floor((width - between*unit) / 2)
	bottom := 0.0
	for i := range p.Columns {
		c := &p.Columns[i]
		c.X, c.W = math.Round(float64(i)*(width-w)), w
		bottom = max(bottom, c.pictures(unit, sheets[i]))
	}
	for i := range p.Columns {
		c := &p.Columns[i]
		c.Bars = scene.Rect{X: c.X, Y: bottom + math.Round(14*unit), W: math.Min(w, math.Round(360*unit)), H: math.Round(bars * unit)}
	}
	p.Top = scene.Rect{W: width, H: p.Columns[0].Bars.Bottom() + math.Round(between*unit)}
	y, h := p.Top.H, math.Round(chart1*unit)
	if width >= beside*unit {
		each := math.Floor((width - 2*between*unit) / 3)
		for i := range p.Charts {
			p.Charts[i] = scene.Rect{X: math.Round(float64(i) * (width - each) / 2), Y: y, W: each, H: h}
		}
		p.Height = y + h
		return p
	}
	for i := range p.Charts {
		p.Charts[i] = scene.Rect{Y: y + float64(i)*(h+math.Round(18*unit)), W: width, H: h}
	}
	p.Height = p.Charts[2].Bottom()
	return p
}

// pictures places a sheet's fakes in the column, as many as four rows hold, and returns their lower edge.
func (c *column) pictures(u float64, sheet *wire.Sheet) float64 {
	if sheet == nil {
		sheet = scene.Usual()
	}
	y := math.Round(header * u)
	if sheet.Sample.Kind() == sample.Point {
		side := math.Min(c.W, math.Round(360*u))
		c.Scatter = scene.Rect{X: c.X, Y: y, W: side, H: side}
		return c.Scatter.Bottom()
	}
	step := func(scale float64) float64 {
		w, _ := scene.Drawn(sheet.Sample, scale)
		return w + math.Round(gap*u)
	}
	scale := scene.Calm(sheet.Sample, largest, u)
	for scale > 1 && math.Floor((c.W+gap*u)/step(scale)) < rows {
		scale--
	}
	columns := max(1, min(10, int(math.Floor((c.W+math.Round(gap*u))/step(scale)))))
	if n := len(sheet.FakeLabels); n > 0 && columns < 10 {
		columns = min(columns, 5) // ten classes in whole rows
	}
	c.Grid = scene.Grid{X: c.X, Y: y, Columns: columns, Count: min(sheet.Fakes, rows*columns), StepX: step(scale)}
	c.Grid.PictureW, c.Grid.PictureH = scene.Drawn(sheet.Sample, scale)
	c.Grid.StepY = c.Grid.PictureH + math.Round((gap+verdict)*u)
	return c.Grid.Picture(c.Grid.Count-1).Bottom() + math.Round(verdict*u)
}
