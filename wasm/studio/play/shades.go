package play

import (
	"bytes"

	"ganvas/core/sample"
)

// of is a drawing, gray (height × width), as a sample of that shape: white ink in each of its colours, opaque.
func of(s sample.Shape, ink []byte) []byte {
	if s.Channels == 1 {
		return ink
	}
	one := bytes.Repeat(ink, s.Channels)
	if s.Channels == 4 {
		for i := range s.Area() {
			one[3*s.Area()+i] = 255
		}
	}
	return one
}

// shades is how bright a sample's pixels are (height × width).
func shades(s sample.Shape, one []byte) []byte {
	area, ink := s.Area(), bytes.Clone(one[:s.Area()])
	if s.Colours() < 3 {
		return ink
	}
	for i := range ink {
		v := (299*int(one[i]) + 587*int(one[area+i]) + 114*int(one[2*area+i])) / 1000
		if s.Channels == 4 {
			v = v * int(one[3*area+i]) / 255
		}
		ink[i] = byte(v)
	}
	return ink
}
