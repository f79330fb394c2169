package inside

import (
	"image/color"
	"math"

	"ganvas/wasm/studio/palette"
)

// Ink is drawn in colour over the picture, and where it is strong with a sign, so that no meaning rests on colour.

// inkColours are the colours of ink over dark pictures, whatever the page's theme.
func inkColours() (more, less color.RGBA) {
	p := palette.Of("dark")
	return p.Plus, p.Minus
}

// inked paints pictures (n, h, w) with ink (n, h, w) over them, side by side in one row of n, as RGBA. Without ink the
// pictures are as they are.
func inked(rgba, pictures, ink []byte, n, h, w int) []byte {
	if len(rgba) != 4*n*h*w {
		rgba = make([]byte, 4*n*h*w)
	}
	more, less := inkColours()
	for i := range n {
		for y := range h {
			for x := range w {
				at := (i*h+y)*w + x
				g := pictures[at]
				c := color.RGBA{g, g, g, 255}
				if ink != nil {
					v := float64(int8(ink[at])) / 127
					dim := uint8(28 + int(g)*70/255) // the picture steps back
					c = color.RGBA{dim, dim, dim, 255}
					end := more
					if v < 0 {
						v, end = -v, less
					}
					c = palette.Mix(c, end, math.Pow(min(v, 1), 0.7))
				}
				to := rgba[4*(y*n*w+i*w+x):][:4]
				to[0], to[1], to[2], to[3] = c.R, c.G, c.B, c.A
			}
		}
	}
	return rgba
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
