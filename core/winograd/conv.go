package winograd

import (
	"ganvas/core/f32"
	"gonum.org/v1/gonum/blas"
)

const (
	lanes     = 4       // images go through in multiples of this, the shortest vector that kernels have
	blockSize = 1 << 20 // about how many values the columns of one block of images have, 4 MB
	keptSize  = 1 << 20 // up to how many a convolution keeps its columns from Correlate to CorrelateBack, 4 MB
)

// FewImages is how many images are too few: most lanes would go without one.
const FewImages = lanes

// Scratch is memory that convolutions use one after the other. Its zero value is empty; New makes it large enough.
type Scratch struct {
	pixels, places []float32 // columns
	values         []float32 // gradient of the kernel's values
	taps           [2][]float32
	rooms          []room // one a worker
}

// room is one worker's: images or maps in lanes, and the values between the two transforms.
type room struct{ image, slots []float32 }

// Conv is a convolution bound to n images. Images are (n, PixelMaps, H, W), maps (n, Maps, OH, OW), kernels as in
// PyTorch: (Maps, PixelMaps, Kernel, Kernel).
type Conv struct {
	*plan
	n, each int // images; images in a block
	scratch *Scratch
	values  []float32 // (points², Maps, inner) of the kernel
	kept    []float32 // columns of the last Correlate's images, nil where they are too many

	work     job
	products [points * points]f32.Product
}

// New binds g to n images. With keep it holds on to the columns of Correlate's images for CorrelateBack, if they are not
// too many. Convolutions with the same scratch must not run at once.
func New(g Geometry, n int, keep bool, s *Scratch) *Conv {
	c := &Conv{plan: newPlan(g), n: n, scratch: s}
	all, size := roundUp(n), c.columns*max(c.inner, c.Maps)
	blocks := (all*size + blockSize - 1) / blockSize
	c.each = min(all, roundUp((all+blocks-1)/blocks))
	c.values = make([]float32, points*points*c.Maps*c.inner)
	if keep && all*c.inner*c.columns <= keptSize {
		c.kept = make([]float32, all*c.inner*c.columns)
	}
	grow(&s.pixels, c.each*c.inner*c.columns)
	grow(&s.places, c.each*c.Maps*c.columns)
	grow(&s.values, len(c.values))
	for i := range s.taps {
		grow(&s.taps[i], c.Kernel*c.Kernel*c.Maps*c.PixelMaps)
	}
	c.reserve()
	c.work.Conv = c
	return c
}

// reserve makes a room for every worker there is.
func (c *Conv) reserve() {
	s := c.scratch
	for len(s.rooms) < f32.Workers() {
		s.rooms = append(s.rooms, room{})
	}
	for i := range s.rooms {
		grow(&s.rooms[i].image, c.each*max(c.pixels.area, c.places.area))
		grow(&s.rooms[i].slots, c.each*max(c.pixels.slots*c.W, c.places.slots*c.OW))
	}
}

func roundUp(n int) int { return (n + lanes - 1) / lanes * lanes }

func grow(x *[]float32, n int) {
	if len(*x) < n {
		*x = make([]float32, n)
	}
}

// Take takes the kernel w that the other methods compute with until the next call.
func (c *Conv) Take(w []float32) {
	k, all := c.Kernel*c.Kernel, c.Maps*c.PixelMaps
	taps := c.scratch.taps[0]
	f32.Transpose(taps, all, w, k, all, k)
	f32.Mix(c.values, taps, c.taps, c.kernelMixing())
}

// kernelMixing goes over maps: the places of the taps are maps, those of the values phases of a map.
func (c *Conv) kernelMixing() f32.Mixing {
	return f32.Mixing{Rows: c.Maps, ToStep: c.phases, FromStep: 1, Unit: c.PixelMaps, Run: c.PixelMaps}
}

// Correlate: y (n, Maps, OH, OW) = the kernel over images x, plus bias (Maps) if it is not nil.
func (c *Conv) Correlate(y, x, bias []float32) {
	c.reserve()
	for b := c.first(); b.images > 0; b = c.next(b) {
		pixels, places := c.columnsOf(b, c.kept), c.scratch.places
		c.in(&c.pixels, b, x, pixels)
		c.forward(b, pixels, places, bias)
		c.out(&c.places, b, y, places)
	}
}

// Spread is Correlate's adjoint: images x = what maps y make through the kernel.
func (c *Conv) Spread(x, y []float32) {
	c.reserve()
	for b := c.first(); b.images > 0; b = c.next(b) {
		pixels, places := c.scratch.pixels, c.scratch.places
		c.in(&c.places, b, y, places)
		c.adjoint(b, pixels, places)
		c.out(&c.pixels, b, x, pixels)
	}
}

// CorrelateBack takes dy, the gradient at Correlate's y. With dw it adds the kernel's gradient at images x; last says
// that x are those of the last Correlate. With dx it gives the gradient at the images.
func (c *Conv) CorrelateBack(dw, dx, dy, x []float32, last bool) {
	c.reserve()
	for b := c.first(); b.images > 0; b = c.next(b) {
		places := c.scratch.places
		c.in(&c.places, b, dy, places)
		if dw != nil {
			pixels := c.scratch.pixels
			if last && c.kept != nil {
				pixels = c.columnsOf(b, c.kept)
			} else {
				c.in(&c.pixels, b, x, pixels)
			}
			c.weigh(b, pixels, places)
		}
		if dx != nil {
			c.adjoint(b, c.scratch.pixels, places)
			c.out(&c.pixels, b, dx, c.scratch.pixels)
		}
	}
	if dw != nil {
		c.addKernel(dw)
	}
}

// SpreadBack takes dx, the gradient at Spread's images. With dw it adds the kernel's gradient at maps y; with dy it gives
// the gradient at the maps.
func (c *Conv) SpreadBack(dw, dy, dx, y []float32) {
	c.reserve()
	for b := c.first(); b.images > 0; b = c.next(b) {
		pixels, places := c.scratch.pixels, c.scratch.places
		c.in(&c.pixels, b, dx, pixels)
		if dw != nil {
			c.in(&c.places, b, y, places)
			c.weigh(b, pixels, places)
		}
		if dy != nil {
			c.forward(b, pixels, places, nil)
			c.out(&c.places, b, dy, places)
		}
	}
	if dw != nil {
		c.addKernel(dw)
	}
}

// block is some of the images, in so many lanes.
type block struct{ at, images, lanes int }

func (c *Conv) first() block { return c.next(block{}) }

func (c *Conv) next(b block) block {
	at := b.at + b.images
	images := min(c.each, c.n-at)
	return block{at, images, roundUp(images)}
}

// columnsOf is the block's part of what is kept of all images, or scratch.
func (c *Conv) columnsOf(b block, kept []float32) []float32 {
	if kept == nil {
		return c.scratch.pixels
	}
	return kept[b.at*c.inner*c.columns:]
}

// eachPair calls f with a product for every pair of points that has tiles, and computes those it fills in.
func (c *Conv) eachPair(b block, f func(c *Conv, p *f32.Product, pair, at, columns int)) {
	ps := c.products[:0]
	for py := range points {
		for px := range points {
			if n := c.y.has(py) * c.x.has(px) * b.lanes; n > 0 {
				ps = append(ps, f32.Product{})
				f(c, &ps[len(ps)-1], py*points+px, c.base[py][px]*b.lanes, n)
			}
		}
	}
	f32.Products(ps)
}

// valuesAt are a pair's values of the kernel or of its gradient: (Maps, inner).
func (c *Conv) valuesAt(all []float32, pair int) []float32 {
	size := c.Maps * c.inner
	return all[pair*size:][:size]
}

// forward: places = values·pixels. A constant is its own value at 1 and nothing at the other points, as far as the way
// back to outputs goes: there the bias comes in.
func (c *Conv) forward(b block, pixels, places, bias []float32) {
	if bias != nil {
		from, n := c.base[one][one]*b.lanes, c.y.has(one)*c.x.has(one)*b.lanes
		for m, v := range bias {
			row := places[m*c.columns*b.lanes+from:][:n]
			for i := range row {
				row[i] = v
			}
		}
	}
	c.work.x, c.work.y, c.work.biased, c.work.b = pixels, places, bias != nil, b
	c.eachPair(b, func(c *Conv, p *f32.Product, pair, at, n int) {
		ld := c.columns * c.work.b.lanes
		*p = f32.Product{TA: blas.NoTrans, TB: blas.NoTrans, M: c.Maps, N: n, K: c.inner, Add: c.work.biased && pair == one*points+one,
			A: c.valuesAt(c.values, pair), LdA: c.inner, B: c.work.x[at:], LdB: ld, C: c.work.y[at:], LdC: ld}
	})
}

// adjoint: pixels = valuesᵀ·places.
func (c *Conv) adjoint(b block, pixels, places []float32) {
	c.work.x, c.work.y, c.work.b = pixels, places, b
	c.eachPair(b, func(c *Conv, p *f32.Product, pair, at, n int) {
		ld := c.columns * c.work.b.lanes
		*p = f32.Product{TA: blas.Trans, TB: blas.NoTrans, M: c.inner, N: n, K: c.Maps,
			A: c.valuesAt(c.values, pair), LdA: c.inner, B: c.work.y[at:], LdB: ld, C: c.work.x[at:], LdC: ld}
	})
}

// weigh: the gradient of the kernel's values = places·pixelsᵀ, added up over blocks.
func (c *Conv) weigh(b block, pixels, places []float32) {
	c.work.x, c.work.y, c.work.b = pixels, places, b
	c.eachPair(b, func(c *Conv, p *f32.Product, pair, at, n int) {
		ld := c.columns * c.work.b.lanes
		*p = f32.Product{TA: blas.NoTrans, TB: blas.Trans, M: c.Maps, N: c.inner, K: n, Add: c.work.b.at > 0,
			A: c.work.y[at:], LdA: ld, B: c.work.x[at:], LdB: ld, C: c.valuesAt(c.scratch.values, pair), LdC: c.inner}
	})
}

// addKernel adds the kernel's gradient, of which the scratch has that of the values.
func (c *Conv) addKernel(dw []float32) {
	k, all := c.Kernel*c.Kernel, c.Maps*c.PixelMaps
	taps, turned := c.scratch.taps[0], c.scratch.taps[1][:k*all]
	m := c.kernelMixing()
	m.ToStep, m.FromStep = m.FromStep, m.ToStep
	for py := range points { // values at points that no tile uses have no gradient
		for px := range points {
			if c.y.has(py)*c.x.has(px) == 0 {
				clear(c.valuesAt(c.scratch.values, py*points+px))
			}
		}
	}
	f32.Mix(taps, c.scratch.values, c.kernel, m)
	f32.Transpose(turned, k, taps, all, k, all)
	f32.Add(dw, turned)
}
