package plane

import (
	"math"

	"ganvas/core/wire"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// Lengths in CSS pixels.
const (
	beside = 640 // the least width at which units and losses stand beside the square
	least  = 300 // the square's side
	most   = 680
	apart  = 26
	head   = 24 // above a row of units, and above the chart: the page's words
	cell   = 58 // the largest map of a unit
	gapX   = 5  // maps
	lowest = 130
	chartH = 200 // the chart's height where it stands under the units
)

// place is where the room's parts are, in device pixels.
type place struct {
	unit   float64
	square scene.Rect
	maps   [][]scene.Rect // of each layer
	chart  scene.Rect
	height float64
}

// layout places the parts in a window of that width; high is the height in CSS pixels that the visitor's window has for them, 0 where that
// is not known.
func layout(width, unit, high float64, w *wire.Plane) place {
	p := place{unit: unit}
	px := func(css float64) float64 { return math.Round(css * unit) }
	side := math.Floor(width)
	left, top, room := 0.0, 0.0, width
	wide := width >= beside*unit
	if wide {
		side = math.Floor(min(0.58*width, px(most)))
		if high > 0 {
			side = max(px(least), min(side, math.Floor(high*unit)))
		}
		left, room = side+px(apart), width-side-px(apart)
	}
	p.square = scene.Rect{W: side, H: side}
	if !wide {
		top = side + px(8)
	}
	if w != nil {
		for _, n := range w.Units {
			size := math.Floor(min(px(cell), (room-px(gapX)*float64(n-1))/float64(n)))
			if wide { // four rows leave room for the chart
				size = min(size, math.Floor((side-px(head+lowest))/float64(len(w.Units))-px(head+8)))
			}
			size = max(size, 8)
			row := make([]scene.Rect, n)
			for i := range row {
				row[i] = scene.Rect{X: left + float64(i)*(size+px(gapX)), Y: top + px(head), W: size, H: size}
			}
			p.maps, top = append(p.maps, row), row[0].Bottom()+px(8)
		}
	}
	p.chart = scene.Rect{X: left, Y: top, W: room, H: px(chartH)}
	if wide {
		p.chart.H = max(px(lowest), side-top)
	}
	p.height = max(p.square.Bottom(), p.chart.Bottom())
	return p
}

// plot is the part of the chart that holds its curves.
func (p *place) plot() scene.Rect {
	u := p.unit
	return scene.Rect{X: p.chart.X + math.Round(34*u), Y: p.chart.Y + math.Round(head*u+4*u), W: p.chart.W - math.Round(84*u), H: p.chart.H - math.Round(head*u+22*u)}
}

// at is where a point of the plane is drawn: y goes up, and [−1, 1]² is the inner part of the square.
func (p *place) at(x, y float32) mesh.Point {
	in := scene.Inner(p.square)
	return mesh.Point{X: in.X + in.W*(float64(x)+1)/2, Y: in.Bottom() - in.H*(float64(y)+1)/2}
}

// point is the way back.
func (p *place) point(x, y float64) (float64, float64) {
	in := scene.Inner(p.square)
	return 2*(x-in.X)/in.W - 1, 2*(in.Bottom()-y)/in.H - 1
}

// unitAt is the unit whose map is at a place.
func (p *place) unitAt(x, y float64) unit {
	for layer, row := range p.maps {
		for i, r := range row {
			if r.Contains(x, y) {
				return unit{layer, i}
			}
		}
	}
	return none
}
