package plane

import (
	"image/color"
	"math"

	"ganvas/wasm/studio/palette"
)

// strength is how much of a kind's colour the field has where D is surest.
const strength = 0.62

// ramp is the colours of D's field: from fake over paper, where it cannot tell, to real.
func ramp(p palette.Palette) *[256]color.RGBA {
	var colours [256]color.RGBA
	for i := range colours {
		t, end := float64(i)/127.5-1, p.Real
		if t < 0 {
			t, end = -t, p.Fake
		}
		colours[i] = palette.Mix(p.Paper, end, strength*t)
	}
	return &colours
}

// shades brings logits to −1…1 so that a field stays readable however sharp D is: the sign and the order stay, and the largest
// stands at the end. A probability's logits have a natural unit; a D that hardly knows anything stays pale. Scores have none.
func shades(dst, logits []float32, scores bool) []float32 {
	top := 0.0
	for _, v := range logits {
		top = max(top, math.Abs(float64(v)))
	}
	soft := 1.0
	if scores {
		soft = max(top/6, 1e-30)
	} else {
		top = max(top, 1)
	}
	k := 1 / math.Asinh(top/soft)
	dst = dst[:0]
	for _, v := range logits {
		dst = append(dst, float32(math.Max(-1, math.Min(1, k*math.Asinh(float64(v)/soft)))))
	}
	return dst
}

// paint writes a field of shades (n × n, rows from the bottom) as opaque RGBA, rows from the top.
func paint(rgba []byte, shades []float32, n int, colours *[256]color.RGBA) []byte {
	if len(rgba) != 4*n*n {
		rgba = make([]byte, 4*n*n)
	}
	for i, v := range shades {
		put(rgba, i, n, colours[int(127.5+127.5*float64(v))])
	}
	return rgba
}

// paintMap is paint for a unit's map, signed bytes.
func paintMap(rgba, values []byte, n int, colours *[256]color.RGBA) []byte {
	if len(rgba) != 4*n*n {
		rgba = make([]byte, 4*n*n)
	}
	for i, v := range values {
		put(rgba, i, n, colours[v])
	}
	return rgba
}

func put(rgba []byte, i, n int, c color.RGBA) {
	at := 4 * ((n-1-i/n)*n + i%n)
	rgba[at], rgba[at+1], rgba[at+2], rgba[at+3] = c.R, c.G, c.B, 255
}
