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
	card    = 280 // a picture to be guessed
	seen    = 140 // what D is shown, beside the pad or under it
	gauge   = 58
	beside  = 250  // the narrowest column beside the pad
	widest  = 560  // and the widest
	columns = 1000 // from here on, what D is shown has a column of its own
	roomy   = 280  // and is that large
)

// Arrange places the parts in a window of that width, for pictures of h × w pixels; to guess, only the picture and the
// verdict have a place.
func Arrange(width, unit float64, h, w int, guess bool) Place {
	p := Place{Unit: unit}
	if guess {
		p.one(width, h, w)
		return p
	}
	p.Pad, p.Scale = picture(0, title*unit, min(width, largest*unit), h, w)
	switch {
	case width >= columns*unit:
		p.Sees, _ = picture(p.Pad.Right()+between*unit, title*unit, roomy*unit, h, w)
		p.column(p.Sees.Right()+between*unit, title*unit, width)
	case width >= (largest+between+beside)*unit:
		x := p.Pad.Right() + between*unit
		p.Sees, _ = picture(x, title*unit, seen*unit, h, w)
		p.column(x, p.Sees.Bottom()+title*unit, width)
	default:
		y := p.Pad.Bottom() + title*unit
		p.Sees, _ = picture(0, y, seen*unit, h, w)
		x := p.Sees.Right() + 16*unit
		p.Bars = scene.Rect{X: x, Y: y, W: width - x, H: p.Sees.H}
		p.Gauge = scene.Rect{X: 0, Y: p.Sees.Bottom() + title*unit, W: width, H: gauge * unit}
	}
	p.Height = max(p.Pad.Bottom(), p.Bars.Bottom(), p.Gauge.Bottom()) + 8*unit
	return p
}

// one places the picture that is to be guessed in the middle, and the verdict under it.
func (p *Place) one(width float64, h, w int) {
	u := p.Unit
	p.Pad, p.Scale = picture(0, 8*u, min(width, card*u), h, w)
	p.Pad.X = float64(int((width - p.Pad.W) / 2))
	wide := min(width, max(p.Pad.W, card*u))
	p.Gauge = scene.Rect{X: (width - wide) / 2, Y: p.Pad.Bottom() + title*u, W: wide, H: gauge * u}
	p.Height = p.Gauge.Bottom()
}

// column places the verdict and the digits' shares under each other, down to the pad's lower edge.
func (p *Place) column(x, y, width float64) {
	u := p.Unit
	room := min(width-x, widest*u)
	p.Gauge = scene.Rect{X: x, Y: y, W: room, H: gauge * u}
	y = p.Gauge.Bottom() + title*u
	p.Bars = scene.Rect{X: x, Y: y, W: room, H: max(60*u, p.Pad.Bottom()-y)}
}

// picture is the place of h × w pixels at the largest whole scale that fits into a square, or smaller than they are where
// none does.
func picture(x, y, side float64, h, w int) (scene.Rect, float64) {
	scale := side / float64(max(h, w))
	if scale > 1 {
		scale = float64(int(scale))
	}
	return scene.Rect{X: x, Y: y, W: scale * float64(w), H: scale * float64(h)}, scale
}

// Pixel is a point of the drawing in the pad's pixels.
func (p Place) Pixel(x, y float64) (px, py float64) {
	return (x - p.Pad.X) / p.Scale, (y - p.Pad.Y) / p.Scale
}
