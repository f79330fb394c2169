package play

import (
	"math"
	"slices"

	"ganvas/core/sample"
)

// Pad is a sheet of a sample's shape to draw on: black, or transparent where samples can be.
type Pad struct {
	sample.Shape
	ink   []float64 // (channels × height × width) from 0 to 1, as a sample has it; of gray ones how bright each pixel is
	under []float64 // in colour: as it was before the present stroke
	cover []float64 // (height × width) and how much of each pixel the stroke covers
}

// NewPad is an empty sheet.
func NewPad(s sample.Shape) *Pad {
	p := &Pad{Shape: s, ink: make([]float64, s.Size())}
	if s.Channels > 1 {
		p.cover = make([]float64, s.Area())
		p.Lift()
	}
	return p
}

const (
	core    = 0.75 // pixels around the brush's middle that it fills
	edge    = 1.9  // and where it ends; about as wide as MNIST's strokes
	erasing = 2.4  // the eraser's radius
	along   = 0.25 // pixels between two dabs of a stroke
)

// Pen is what a stroke leaves behind: the colour, which is white on gray sheets, or nothing.
type Pen struct {
	Colour [3]uint8
	Erase  bool
}

// Lift ends a stroke: the next lies over it.
func (p *Pad) Lift() {
	p.under = append(p.under[:0], p.ink...)
	clear(p.cover)
}

// Stroke goes on with a stroke by a line between two points, in pixels from the upper left corner.
func (p *Pad) Stroke(x0, y0, x1, y1 float64, pen Pen) {
	n := max(1, int(math.Ceil(math.Hypot(x1-x0, y1-y0)/along)))
	for i := range n + 1 {
		t := float64(i) / float64(n)
		p.dab(x0+t*(x1-x0), y0+t*(y1-y0), pen)
	}
}

func (p *Pad) dab(x, y float64, pen Pen) {
	for j := max(0, int(y-4)); j < min(p.Height, int(y+5)); j++ {
		for i := max(0, int(x-4)); i < min(p.Width, int(x+5)); i++ {
			d, at := math.Hypot(float64(i)+0.5-x, float64(j)+0.5-y), j*p.Width+i
			covers := max(0, min(1, (edge-d)/(edge-core)))
			if pen.Erase {
				covers = max(0, min(1, erasing-d))
			}
			switch {
			case p.Channels > 1 && covers > p.cover[at]:
				p.cover[at] = covers
				p.mix(at, covers, pen)
			case p.Channels > 1:
			case pen.Erase:
				p.ink[at] = min(p.ink[at], 1-covers)
			default:
				p.ink[at] = max(p.ink[at], covers)
			}
		}
	}
}

// mix lays so much of the pen's colour over what a pixel was before the stroke.
func (p *Pad) mix(at int, covers float64, pen Pen) {
	area := p.Area()
	was, is, now := 1.0, 1.0, 1.0 // how opaque: before, of the pen, and then
	if p.Channels == 4 {
		was = p.under[3*area+at]
		if pen.Erase {
			is = 0
		}
		now = was + covers*(is-was)
		p.ink[3*area+at] = now
	}
	for c := range 3 {
		ink := 0.0
		if !pen.Erase {
			ink = float64(pen.Colour[c]) / 255
		}
		v := (1-covers)*was*p.under[c*area+at] + covers*is*ink
		if now > 0 {
			v /= now
		}
		p.ink[c*area+at] = min(1, v)
	}
}

// Clear takes everything away.
func (p *Pad) Clear() {
	clear(p.ink)
	p.Lift()
}

// Set takes a sample over.
func (p *Pad) Set(one []byte) {
	for i, b := range one {
		p.ink[i] = float64(b) / 255
	}
	p.Lift()
}

// Empty reports whether nothing is drawn.
func (p *Pad) Empty() bool {
	seen := p.ink
	if p.Channels == 4 {
		seen = seen[3*p.Area():]
	}
	return slices.Max(seen) <= faint
}

// Bytes is the picture as it was drawn, a sample.
func (p *Pad) Bytes() []byte { return bytesOf(p.ink) }

func bytesOf(ink []float64) []byte {
	b := make([]byte, len(ink))
	for i, v := range ink {
		b[i] = byte(math.Round(255 * v))
	}
	return b
}
