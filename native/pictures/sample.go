package pictures

import "math"

// sample is a part of a picture (any height, w) as Side × Side shades, 0 black to 255 white.
func (s Shape) sample(shade []uint8, w int, part box) []byte {
	from, to := s.place(part)
	out := make([]byte, s.Side*s.Side)
	for y := range s.Side {
		for x := range s.Side {
			// The pixel's square in the picture; outside of it everything is black.
			fx, fy := (float64(x)-to.x)/to.w, (float64(y)-to.y)/to.h
			gx, gy := (float64(x)+1-to.x)/to.w, (float64(y)+1-to.y)/to.h
			square := [4]float64{from.x + fx*from.w, from.y + fy*from.h, from.x + gx*from.w, from.y + gy*from.h}
			out[y*s.Side+x] = byte(math.Round(mean(shade, w, part, square)))
		}
	}
	return out
}

type box struct{ x, y, w, h float64 }

// place is which piece of a part goes where in the sample.
func (s Shape) place(part box) (from, to box) {
	side := float64(s.Side)
	from, to = part, box{0, 0, side, side}
	switch long, short := max(part.w, part.h), min(part.w, part.h); s.Fit {
	case Crop:
		from = box{part.x + (part.w-short)/2, part.y + (part.h-short)/2, short, short}
	case Whole:
		to.w, to.h = side*from.w/long, side*from.h/long
		to.x, to.y = (side-to.w)/2, (side-to.h)/2
	}
	return from, to
}

// mean is the brightness of the square from (x0, y0) to (x1, y1), every pixel by the area of it that is inside; what lies
// outside the part is black.
func mean(shade []uint8, w int, part box, square [4]float64) float64 {
	x0, y0, x1, y1 := square[0], square[1], square[2], square[3]
	sum := 0.0
	right, bottom := min(x1, part.x+part.w), min(y1, part.y+part.h)
	for y := int(math.Floor(max(y0, part.y))); float64(y) < bottom; y++ {
		tall := math.Min(y1, float64(y+1)) - math.Max(y0, float64(y))
		for x := int(math.Floor(max(x0, part.x))); float64(x) < right; x++ {
			sum += float64(shade[y*w+x]) * tall * (math.Min(x1, float64(x+1)) - math.Max(x0, float64(x)))
		}
	}
	return sum / ((x1 - x0) * (y1 - y0))
}
