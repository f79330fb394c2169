package inside

import (
	"math"

	"ganvas/core/sample"
	"ganvas/wasm/studio/scene"
)

// Lengths in CSS pixels.
const (
	head      = 28  // above each part
	tilesH    = 364 // of weights and of activations beside each other
	narrowH   = 300 // below each other
	stripH    = 138
	axisH     = 20  // under a strip
	axisW     = 46  // left of a strip
	apart     = 28  // between parts
	twoWide   = 860 // from here parts stand side by side
	bigSide   = 168 // of the sample that follows
	planeSide = 320 // of points
	smallest  = 56  // of a picture in the row of wishes
	verdictH  = 34  // under a picture
	gapX      = 12
)

// place is where the room's parts are, in device pixels.
type place struct {
	unit                 float64
	weights, activations scene.Rect // of the pictures, heads above them
	past                 [2]scene.Rect
	big                  [2]scene.Rect // the sample as it is, and with D's wish over it
	row                  []scene.Rect  // of wishes
	plane                scene.Rect    // in the place of both where the samples are points
	wishY                float64       // of the wishes' head
	height               float64
}

// layout places the parts in a window of that width, with count wishes for samples of that shape.
func layout(width, unit float64, count int, of sample.Shape) place {
	p := place{unit: unit}
	px := func(css float64) float64 { return math.Round(css * unit) }
	left := px(axisW)
	if width >= twoWide*unit {
		half := math.Floor((width - px(apart)) / 2)
		second := width - half
		p.weights = scene.Rect{X: 0, Y: px(head), W: half, H: px(tilesH)}
		p.activations = scene.Rect{X: second, Y: px(head), W: half, H: px(tilesH)}
		y := p.weights.Bottom() + px(apart+head)
		p.past[0] = scene.Rect{X: left, Y: y, W: half - left, H: px(stripH)}
		p.past[1] = scene.Rect{X: second + left, Y: y, W: half - left, H: px(stripH)}
	} else {
		p.weights = scene.Rect{X: 0, Y: px(head), W: width, H: px(narrowH)}
		p.activations = scene.Rect{X: 0, Y: p.weights.Bottom() + px(apart+head), W: width, H: px(narrowH)}
		p.past[0] = scene.Rect{X: left, Y: p.activations.Bottom() + px(apart+head), W: width - left, H: px(stripH)}
		p.past[1] = scene.Rect{X: left, Y: p.past[0].Bottom() + px(axisH+apart+head), W: width - left, H: px(stripH)}
	}
	p.wishY = p.past[1].Bottom() + px(axisH+apart)
	p.wishes(width, count, of)
	return p
}

// wishes places the sample that follows and the row of wishes, beside each other where there is room.
func (p *place) wishes(width float64, count int, of sample.Shape) {
	h, w := of.Height, of.Width
	px := func(css float64) float64 { return math.Round(css * p.unit) }
	y := p.wishY + px(head)
	if of.Kind() == sample.Point {
		side := min(width, px(planeSide))
		p.plane = scene.Rect{Y: y, W: side, H: side}
		p.height = p.plane.Bottom()
		return
	}
	long := float64(max(h, w))
	size := func(scale float64) (float64, float64) { return scale * float64(w), scale * float64(h) }
	scale := math.Max(1, math.Floor(bigSide*p.unit/long))
	if over := 2*scale*float64(w) + px(gapX); over > width {
		scale = (width - px(gapX)) / 2 / float64(w)
	}
	bw, bh := size(scale)
	p.big = [2]scene.Rect{{X: 0, Y: y, W: bw, H: bh}, {X: bw + px(gapX), Y: y, W: bw, H: bh}}
	p.height = y + bh + px(verdictH)
	x := p.big[1].Right() + px(apart)
	if !p.rows(x, y, width-x, p.height-y, count, h, w) {
		p.rows(0, p.height+px(gapX), width, math.Inf(1), count, h, w)
	}
}

// rows places the row of wishes from a point on in as few rows as let the pictures have their smallest size, and tells
// whether that is possible. In a place without an end they are placed in any case.
func (p *place) rows(x, y, room, high float64, count, h, w int) bool {
	gap, under := math.Round(gapX*p.unit), math.Round(verdictH*p.unit)
	least := smallest * p.unit / float64(max(h, w)) // device pixels for a picture's
	for columns := count; ; columns = (columns + 1) / 2 {
		rows := float64((count + columns - 1) / columns)
		scale := min((room-float64(columns-1)*gap)/float64(columns)/float64(w), ((high-(rows-1)*gap)/rows-under)/float64(h), 2*least)
		if whole := math.Floor(scale); whole >= least || whole >= 1 && columns == 1 {
			scale = whole
		}
		if last := columns == 1 && math.IsInf(high, 1); scale >= least || last {
			p.inRows(x, y, scale, columns, count, h, w)
			return true
		}
		if columns == 1 {
			return false
		}
	}
}

// inRows places the row of wishes in columns.
func (p *place) inRows(x, y, scale float64, columns, count, h, w int) {
	gap, under := math.Round(gapX*p.unit), math.Round(verdictH*p.unit)
	pw, ph := scale*float64(w), scale*float64(h)
	for i := range count {
		r := scene.Rect{X: x + float64(i%columns)*(pw+gap), Y: y + float64(i/columns)*(ph+under+gap), W: pw, H: ph}
		p.row = append(p.row, r)
		p.height = max(p.height, r.Bottom()+under)
	}
}
