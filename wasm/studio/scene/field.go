package scene

import (
	"image/color"

	"ganvas/core/wire"
)

// Inner is the part of a square of points that stands for [−1, 1]².
func Inner(r Rect) Rect {
	return Rect{r.X + 0.04*r.W, r.Y + 0.04*r.H, 0.92 * r.W, 0.92 * r.H}
}

// tint is how much of a kind's colour the field has where D is sure.
const tint = 0.34

// Field writes D's verdicts on the places of the square as opaque RGBA (Field × Field, y upwards) into a buffer, which is made or
// grown where needed: the kinds' colours where D is sure, paper where it cannot tell.
func Field(rgba []byte, s *wire.Sheet, bytes []byte, fake, real, paper color.RGBA) []byte {
	n := s.Field
	if len(rgba) != 4*n*n {
		rgba = make([]byte, 4*n*n)
	}
	verdicts := bytes[len(bytes)-n*n:]
	for i, v := range verdicts {
		at := 4 * ((n-1-i/n)*n + i%n)
		c, sure := real, float64(v)/127.5-1
		if sure < 0 {
			c, sure = fake, -sure
		}
		mix := func(a, b uint8) uint8 { return uint8(float64(a) + tint*sure*(float64(b)-float64(a)) + 0.5) }
		rgba[at], rgba[at+1], rgba[at+2], rgba[at+3] = mix(paper.R, c.R), mix(paper.G, c.G), mix(paper.B, c.B), 255
	}
	return rgba
}
