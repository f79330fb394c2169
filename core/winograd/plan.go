package winograd

import "ganvas/core/f32"

// Geometry is a convolution: from Pixel maps of H × W pixels to Maps maps of OH × OW places.
type Geometry struct {
	PixelMaps, H, W     int
	Maps, OH, OW        int
	Kernel, Stride, Pad int
}

// Fits says whether a convolution should be computed here: two or three taps a phase, at least two places along each axis,
// and maps enough. Eight pay for the transforms; two taps a phase round up to twice as much as the definition, where
// three round the same, and are left to it until they gain more.
func (g Geometry) Fits() bool {
	maps := min(g.PixelMaps*g.Stride*g.Stride, g.Maps)
	switch {
	case g.Stride > 2 || min(g.OH, g.OW) < 2:
		return false
	case g.Kernel == 2*g.Stride:
		return maps >= 32
	default:
		return g.Kernel == 3*g.Stride && maps >= 8
	}
}

// plan is the stencils of a geometry. Values lie in columns, those of one pair of points beside each other: first by
// the points, then by the tiles, then by the images.
type plan struct {
	Geometry
	phases  int // s²
	inner   int // of the products: PixelMaps·s²
	columns int // of all pairs of points together, for one image
	base    [points][points]int
	y, x    axis

	pixels, places side
	taps           *f32.Stencil // the kernel's taps to its values
	kernel         *f32.Stencil // and its adjoint
}

// side is one side of a convolution, and how one of its maps becomes columns and columns a map: each by two stencils.
type side struct {
	count, area, width int // maps, their numbers, and those in a row
	slots              int // rows of that width between the two stencils
	in, out            [2]*f32.Stencil
}

func newPlan(g Geometry) *plan {
	p := &plan{Geometry: g, phases: g.Stride * g.Stride, y: newAxis(g.H, g.OH, g.Kernel, g.Stride, g.Pad), x: newAxis(g.W, g.OW, g.Kernel, g.Stride, g.Pad)}
	p.inner = g.PixelMaps * p.phases
	for py := range points {
		for px := range points {
			p.base[py][px] = p.columns
			p.columns += p.y.has(py) * p.x.has(px)
		}
	}
	p.transformPixels()
	p.transformPlaces()
	p.transformTaps()
	return p
}

// column is where the value of tiles ty, tx at points py, px lies.
func (p *plan) column(py, px, ty, tx int) int { return p.base[py][px] + ty*p.x.has(px) + tx }

// transformPixels: rows of pixels become rows of values, for each phase, point and tile; then the same along rows. Phases
// are rows of the products, PixelMaps apart.
func (p *plan) transformPixels() {
	rows, cols := &f32.Stencil{}, &f32.Stencil{}
	slot := 0
	for fy := range p.Stride {
		for py := range points {
			for ty := range p.y.has(py) {
				rows.Add(slot*p.W, scaled(p.y.pixelTerms(py, fy, p.y.tiles[ty]), p.W, 0)...)
				for fx := range p.Stride {
					phase := (fy*p.Stride + fx) * p.PixelMaps * p.columns
					for px := range points {
						for tx := range p.x.has(px) {
							cols.Add(phase+p.column(py, px, ty, tx), scaled(p.x.pixelTerms(px, fx, p.x.tiles[tx]), 1, slot*p.W)...)
						}
					}
				}
				slot++
			}
		}
	}
	p.pixels = newSide(p.PixelMaps, p.H, p.W, slot, rows, cols)
}

func newSide(count, height, width, slots int, rows, cols *f32.Stencil) side {
	return side{count, height * width, width, slots, [2]*f32.Stencil{rows, cols}, [2]*f32.Stencil{cols.Adjoint(slots * width), rowsOf(rows, height, width)}}
}

// rowsOf is the adjoint of a stencil of rows, whose places are all multiples of width.
func rowsOf(s *f32.Stencil, rows, width int) *f32.Stencil {
	all, a := s.Adjoint(rows*width), &f32.Stencil{}
	first := int32(0)
	for o, end := range all.End {
		if o%width == 0 {
			var ts []f32.Term
			for t := first; t < end; t++ {
				ts = append(ts, f32.Term{In: int(all.In[t]), By: all.By[t]})
			}
			a.Add(o, ts...)
		}
		first = end
	}
	return a
}

// transformPlaces: rows of places become rows of values at each point and tile; then the same along rows.
func (p *plan) transformPlaces() {
	rows, cols := &f32.Stencil{}, &f32.Stencil{}
	slot := 0
	for py := range points {
		for ty := range p.y.has(py) {
			rows.Add(slot*p.OW, scaled(p.y.placeTerms(py, p.y.tiles[ty]), p.OW, 0)...)
			for px := range points {
				for tx := range p.x.has(px) {
					cols.Add(p.column(py, px, ty, tx), scaled(p.x.placeTerms(px, p.x.tiles[tx]), 1, slot*p.OW)...)
				}
			}
			slot++
		}
	}
	p.places = newSide(p.Maps, p.OH, p.OW, slot, rows, cols)
}

// transformTaps: the kernel's taps (k·k, maps, PixelMaps) become values (points², maps, phases, PixelMaps); a place is
// PixelMaps wide and one stencil serves each of the maps.
func (p *plan) transformTaps() {
	p.taps = &f32.Stencil{}
	for py := range points {
		for px := range points {
			for fy := range p.Stride {
				for fx := range p.Stride {
					var ts []f32.Term
					for _, v := range p.y.tapTerms(py, fy) {
						for _, h := range p.x.tapTerms(px, fx) {
							ts = append(ts, f32.Term{In: (v.at*p.Kernel + h.at) * p.Maps, By: v.by * h.by})
						}
					}
					p.taps.Add((py*points+px)*p.Maps*p.phases+fy*p.Stride+fx, ts...)
				}
			}
		}
	}
	p.kernel = rowsOf(p.taps, p.Kernel*p.Kernel, p.Maps)
}

// scaled are terms with places of that width, from a place on.
func scaled(ts []term, width, from int) (all []f32.Term) {
	for _, t := range ts {
		all = append(all, f32.Term{In: from + t.at*width, By: t.by})
	}
	return all
}
