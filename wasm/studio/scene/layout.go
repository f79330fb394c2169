// Package scene computes where everything in the drawing goes and what is under the pointer. Lengths are in device pixels
// unless they say otherwise, so that pictures scale by whole numbers.
package scene

import "ganvas/core/wire"

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

	Scatter Rect
	Charts  [2]Rect
	Stage   Rect // the part that holds the pictures or points
}

// Lengths in CSS pixels.
const (
	header     = 28  // above a grid or a chart
	gap        = 8   // between cells
	verdict    = 22  // under a picture: bar and number
	between    = 28  // between grids, and between grids and charts
	largest    = 56  // a picture's side in a grid with many
	chartWide  = 230 // the narrowest chart beside the grids
	chartHigh  = 200 // a chart below the grids
	twoColumns = 560 // from here, charts below stand side by side
)

// IsPoints tells whether a sheet holds points of the plane.
func IsPoints(s *wire.Sheet) bool { return s.Height == 1 && s.Width == 2 }

// Layout places a sheet's pictures and two charts in a window of that width; unit is device pixels per CSS pixel.
func Layout(width, unit float64, sheet *wire.Sheet) Scene {
	s := Scene{Unit: unit, Width: width}
	if sheet == nil {
		sheet = &wire.Sheet{Height: 28, Width: 28, Fakes: 64, Reals: 16}
	}
	if IsPoints(sheet) {
		s.points()
		return s
	}
	wide := s.beside(sheet)
	if !wide {
		s.stack(sheet)
	}
	return s
}

// beside puts fakes left, reals right of them, charts right of both; false where that is too wide.
func (s *Scene) beside(sheet *wire.Sheet) bool {
	u := s.Unit
	columns := columnsOf(sheet, 8)
	rows := ceil(sheet.Fakes, columns)
	realColumns := max(1, ceil(sheet.Reals, max(rows, 1)))
	all := float64(columns + realColumns)
	room := s.Width - (2*between+chartWide)*u
	scale := scaleFor(sheet, (room-(all-2)*gap*u)/all, u)
	if scale < 1 || float64(scale*sheet.Width) < 36*u {
		return false
	}
	s.Fakes = newGrid(0, header*u, u, scale, columns, sheet, sheet.Fakes)
	s.Reals = newGrid(s.Fakes.Right()+round(between*u), header*u, u, scale, realColumns, sheet, sheet.Reals)
	s.Height = max(s.Fakes.Bottom(), s.Reals.Bottom())
	s.Height = max(s.Height, round(2*chartHigh*u))
	x := s.Reals.Right() + round(between*u)
	s.Stage = Rect{0, 0, x, s.Height}
	half := round((s.Height - between*u) / 2)
	s.Charts = [2]Rect{{x, 0, s.Width - x, half}, {x, s.Height - half, s.Width - x, half}}
	return true
}

// stack puts reals under fakes, charts under both.
func (s *Scene) stack(sheet *wire.Sheet) {
	u := s.Unit
	columns := columnsOf(sheet, 8)
	scale := 0
	for {
		scale = scaleFor(sheet, (s.Width-float64(columns-1)*gap*u)/float64(columns), u)
		if scale >= 1 || columns == 1 {
			break
		}
		columns = (columns + 1) / 2
	}
	scale = max(scale, 1)
	s.Fakes = newGrid(0, header*u, u, scale, columns, sheet, sheet.Fakes)
	s.Reals = newGrid(0, s.Fakes.Bottom()+round((12+header)*u), u, scale, columns, sheet, sheet.Reals)
	s.spread()
	s.Stage = Rect{0, 0, s.Width, s.Reals.Bottom() + round(16*u)}
	s.below(s.Stage.H)
}

// spread lets the columns of stacked grids take the whole width.
func (s *Scene) spread() {
	for _, g := range []*Grid{&s.Fakes, &s.Reals} {
		if g.Columns > 1 {
			g.StepX = min(floor((s.Width-g.PictureW)/float64(g.Columns-1)), g.StepX+round(24*s.Unit))
		}
	}
}

// points makes room for a square with the points, charts beside or under it.
func (s *Scene) points() {
	u := s.Unit
	s.Points = true
	if s.Width >= 640*u {
		side := min(round(s.Width*0.6), round(620*u))
		s.Height = side + header*u
		s.Scatter = Rect{0, header * u, side, side}
		x := side + round(between*u)
		s.Stage = Rect{0, 0, x, s.Height}
		half := round((s.Height - between*u) / 2)
		s.Charts = [2]Rect{{x, 0, s.Width - x, half}, {x, s.Height - half, s.Width - x, half}}
		return
	}
	s.Scatter = Rect{0, header * u, s.Width, s.Width}
	s.Stage = Rect{0, 0, s.Width, s.Scatter.Bottom() + round(16*u)}
	s.below(s.Stage.H)
}

// below places the charts from y on.
func (s *Scene) below(y float64) {
	u := s.Unit
	h := round(chartHigh * u)
	if s.Width >= twoColumns*u {
		w := floor((s.Width - between*u) / 2)
		s.Charts = [2]Rect{{0, y, w, h}, {s.Width - w, y, w, h}}
		s.Height = y + h
		return
	}
	s.Charts = [2]Rect{{0, y, s.Width, h}, {0, y + h + round(20*u), s.Width, h}}
	s.Height = s.Charts[1].Bottom()
}
