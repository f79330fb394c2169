package scene

import (
	"math"

	"ganvas/core/sample"
	"ganvas/core/wire"
)

// Grid is rows of pictures with a verdict under each.
type Grid struct {
	X, Y           float64
	Columns, Count int
	PictureW       float64
	PictureH       float64
	StepX, StepY   float64
	verdict        float64
}

func newGrid(x, y, unit, scale float64, columns int, sheet *wire.Sheet, count int) Grid {
	g := Grid{X: round(x), Y: round(y), Columns: max(1, min(columns, count)), Count: count, verdict: round(verdict * unit)}
	g.PictureW, g.PictureH = Drawn(sheet.Sample, scale)
	g.StepX = g.PictureW + round(gap*unit)
	g.StepY = g.PictureH + g.verdict + round(6*unit)
	return g
}

// spread moves the columns apart so that they reach up to right, but no further apart than is calm.
func (g *Grid) spread(right, unit float64) {
	if g.Columns > 1 {
		g.StepX = max(g.StepX, min(floor((right-g.X-g.PictureW)/float64(g.Columns-1)), g.StepX+round(loosest*unit)))
	}
}

// Picture is where picture i goes.
func (g Grid) Picture(i int) Rect {
	return Rect{g.X + float64(i%g.Columns)*g.StepX, g.Y + float64(i/g.Columns)*g.StepY, g.PictureW, g.PictureH}
}

// Verdict is the place under picture i.
func (g Grid) Verdict(i int) Rect {
	p := g.Picture(i)
	return Rect{p.X, p.Bottom(), p.W, g.verdict}
}

// Right is the last column's right edge.
func (g Grid) Right() float64 {
	return g.X + float64(g.Columns-1)*g.StepX + g.PictureW
}

// Bottom is the last row's verdict's lower edge.
func (g Grid) Bottom() float64 {
	if g.Count == 0 {
		return g.Y
	}
	return g.Verdict(g.Count - 1).Bottom()
}

// At is the picture under a point, its verdict included; −1 where there is none.
func (g Grid) At(x, y float64) int {
	if g.Columns == 0 || g.StepX <= 0 || x < g.X || y < g.Y {
		return -1
	}
	c, r := int((x-g.X)/g.StepX), int((y-g.Y)/g.StepY)
	i := r*g.Columns + c
	if c >= g.Columns || i >= g.Count {
		return -1
	}
	p := g.Picture(i)
	if x >= p.Right() || y >= p.Bottom()+g.verdict {
		return -1
	}
	return i
}

// ColumnLabels are the classes over the columns; nil unless all pictures of each column share theirs.
func ColumnLabels(labels []int32, columns int) []int32 {
	if len(labels) == 0 || columns < 1 {
		return nil
	}
	for i := columns; i < len(labels); i++ {
		if labels[i] != labels[i-columns] {
			return nil
		}
	}
	return labels[:min(columns, len(labels))]
}

// columnsOf is usual, or as many as the labels' period where they repeat within twelve columns.
func columnsOf(sheet *wire.Sheet, usual int) int {
	for period := 2; period <= 12 && period < len(sheet.FakeLabels); period++ {
		if ColumnLabels(sheet.FakeLabels, period) != nil {
			return period
		}
	}
	return max(1, min(usual, max(sheet.Fakes, sheet.Reals)))
}

// Calm is how many device pixels a picture's pixel has in a grid with many, where its longer side is about side long: a
// whole number, but for pictures of so many pixels that they are drawn smaller.
func Calm(s sample.Shape, side, unit float64) float64 {
	longest := float64(max(s.Width, s.Height))
	if longest > unscaled*unit {
		return unscaled * unit / longest
	}
	return max(1, math.Round(side*unit/longest))
}

// Drawn is the size of a picture at a scale, in whole device pixels.
func Drawn(s sample.Shape, scale float64) (w, h float64) {
	return max(1, floor(scale*float64(s.Width))), max(1, floor(scale*float64(s.Height)))
}

// scaleFor is the largest scale at which a picture's width is at most room, and which is calm; 0 where there is none.
func scaleFor(s sample.Shape, room, unit float64) float64 {
	fits, calm := room/float64(s.Width), Calm(s, largest, unit)
	if calm >= 1 {
		fits = floor(fits)
	}
	return max(0, min(fits, calm))
}

// small reports whether pictures of the shape are too small to be seen well at a scale, so that they want another place.
func small(s sample.Shape, scale, unit float64) bool {
	return scale*float64(s.Width) < 36*unit
}

func ceil(n, by int) int      { return (n + by - 1) / by }
func round(x float64) float64 { return math.Round(x) }
func floor(x float64) float64 { return math.Floor(x) }
