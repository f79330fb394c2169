package winograd

// points are where polynomials are evaluated.
const (
	zero = iota
	one
	minusOne
	infinity
	points
)

// tile is a run of outputs along one axis.
type tile struct {
	start, outs int
	full        bool // four points, else three: without −1
}

// axis is how one axis of an image is cut into tiles.
type axis struct {
	pixels, places    int
	taps, stride, pad int // taps of a phase: the kernel's size over the stride
	tiles             []tile
	full              int // how many of them, the first ones, have four points
}

// newAxis cuts places into tiles of 4−taps+1 outputs and, at the end, of one less.
func newAxis(pixels, places, kernel, stride, pad int) axis {
	a := axis{pixels: pixels, places: places, taps: kernel / stride, stride: stride, pad: pad}
	large := points - a.taps + 1
	for n, at := a.split(large), 0; at < places; n-- {
		t := tile{start: at, outs: large, full: n > 0}
		if !t.full {
			t.outs--
		} else {
			a.full++
		}
		a.tiles = append(a.tiles, t)
		at += t.outs
	}
	return a
}

// split is how many tiles of large outputs there are: the most that leave a multiple of large−1.
func (a *axis) split(large int) int {
	for n := a.places / large; ; n-- {
		if (a.places-n*large)%(large-1) == 0 {
			return n
		}
	}
}

// has is how many tiles use a point.
func (a *axis) has(point int) int {
	if point == minusOne {
		return a.full
	}
	return len(a.tiles)
}

// term is a place along the axis and its factor.
type term struct {
	at int
	by float32
}

// values are what a polynomial with n coefficients is at a point.
func values(point, n int) (ts []term) {
	switch point {
	case zero:
		return []term{{0, 1}}
	case infinity:
		return []term{{n - 1, 1}}
	}
	for i := range n {
		by := float32(1)
		if point == minusOne && i%2 == 1 {
			by = -1
		}
		ts = append(ts, term{i, by})
	}
	return ts
}

// data are the factors of a tile's pixels at a point: the transposed matrix of the interpolation from the points.
func data(point int, full bool) []term {
	if !full {
		return map[int][]term{zero: {{0, 1}, {1, -1}}, one: {{1, 1}}, infinity: {{1, -1}, {2, 1}}}[point]
	}
	return map[int][]term{
		zero: {{0, 1}, {2, -1}}, one: {{1, 0.5}, {2, 0.5}}, minusOne: {{1, -0.5}, {2, 0.5}}, infinity: {{1, -1}, {3, 1}},
	}[point]
}

// pixelTerms are data's of tile t for a phase, as pixels of the image; those in its frame of zeros are left out.
func (a *axis) pixelTerms(point, phase int, t tile) (ts []term) {
	for _, d := range data(point, t.full) {
		if at := a.stride*(t.start+d.at) + phase - a.pad; at >= 0 && at < a.pixels {
			ts = append(ts, term{at, d.by})
		}
	}
	return ts
}

// placeTerms are the values of tile t's outputs as a polynomial, as places.
func (a *axis) placeTerms(point int, t tile) []term {
	ts := values(point, t.outs)
	for i := range ts {
		ts[i].at += t.start
	}
	return ts
}

// tapTerms are the values of a phase's taps as a polynomial, as the kernel's rows or columns.
func (a *axis) tapTerms(point, phase int) []term {
	ts := values(point, a.taps)
	for i := range ts {
		ts[i].at = a.stride*ts[i].at + phase
	}
	return ts
}
