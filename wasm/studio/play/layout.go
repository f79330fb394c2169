package play

import "ganvas/wasm/studio/scene"

// Place is where the room's parts are, in device pixels.
type Place struct {
	Unit   float64
	Pad    scene.Rect // drawn on; or the picture to be guessed
	Scale  float64    // pixels a picture's pixel
	Sees   scene.Rect // the picture as D is shown it
	Gauge  scene.Rect // D's verdict
	Bars   scene.Rect // the digits' shares
	Height float64
}

// Lengths in CSS pixels.
const (
	title   = 26
	between = 32
	largest = 392 // the pad's side
	seen    = 140
	gauge   = 74
	bars    = 150
	beside  = 250 // the narrowest column beside the pad
	widest  = 420 // and the widest
)

// Arrange places the parts in a window of that width, for pictures of h × w pixels; to guess, only the picture and the
// verdict have a place.
func Arrange(width, unit float64, h, w int, guess bool) Place {
	p := Place{Unit: unit}
	wide := width >= (largest+between+beside)*unit
	p.Scale = max(1, float64(int(min(width, largest*unit)/float64(max(h, w)))))
	p.Pad = scene.Rect{X: 0, Y: title * unit, W: p.Scale * float64(w), H: p.Scale * float64(h)}
	x, y, room := p.Pad.Right()+between*unit, title*unit, min(width-p.Pad.Right()-between*unit, widest*unit)
	if !wide {
		x, y, room = 0, p.Pad.Bottom()+title*unit, width
	}
	if guess {
		if wide {
			p.Pad.X = float64(int((width - p.Pad.W - between*unit - beside*unit) / 2))
			x, room = p.Pad.Right()+between*unit, beside*unit
			y = p.Pad.Y + p.Pad.H/2 - gauge*unit/2
		}
		p.Gauge = scene.Rect{X: x, Y: y, W: room, H: gauge * unit}
		p.Height = max(p.Pad.Bottom(), p.Gauge.Bottom()) + 8*unit
		return p
	}
	small := max(1, float64(int(seen*unit/float64(max(h, w)))))
	p.Sees = scene.Rect{X: x, Y: y, W: small * float64(w), H: small * float64(h)}
	if wide {
		p.Gauge = scene.Rect{X: x, Y: p.Sees.Bottom() + title*unit, W: room, H: gauge * unit}
		p.Bars = scene.Rect{X: x, Y: p.Gauge.Bottom() + title*unit, W: room, H: max(60*unit, p.Pad.Bottom()-p.Gauge.Bottom()-title*unit)}
	} else {
		p.Bars = scene.Rect{X: p.Sees.Right() + 16*unit, Y: y, W: width - p.Sees.Right() - 16*unit, H: p.Sees.H}
		p.Gauge = scene.Rect{X: x, Y: p.Sees.Bottom() + title*unit, W: room, H: gauge * unit}
	}
	p.Height = max(p.Pad.Bottom(), p.Bars.Bottom(), p.Gauge.Bottom()) + 8*unit
	return p
}

// Pixel is a point of the drawing in the pad's pixels.
func (p Place) Pixel(x, y float64) (px, py float64) {
	return (x - p.Pad.X) / p.Scale, (y - p.Pad.Y) / p.Scale
}
