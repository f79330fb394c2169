package pictures

import (
	"image"
	"image/color"
	"math"
)

// sample is a picture as Side × Side shades, 0 black to 255 white.
func (s Shape) sample(m image.Image) []byte {
	p := grayOf(m)
	from, to := s.place(p.w, p.h)
	out := make([]byte, s.Side*s.Side)
	for y := range s.Side {
		for x := range s.Side {
			// The pixel's square in the picture; outside of it everything is black.
			fx, fy := (float64(x)-to.x)/to.w, (float64(y)-to.y)/to.h
			gx, gy := (float64(x)+1-to.x)/to.w, (float64(y)+1-to.y)/to.h
			v := p.mean(from.x+fx*from.w, from.y+fy*from.h, from.x+gx*from.w, from.y+gy*from.h, s.Invert)
			out[y*s.Side+x] = byte(math.Round(v))
		}
	}
	return out
}

type box struct{ x, y, w, h float64 }

// place is which part of a w × h picture goes where in the sample.
func (s Shape) place(w, h int) (from, to box) {
	side := float64(s.Side)
	from, to = box{0, 0, float64(w), float64(h)}, box{0, 0, side, side}
	switch long, short := float64(max(w, h)), float64(min(w, h)); s.Fit {
	case Crop:
		from = box{(from.w - short) / 2, (from.h - short) / 2, short, short}
	case Whole:
		to.w, to.h = side*from.w/long, side*from.h/long
		to.x, to.y = (side-to.w)/2, (side-to.h)/2
	}
	return from, to
}

// gray is a picture's brightness, 0 to 255, over black where it is transparent.
type gray struct {
	w, h int
	v    []float64
}

func grayOf(m image.Image) gray {
	b := m.Bounds()
	g := gray{b.Dx(), b.Dy(), make([]float64, 0, b.Dx()*b.Dy())}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.GrayModel.Convert(m.At(x, y)).(color.Gray)
			g.v = append(g.v, float64(c.Y))
		}
	}
	return g
}

// mean is the brightness of the rectangle from (x0, y0) to (x1, y1), every pixel by the area of it that is inside; what lies
// outside the picture is black and stays so when the picture is inverted.
func (g gray) mean(x0, y0, x1, y1 float64, invert bool) float64 {
	sum := 0.0
	for y := max(0, int(math.Floor(y0))); y < g.h && float64(y) < y1; y++ {
		tall := math.Min(y1, float64(y+1)) - math.Max(y0, float64(y))
		for x := max(0, int(math.Floor(x0))); x < g.w && float64(x) < x1; x++ {
			v := g.v[y*g.w+x]
			if invert {
				v = 255 - v
			}
			sum += v * tall * (math.Min(x1, float64(x+1)) - math.Max(x0, float64(x)))
		}
	}
	return sum / ((x1 - x0) * (y1 - y0))
}
