package ops

import (
	"ganvas/core/f32"
	"ganvas/core/net"
	"ganvas/core/winograd"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// convolver computes a geometry's products for n images. Images are (n, C, H, W), maps (n, Maps, oh, ow), the kernel w
// (Maps, C·k·k).
type convolver interface {
	// take takes the kernel for the calls that follow; it is valid until the next take.
	take(w []float32)
	// correlate: y = act(the kernel over images x + bias), act leaky as in f32.GemmBias; bias may be nil.
	correlate(y, x, bias []float32, leak float32)
	// correlateBack adds the kernel's gradient to dw and gives the images' dx, each if not nil, of the maps' gradient dy
	// at images x; last says that x is the last correlate's.
	correlateBack(dw, dx, dy, x []float32, last bool)
	// spread is correlate's adjoint: images x of maps y.
	spread(x, y []float32)
	// spreadBack adds the kernel's gradient to dw and gives the maps' dy, each if not nil, of the images' gradient dx at
	// maps y.
	spreadBack(dw, dy, dx, y []float32)
}

// newConvolver takes Winograd's way where it gains, for at least as many images as its lanes want, and a kernel of one pixel
// as the product that it is. With keep it may hold on
// to what correlate has made of its images, for correlateBack.
func newConvolver(b *Binder, g net.Geometry, keep bool) convolver {
	w := winograd.Geometry{PixelMaps: g.Image.C, H: g.Image.H, W: g.Image.W, Maps: g.Maps.C, OH: g.Maps.H, OW: g.Maps.W,
		Kernel: g.Kernel, Stride: g.Stride, Pad: g.Pad}
	if w.Fits() && b.N >= winograd.FewImages {
		return minimal{winograd.New(w, b.N, keep, &b.Ctx.winograd)}
	}
	if g.Kernel == 1 && g.Stride == 1 && g.Pad == 0 {
		return newPointwise(g, b.N)
	}
	return newUnrolled(b, g, keep)
}

// minimal is a convolver by Winograd's minimal filtering.
type minimal struct{ *winograd.Conv }

func (c minimal) take(w []float32)                   { c.Take(w) }
func (c minimal) spread(x, y []float32)              { c.Spread(x, y) }
func (c minimal) spreadBack(dw, dy, dx, y []float32) { c.SpreadBack(dw, dy, dx, y) }

func (c minimal) correlate(y, x, bias []float32, leak float32) {
	c.Correlate(y, x, bias)
	if leak != 1 {
		f32.Leaky(y, y, leak)
	}
}

func (c minimal) correlateBack(dw, dx, dy, x []float32, last bool) {
	c.CorrelateBack(dw, dx, dy, x, last)
}

// unrolled is a convolver by one product a block of images: the patch at every place is a row of col (k·oh·ow, C·k·k), so
// that col·Wᵀ are rows (k·oh·ow, maps), which are then turned into (k, maps, oh·ow).
type unrolled struct {
	blocks
	w    []float32
	kept []float32 // the last correlate's patches, nil where they are too many
}

func newUnrolled(b *Binder, g net.Geometry, keep bool) *unrolled {
	c := &unrolled{blocks: newBlocks(b, g)}
	if all := b.N * c.geo.colSize(); keep && all <= keptSize {
		c.kept = make([]float32, all)
	}
	return c
}

func (c *unrolled) take(w []float32) { c.w = w }

func (c *unrolled) correlate(y, x, bias []float32, leak float32) {
	k, maps := c.geo.patch(), c.geo.Maps.C
	for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
		col, rows, m := c.col(hi-lo), c.rows(hi-lo), (hi-lo)*c.geo.spots()
		if c.kept != nil {
			col = c.part(c.kept, lo, hi)
		}
		c.geo.patches(col, x[lo*c.geo.Image.Size():], hi-lo)
		f32.GemmBias(blas.NoTrans, blas.Trans, f32.Matrix(m, k, col), f32.Matrix(maps, k, c.w), bias, leak, f32.Matrix(m, maps, rows))
		c.geo.toMaps(y[lo*c.geo.Maps.Size():], rows, hi-lo)
	}
}

func (c *unrolled) correlateBack(dw, dx, dy, x []float32, last bool) {
	for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
		col, rows := c.col(hi-lo), c.rows(hi-lo)
		c.geo.toRows(rows, dy[lo*c.geo.Maps.Size():], hi-lo)
		if dw != nil {
			if last && c.kept != nil {
				c.weigh(dw, rows, c.part(c.kept, lo, hi))
			} else {
				c.geo.patches(col, x[lo*c.geo.Image.Size():], hi-lo)
				c.weigh(dw, rows, col)
			}
		}
		if dx != nil {
			c.gather(dx, rows, col, lo, hi)
		}
	}
}

func (c *unrolled) spread(x, y []float32) {
	for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
		rows := c.rows(hi - lo)
		c.geo.toRows(rows, y[lo*c.geo.Maps.Size():], hi-lo)
		c.gather(x, rows, c.col(hi-lo), lo, hi)
	}
}

func (c *unrolled) spreadBack(dw, dy, dx, y []float32) {
	k, maps := c.geo.patch(), c.geo.Maps.C
	for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
		col, rows, m := c.col(hi-lo), c.rows(hi-lo), (hi-lo)*c.geo.spots()
		c.geo.patches(col, dx[lo*c.geo.Image.Size():], hi-lo)
		if dw != nil {
			c.geo.toRows(rows, y[lo*c.geo.Maps.Size():], hi-lo)
			c.weigh(dw, rows, col)
		}
		if dy != nil {
			blas32.Gemm(blas.NoTrans, blas.Trans, 1, f32.Matrix(m, k, col), f32.Matrix(maps, k, c.w), 0, f32.Matrix(m, maps, rows))
			c.geo.toMaps(dy[lo*c.geo.Maps.Size():], rows, hi-lo)
		}
	}
}

// weigh adds the kernel's gradient: rowsᵀ·col.
func (c *unrolled) weigh(dw, rows, col []float32) {
	k, maps := c.geo.patch(), c.geo.Maps.C
	blas32.Gemm(blas.Trans, blas.NoTrans, 1, f32.Matrix(len(rows)/maps, maps, rows), f32.Matrix(len(rows)/maps, k, col), 1, f32.Matrix(maps, k, dw))
}

// gather: images lo to hi of x are what rows make through the kernel.
func (c *unrolled) gather(x, rows, col []float32, lo, hi int) {
	k, maps := c.geo.patch(), c.geo.Maps.C
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, f32.Matrix(len(rows)/maps, maps, rows), f32.Matrix(maps, k, c.w), 0, f32.Matrix(len(rows)/maps, k, col))
	c.geo.gather(x[lo*c.geo.Image.Size():], col, hi-lo)
}
