package inside

import (
	"image/color"
	"math"

	"ganvas/core/img"
	"ganvas/core/sample"
	"ganvas/wasm/studio/palette"
)

// Ink is drawn in colour over the picture, and where it is strong with a sign, so that no meaning rests on colour.

// inkColours are the colours of ink over dark pictures, whatever the page's theme.
func inkColours() (more, less color.RGBA) {
	p := palette.Of("dark")
	return p.Plus, p.Minus
}

// together stands for all of a sample's colours, where a channel could be named.
const together = -1

// inked paints pictures (n, sample) with ink (n, sample) for a channel over them, side by side in one row of n, as RGBA. Under ink they
// are gray; without ink they are as they are.
func inked(rgba, pictures, ink []byte, n int, s sample.Shape, channel int) []byte {
	h, w := s.Height, s.Width
	if len(rgba) != 4*n*h*w {
		rgba = make([]byte, 4*n*h*w)
	}
	more, less := inkColours()
	for i := range n {
		img.Paint(rgba[4*i*w:], 4*n*w, s, pictures[i*s.Size():][:s.Size()])
		if ink == nil {
			continue
		}
		bright := brighter(ink[i*s.Size():][:s.Size()], s, channel)
		for y := range h {
			for x := range w {
				to := rgba[4*(y*n*w+i*w+x):][:4]
				g := (299*int(to[0]) + 587*int(to[1]) + 114*int(to[2])) / 1000
				v := float64(int8(bright[y*w+x])) / 127
				dim := uint8(backLeast + g*backRange/255) // the picture steps back
				end := more
				if v < 0 {
					v, end = -v, less
				}
				c := palette.Mix(color.RGBA{dim, dim, dim, 255}, end, math.Pow(min(v, 1), 0.7))
				to[0], to[1], to[2], to[3] = c.R, c.G, c.B, c.A
			}
		}
	}
	return rgba
}

// Shades of a picture that has stepped back.
const (
	backLeast = 28
	backRange = 70
)

// brighter is how much more ink (sample) wishes of each pixel (h, w): of a gray one, of one channel, or of all three
// colours together. How opaque a pixel is makes it no brighter.
func brighter(ink []byte, s sample.Shape, channel int) []byte {
	area := s.Area()
	if channel >= 0 && channel < s.Channels {
		return ink[channel*area:][:area]
	}
	if s.Colours() == 1 {
		return ink[:area]
	}
	out := make([]byte, area)
	for i := range out {
		sum := int(int8(ink[i])) + int(int8(ink[area+i])) + int(int8(ink[2*area+i]))
		out[i] = byte(int8(max(-127, min(127, sum))))
	}
	return out
}

// cue is a sign on ink: more or less of it, around a place in parts of the picture's sides.
type cue struct {
	x, y float64
	more bool
}

const cueCells = 7 // across and down that signs are for

// How much of the strongest cell's ink takes a sign: in a large picture, and in a small one, which more would cover.
const (
	plain  = 0.4
	strong = 0.62
)

// cues are the signs for one picture's ink (h, w): for each cell whose ink together is strong enough: at least from of the strongest.
func cues(ink []byte, h, w int, from float64) []cue {
	nx, ny := min(cueCells, w), min(cueCells, h)
	sums, top := make([]float64, nx*ny), 0.0
	for y := range h {
		for x := range w {
			sums[y*ny/h*nx+x*nx/w] += float64(int8(ink[y*w+x]))
		}
	}
	for _, v := range sums {
		top = max(top, math.Abs(v))
	}
	var all []cue
	for i, v := range sums {
		if top > 0 && math.Abs(v) >= from*top {
			all = append(all, cue{(float64(i%nx) + 0.5) / float64(nx), (float64(i/nx) + 0.5) / float64(ny), v > 0})
		}
	}
	return all
}
