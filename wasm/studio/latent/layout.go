package latent

import (
	"math"

	"ganvas/core/sample"
	"ganvas/wasm/studio/scene"
)

// Place is where the room's parts are, in device pixels.
type Place struct {
	Unit   float64
	Field  scene.Rect
	Here   scene.Rect // the picture that is here
	Fakes  scene.Grid // to choose anchors from
	Points scene.Rect // of a run on points: where the plane lands
	Strip  scene.Rect // the way from A to B
	Stops  int        // pictures in the strip
	Height float64
	Aspect float64
}

// Lengths in CSS pixels.
const (
	title   = 26 // above each part
	between = 24
	tile    = 56 // the smallest height of a picture in the field
	small   = 28 // a fake to choose
	eight   = 8  // fakes in a row
	narrow  = 720
	big     = 168 // the picture that is here, beside the field
)

// Arrange places everything in a window of that width; pictures are aspect times as wide as high, and there are fakes to
// choose from.
func Arrange(width, unit, aspect float64, s sample.Shape, fakes int) Place {
	p := Place{Unit: unit, Aspect: aspect}
	scale := small * unit / float64(max(s.Width, s.Height))
	if scale > 1 {
		scale = math.Floor(scale)
	}
	cell, high := scene.Drawn(s, scale)
	p.Fakes = scene.Grid{Columns: eight, Count: fakes, PictureW: cell, PictureH: high, StepX: cell + unit, StepY: high + unit}
	palette := eight * (cell + unit)
	lines := float64((fakes + eight - 1) / eight)
	if width >= narrow*unit {
		p.Fakes.X = float64(int(width - palette))
		p.Here = scene.Rect{X: p.Fakes.X, Y: title * unit, W: min(big*unit, eight*cell)}
		p.shrink()
		p.Fakes.Y = float64(int(p.Here.Bottom() + (title+8)*unit))
		bottom := float64(int((2*title+big+8)*unit)) + lines*p.Fakes.StepY
		p.Field = scene.Rect{X: 0, Y: title * unit, W: float64(int(p.Fakes.X - between*unit)), H: float64(int(bottom - title*unit))}
		p.strip(width, bottom)
		return p
	}
	p.Field = scene.Rect{X: 0, Y: title * unit, W: width, H: float64(int(min(width, 420*unit)))}
	p.strip(width, p.Field.Bottom())
	y := p.Height + title*unit
	p.Fakes.X, p.Fakes.Y = float64(int(width-palette)), float64(int(y))
	side0 := min(palette, p.Fakes.X-16*unit)
	p.Here = scene.Rect{X: 0, Y: y, W: side0, H: side0}
	p.shrink()
	p.Height = p.Fakes.Y + lines*p.Fakes.StepY + 4*unit
	return p
}

// shrink makes the picture that is here as high as its aspect wants.
func (p *Place) shrink() {
	p.Here.H = p.Here.W / p.Aspect
}

// strip puts the way from A to B below y.
func (p *Place) strip(width, y float64) {
	y += title * p.Unit
	p.Stops = max(3, int(width/(tile*p.Unit*p.Aspect)))
	h := width / float64(p.Stops) / p.Aspect
	p.Strip = scene.Rect{X: 0, Y: float64(int(y)), W: width, H: float64(int(h))}
	p.Height = p.Strip.Bottom() + 16*p.Unit
}

// Least is the smallest height of a picture in the field: less for pictures so wide that two would not fit.
func (p Place) Least() float64 {
	return min(tile*p.Unit, p.Field.W/p.Aspect/2.05)
}

// Stop is where picture i of the strip goes.
func (p Place) Stop(i int) scene.Rect {
	w := p.Strip.W / float64(p.Stops)
	return scene.Rect{X: p.Strip.X + float64(i)*w, Y: p.Strip.Y, W: w, H: p.Strip.H}
}

// At is how far along the strip a point is, from 0 in the first picture's middle to 1 in the last one's.
func (p Place) At(x float64) float64 {
	w := p.Strip.W / float64(p.Stops)
	return max(0, min(1, (x-p.Strip.X-w/2)/(p.Strip.W-w)))
}

// Along is where on the strip that share of the way is.
func (p Place) Along(t float64) (x float64) {
	w := p.Strip.W / float64(p.Stops)
	return p.Strip.X + w/2 + t*(p.Strip.W-w)
}
