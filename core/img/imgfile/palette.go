package imgfile

import (
	"cmp"
	"image/color"
	"slices"
)

const (
	paletteSize = 256
	cellBits    = 5 // of a colour that tell its cell
	cells       = 1 << (3 * cellBits)
)

// palette finds the colours that stand for those of all frames of red, green and blue bytes, and what gives each pixel of a
// frame its place among them. Up to 256 colours stay as they are; of more, those that lie near each other share one, by
// median cut: again and again the box of colours with most pixels and the longest side is parted where half of its pixels
// are. (P. Heckbert, Color image quantization for frame buffer display, 1982.) The page's palette.js does the same.
func palette(frames [][]byte) (color.Palette, func(rgb []byte) []byte) {
	if exact := distinct(frames); exact != nil {
		p := make(color.Palette, len(exact))
		for c, i := range exact {
			p[i] = color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 255}
		}
		return p, places(func(r, g, b byte) byte { return exact[rgb24(r, g, b)] })
	}
	count, sums := make([]int, cells), make([][3]int, cells)
	for _, rgb := range frames {
		for i := 0; i < len(rgb); i += 3 {
			at := cell(rgb[i], rgb[i+1], rgb[i+2])
			count[at]++
			for k := range 3 {
				sums[at][k] += int(rgb[i+k])
			}
		}
	}
	p, of := color.Palette{}, make([]byte, cells)
	for i, b := range parted(count) {
		var sum [3]int
		for _, at := range b.cells {
			of[at] = byte(i)
			for k := range 3 {
				sum[k] += sums[at][k]
			}
		}
		mean := func(k int) uint8 { return uint8((sum[k] + b.pixels/2) / b.pixels) }
		p = append(p, color.RGBA{mean(0), mean(1), mean(2), 255})
	}
	return p, places(func(r, g, b byte) byte { return of[cell(r, g, b)] })
}

func rgb24(r, g, b byte) uint32 { return uint32(r)<<16 | uint32(g)<<8 | uint32(b) }

// cell is where a colour lies among all, by its highest bits.
func cell(r, g, b byte) int {
	const low = 8 - cellBits
	return int(r>>low)<<(2*cellBits) | int(g>>low)<<cellBits | int(b>>low)
}

// side is one of a cell's three coordinates.
func side(cell, k int) int { return cell >> ((2 - k) * cellBits) & (1<<cellBits - 1) }

// distinct numbers the colours as they first come; nil where they are too many.
func distinct(frames [][]byte) map[uint32]byte {
	seen := map[uint32]byte{}
	for _, rgb := range frames {
		for i := 0; i < len(rgb); i += 3 {
			c := rgb24(rgb[i], rgb[i+1], rgb[i+2])
			if _, is := seen[c]; is {
				continue
			}
			if len(seen) == paletteSize {
				return nil
			}
			seen[c] = byte(len(seen))
		}
	}
	return seen
}

// box is cells that share a colour.
type box struct {
	cells   []int
	pixels  int
	longest int // which side is,
	length  int // and how long
}

func boxOf(cells, count []int) box {
	b := box{cells: cells}
	for k := range 3 {
		low, high := side(cells[0], k), side(cells[0], k)
		for _, at := range cells {
			low, high = min(low, side(at, k)), max(high, side(at, k))
		}
		if high-low > b.length {
			b.longest, b.length = k, high-low
		}
	}
	for _, at := range cells {
		b.pixels += count[at]
	}
	return b
}

// parted is the boxes of all cells that have pixels.
func parted(count []int) []box {
	var all []int
	for at, n := range count {
		if n > 0 {
			all = append(all, at)
		}
	}
	boxes := []box{boxOf(all, count)}
	for len(boxes) < paletteSize {
		next := 0
		for i, b := range boxes {
			if b.pixels*b.length > boxes[next].pixels*boxes[next].length {
				next = i
			}
		}
		b := boxes[next]
		if b.length == 0 {
			break
		}
		slices.SortFunc(b.cells, func(x, y int) int {
			return cmp.Or(cmp.Compare(side(x, b.longest), side(y, b.longest)), cmp.Compare(x, y))
		})
		k, before := 1, count[b.cells[0]]
		for ; k < len(b.cells)-1 && 2*before < b.pixels; k++ {
			before += count[b.cells[k]]
		}
		boxes[next] = boxOf(b.cells[:k:k], count)
		boxes = append(boxes, boxOf(b.cells[k:], count))
	}
	return boxes
}

// places is a frame's pixels by their places in a palette.
func places(of func(r, g, b byte) byte) func(rgb []byte) []byte {
	return func(rgb []byte) []byte {
		at := make([]byte, len(rgb)/3)
		for i := range at {
			at[i] = of(rgb[3*i], rgb[3*i+1], rgb[3*i+2])
		}
		return at
	}
}
