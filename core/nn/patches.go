package nn

// geometry is how a kernel walks over images: image is the side with pixels (a convolution's input, a transposed
// convolution's output), maps the side with one value for each place that the kernel stops at.
type geometry struct {
	image, maps         Shape
	kernel, stride, pad int
}

// spots is how many places the kernel stops at.
func (g geometry) spots() int { return g.maps.H * g.maps.W }

// patch is how many values the kernel sees at one place.
func (g geometry) patch() int { return g.image.C * g.kernel * g.kernel }

// colSize is the size of one image's patches.
func (g geometry) colSize() int { return g.spots() * g.patch() }

// span is the part of a kernel's row of k taps, starting at pixel at, that lies inside n pixels: taps lo to hi.
func (g geometry) span(at, n int) (lo, hi int) {
	return min(g.kernel, max(0, -at)), max(0, min(g.kernel, n-at))
}

// patches: col (n·oh·ow, C·k·k) = what the kernel sees of images x (n, C, H, W) at each place; 0 outside them.
func (g geometry) patches(col, x []float32, n int) {
	size, at := g.image.Size(), 0
	for i := range n {
		image := x[i*size:][:size]
		for oy := range g.maps.H {
			for ox := range g.maps.W {
				g.look(col[at:at+g.patch()], image, oy*g.stride-g.pad, ox*g.stride-g.pad)
				at += g.patch()
			}
		}
	}
}

// look fills one patch whose corner is at pixel (y0, x0).
func (g geometry) look(patch, image []float32, y0, x0 int) {
	h, w, k := g.image.H, g.image.W, g.kernel
	lo, hi := g.span(x0, w)
	for c := range g.image.C {
		for ky := range k {
			row := patch[(c*k+ky)*k:][:k]
			y := y0 + ky
			if y < 0 || y >= h || lo >= hi {
				clear(row)
				continue
			}
			clear(row[:lo])
			from := image[(c*h+y)*w+x0+lo:]
			for j := range row[lo:hi] {
				row[lo+j] = from[j]
			}
			clear(row[hi:])
		}
	}
}

// gather is the adjoint of patches: x (n, C, H, W) = the sum of all that col says of each pixel.
func (g geometry) gather(x, col []float32, n int) {
	size, at := g.image.Size(), 0
	clear(x)
	for i := range n {
		image := x[i*size:][:size]
		for oy := range g.maps.H {
			for ox := range g.maps.W {
				g.put(image, col[at:at+g.patch()], oy*g.stride-g.pad, ox*g.stride-g.pad)
				at += g.patch()
			}
		}
	}
}

// put adds one patch whose corner is at pixel (y0, x0) to the image.
func (g geometry) put(image, patch []float32, y0, x0 int) {
	h, w, k := g.image.H, g.image.W, g.kernel
	lo, hi := g.span(x0, w)
	if lo >= hi {
		return
	}
	for c := range g.image.C {
		for ky := range k {
			y := y0 + ky
			if y < 0 || y >= h {
				continue
			}
			row := patch[(c*k+ky)*k:][:k]
			to := image[(c*h+y)*w+x0+lo:][:hi-lo]
			for j, v := range row[lo:hi] {
				to[j] += v
			}
		}
	}
}

// toMaps: y (n, maps, spots) from rows (n·spots, maps).
func toMaps(y, rows []float32, n, spots, maps int) {
	for i := range n {
		transpose(y[i*spots*maps:][:spots*maps], rows[i*spots*maps:][:spots*maps], spots, maps)
	}
}

// toRows: rows (n·spots, maps) from y (n, maps, spots).
func toRows(rows, y []float32, n, spots, maps int) {
	for i := range n {
		transpose(rows[i*spots*maps:][:spots*maps], y[i*spots*maps:][:spots*maps], maps, spots)
	}
}

// transpose: to (c, r) = from (r, c), in tiles that stay in the cache.
func transpose(to, from []float32, r, c int) {
	const tile = 16
	for i0 := 0; i0 < r; i0 += tile {
		for j0 := 0; j0 < c; j0 += tile {
			i1, j1 := min(r, i0+tile), min(c, j0+tile)
			for j := j0; j < j1; j++ {
				for i := i0; i < i1; i++ {
					to[j*r+i] = from[i*c+j]
				}
			}
		}
	}
}
