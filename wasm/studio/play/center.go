package play

import (
	"math"
	"slices"
)

const (
	faint  = 0.1       // ink below that is none
	filled = 20.0 / 28 // of the sheet that the longer side of one of MNIST's digits takes
	enough = 0.06      // a difference in size that is left alone: most of MNIST's digits have 19 or 20 pixels of ink
	fine   = 4         // samples a pixel, each way, where a picture is scaled
)

// Centered is the picture as MNIST's digits were made: scaled so that its longer side takes 20 of 28 pixels, and moved by
// whole pixels until its ink's centre of mass is the sheet's middle. (LeCun et al. 1998.)
func (p *Pad) Centered() []byte {
	left, top, right, bottom, ok := p.bounds()
	if !ok {
		return make([]byte, len(p.ink))
	}
	side := filled * float64(min(p.Height, p.Width))
	scale := side / float64(max(right-left, bottom-top))
	if math.Abs(scale-1) < enough {
		return p.moved()
	}
	scaled := NewPad(p.Shape)
	midX, midY := float64(left+right)/2, float64(top+bottom)/2
	for y := range p.Height {
		for x := range p.Width {
			scaled.ink[y*p.Width+x] = p.area((float64(x)-float64(p.Width)/2)/scale+midX, (float64(y)-float64(p.Height)/2)/scale+midY, 1/scale)
		}
	}
	brighter := slices.Max(p.ink) / slices.Max(scaled.ink) // what is scaled is blurred, and thin strokes would fade
	for i, v := range scaled.ink {
		scaled.ink[i] = min(1, v*brighter)
	}
	return scaled.moved()
}

// bounds is the rectangle that holds all ink.
func (p *Pad) bounds() (left, top, right, bottom int, ok bool) {
	left, top = p.Width, p.Height
	for y := range p.Height {
		for x := range p.Width {
			if p.ink[y*p.Width+x] > faint {
				left, right, top, bottom, ok = min(left, x), max(right, x+1), min(top, y), max(bottom, y+1), true
			}
		}
	}
	return left, top, right, bottom, ok
}

// area is the mean ink of a square whose corner and side are given.
func (p *Pad) area(x, y, side float64) float64 {
	sum := 0.0
	for j := range fine {
		for i := range fine {
			sum += p.at(x+(float64(i)+0.5)/fine*side, y+(float64(j)+0.5)/fine*side)
		}
	}
	return sum / fine / fine
}

// at is the ink at a point, between the pixels' middles in proportion.
func (p *Pad) at(x, y float64) float64 {
	x0, y0 := math.Floor(x-0.5), math.Floor(y-0.5)
	fx, fy := x-0.5-x0, y-0.5-y0
	pixel := func(dx, dy int) float64 {
		i, j := int(x0)+dx, int(y0)+dy
		if i < 0 || j < 0 || i >= p.Width || j >= p.Height {
			return 0
		}
		return p.ink[j*p.Width+i]
	}
	return (1-fy)*((1-fx)*pixel(0, 0)+fx*pixel(1, 0)) + fy*((1-fx)*pixel(0, 1)+fx*pixel(1, 1))
}

// moved is the picture with its centre of mass in the middle.
func (p *Pad) moved() []byte {
	var sum, sx, sy float64
	for y := range p.Height {
		for x := range p.Width {
			v := p.ink[y*p.Width+x]
			sum, sx, sy = sum+v, sx+v*(float64(x)+0.5), sy+v*(float64(y)+0.5)
		}
	}
	dx, dy := int(math.Round(float64(p.Width)/2-sx/sum)), int(math.Round(float64(p.Height)/2-sy/sum))
	out := NewPad(p.Shape)
	for y := range p.Height {
		for x := range p.Width {
			if fromX, fromY := x-dx, y-dy; fromX >= 0 && fromY >= 0 && fromX < p.Width && fromY < p.Height {
				out.ink[y*p.Width+x] = p.ink[fromY*p.Width+fromX]
			}
		}
	}
	return out.Bytes()
}
