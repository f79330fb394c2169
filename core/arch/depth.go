package arch

import (
	"slices"

	"ganvas/core/sample"
)

// smallestStart is the shorter side, at least, of the picture that a generator without a size of its own begins with.
const smallestStart = 4

// widest is how many times the width beside the image others may have that are put in for depth.
const widest = 4

// Depth is how many widths each network of the architecture takes for pictures of a shape: so many that a generator begins
// with 4 to 7 pixels on the shorter side, as far as both sides can be halved. 0 where depth has nothing to do with the shape.
func (row *Row) Depth(s sample.Shape) int {
	if !row.Widths.Resample || s.Kind() != sample.Picture {
		return 0
	}
	times := 0
	if row.Grows {
		for Smallest<<times < max(s.Height, s.Width) {
			times++
		}
	} else {
		for h, w := s.Height, s.Width; h%2 == 0 && w%2 == 0 && min(h, w)/2 >= smallestStart; h, w = h/2, w/2 {
			times++
		}
	}
	return max(row.Widths.Least, times+row.Widths.Beside)
}

// Fitted is the plan's widths, made as deep as pictures of a shape need: what is too much is left out at the side of the
// noise, what lacks is put in there, each width twice the one before it, up to four times the one beside the image.
func (p Plan) Fitted(s sample.Shape) (generator, discriminator []int) {
	row, err := Find(p.Arch)
	if err != nil || row.Depth(s) == 0 {
		return p.Generator, p.Discriminator
	}
	up := slices.Clone(p.Generator)
	slices.Reverse(up)
	up = deep(up, row.Depth(s))
	slices.Reverse(up)
	return up, deep(slices.Clone(p.Discriminator), row.Depth(s))
}

// deep is widths, image side first, of which there are then n.
func deep(widths []int, n int) []int {
	for len(widths) < n {
		last := widths[len(widths)-1]
		widths = append(widths, min(2*last, max(last, widest*widths[0])))
	}
	return widths[:n]
}
