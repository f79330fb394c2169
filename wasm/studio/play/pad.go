package play

import "math"

// Pad is a sheet of H × W pixels to draw on, 0 black to 1 white.
type Pad struct {
	H, W int
	ink  []float64
}

// NewPad is an empty sheet.
func NewPad(h, w int) *Pad { return &Pad{h, w, make([]float64, h*w)} }

const (
	core    = 0.75 // pixels around the brush's middle that it fills
	edge    = 1.9  // and where it ends; about as wide as MNIST's strokes
	erasing = 2.4  // the eraser's radius
	along   = 0.25 // pixels between two dabs of a stroke
)

// Stroke draws a line between two points, in pixels from the upper left corner, or erases along it.
func (p *Pad) Stroke(x0, y0, x1, y1 float64, erase bool) {
	n := max(1, int(math.Ceil(math.Hypot(x1-x0, y1-y0)/along)))
	for i := range n + 1 {
		t := float64(i) / float64(n)
		p.dab(x0+t*(x1-x0), y0+t*(y1-y0), erase)
	}
}

func (p *Pad) dab(x, y float64, erase bool) {
	for j := max(0, int(y-4)); j < min(p.H, int(y+5)); j++ {
		for i := max(0, int(x-4)); i < min(p.W, int(x+5)); i++ {
			d := math.Hypot(float64(i)+0.5-x, float64(j)+0.5-y)
			ink := &p.ink[j*p.W+i]
			if erase {
				*ink = min(*ink, max(0, min(1, d-erasing+1)))
			} else {
				*ink = max(*ink, max(0, min(1, (edge-d)/(edge-core))))
			}
		}
	}
}

// Clear takes everything away.
func (p *Pad) Clear() { clear(p.ink) }

// Set takes a picture of H × W bytes over.
func (p *Pad) Set(picture []byte) {
	for i, b := range picture {
		p.ink[i] = float64(b) / 255
	}
}

// Empty reports whether nothing is drawn.
func (p *Pad) Empty() bool {
	for _, v := range p.ink {
		if v > faint {
			return false
		}
	}
	return true
}

// Bytes is the picture as it was drawn.
func (p *Pad) Bytes() []byte {
	b := make([]byte, len(p.ink))
	for i, v := range p.ink {
		b[i] = byte(math.Round(255 * v))
	}
	return b
}
