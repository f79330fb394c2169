package ops

import (
	"ganvas/core/f32"
	"ganvas/core/net"

	"gonum.org/v1/gonum/blas"
)

// pointwise is the convolver of a kernel that sees every pixel once: one product an image, of its maps as they lie.
type pointwise struct {
	in, out, spots int // maps of the images and of the outputs, and pixels in each
	w              []float32
	ps             []f32.Product // one an image
	sums           []float32     // of weigh, one kernel a share of the images
}

// shares is into how many sums of its own a kernel's gradient is added up, however many workers there are.
const shares = 8

// newPointwise is for geometries that are pointwise, and n images.
func newPointwise(g net.Geometry, n int) *pointwise {
	c := &pointwise{in: g.Image.C, out: g.Maps.C, spots: g.Maps.H * g.Maps.W, ps: make([]f32.Product, n)}
	c.sums = make([]float32, min(n, shares)*c.in*c.out)
	return c
}

func (c *pointwise) take(w []float32) { c.w = w }

func (c *pointwise) correlate(y, x, bias []float32, leak float32) {
	if bias != nil {
		for at := 0; at < len(y); {
			for _, b := range bias {
				row := y[at:][:c.spots]
				for j := range row {
					row[j] = b
				}
				at += c.spots
			}
		}
	}
	c.each(y, x, f32.Product{TA: blas.NoTrans, M: c.out, K: c.in, Add: bias != nil})
	if leak != 1 {
		f32.Leaky(y, y, leak)
	}
}

func (c *pointwise) correlateBack(dw, dx, dy, x []float32, _ bool) {
	if dw != nil {
		c.weigh(dw, dy, x)
	}
	if dx != nil {
		c.spread(dx, dy)
	}
}

func (c *pointwise) spread(x, y []float32) {
	c.each(x, y, f32.Product{TA: blas.Trans, M: c.in, K: c.out})
}

func (c *pointwise) spreadBack(dw, dy, dx, y []float32) {
	if dw != nil {
		c.weigh(dw, y, dx)
	}
	if dy != nil {
		c.correlate(dy, dx, nil, 1)
	}
}

// each takes every image's rows from (K, spots) through the kernel to rows to (M, spots).
func (c *pointwise) each(to, from []float32, p f32.Product) {
	p.TB, p.N, p.A, p.LdA, p.LdB, p.LdC = blas.NoTrans, c.spots, c.w, c.in, c.spots, c.spots
	for i := range c.ps {
		p.B, p.C = from[i*p.K*c.spots:][:p.K*c.spots], to[i*p.M*c.spots:][:p.M*c.spots]
		c.ps[i] = p
	}
	c.run(c.ps)
}

// weigh adds the kernel's gradient to dw: maps·pixelsᵀ of every image, formed from zero before it is added, since the gradients
// of real and fake samples may cancel. Each share of the images has a sum, so that products of several go on at once.
func (c *pointwise) weigh(dw, maps, pixels []float32) {
	size := len(dw)
	n := len(c.sums) / size
	for lo := 0; lo < len(c.ps); lo += n {
		ps := c.ps[lo:min(lo+n, len(c.ps))]
		for j := range ps {
			i := lo + j
			ps[j] = f32.Product{TA: blas.NoTrans, TB: blas.Trans, M: c.out, N: c.in, K: c.spots, Add: lo > 0,
				A: maps[i*c.out*c.spots:][:c.out*c.spots], LdA: c.spots, B: pixels[i*c.in*c.spots:][:c.in*c.spots], LdB: c.spots,
				C: c.sums[j*size:][:size], LdC: c.in}
		}
		c.run(ps)
	}
	all := c.sums[:size]
	for j := 1; j < n; j++ {
		f32.Add(all, c.sums[j*size:][:size])
	}
	f32.Add(dw, all)
}

// run computes ps and keeps none of their slices.
func (c *pointwise) run(ps []f32.Product) {
	f32.Products(ps)
	clear(ps)
}
