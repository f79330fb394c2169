package nn

import (
	"fmt"

	"ganvas/core/f32"
	"gonum.org/v1/gonum/blas"
)

// Conv2d is PyTorch's nn.Conv2d with square kernels and zero padding: Maps feature maps of
// side (side + 2·Pad − Kernel)/Stride + 1 from any number, weight (Maps, C, Kernel, Kernel).
type Conv2d struct {
	Maps                int
	Kernel, Stride, Pad int
	NoBias              bool
}

func (l Conv2d) geometry(in Shape) geometry {
	side := func(n int) int { return (n+2*l.Pad-l.Kernel)/l.Stride + 1 }
	return geometry{image: in, maps: Shape{l.Maps, side(in.H), side(in.W)}, kernel: l.Kernel, stride: l.Stride, pad: l.Pad}
}

func (l Conv2d) Out(in Shape) (Shape, error) {
	if l.Maps < 1 || l.Kernel < 1 || l.Stride < 1 || l.Pad < 0 || l.Pad >= l.Kernel {
		return Shape{}, fmt.Errorf("a convolution of %d maps, kernel %d, stride %d, padding %d is impossible", l.Maps, l.Kernel, l.Stride, l.Pad)
	}
	if in.H+2*l.Pad < l.Kernel || in.W+2*l.Pad < l.Kernel {
		return Shape{}, fmt.Errorf("a kernel of %d×%d is larger than the %v feature maps with padding %d", l.Kernel, l.Kernel, in, l.Pad)
	}
	return l.geometry(in).maps, nil
}

func (l Conv2d) Params(in Shape) []Param {
	fan := in.C * l.Kernel * l.Kernel
	p := []Param{{Name: "weight", Shape: []int{l.Maps, in.C, l.Kernel, l.Kernel}, Init: FanIn(fan)}}
	if !l.NoBias {
		p = append(p, Param{Name: "bias", Shape: []int{l.Maps}, Init: FanIn(fan)})
	}
	return p
}

// MACs is the number of multiply-adds in one sample's forward pass.
func (l Conv2d) MACs(in Shape) int {
	g := l.geometry(in)
	return g.maps.Size() * in.C * l.Kernel * l.Kernel
}

func (l Conv2d) Bind(b *Binder, in Shape) Op { return l.bindJoined(b, in, 1) }

func (l Conv2d) bindJoined(b *Binder, in Shape, leak float32) Op {
	c := &conv{blocks: newBlocks(b, l.geometry(in)), leak: leak, w: b.Take()}
	if !l.NoBias {
		c.b = b.Take()
	}
	if all := b.N * c.geo.colSize(); all <= keptSize {
		c.kept = make([]float32, all)
	}
	c.y, c.dx = b.Buf(c.geo.maps.Size()), b.Buf(in.Size())
	if leak != 1 {
		c.dz = b.Buf(c.geo.maps.Size())
	}
	return c
}

// conv is a bound Conv2d with the leaky activation that may follow it. Every patch of a block of images becomes a row of
// col (k·oh·ow, C·k·k), so that the block is one product: rows (k·oh·ow, maps) = col·Wᵀ, then turned into (k, maps, oh·ow).
type conv struct {
	blocks
	leak   float32
	w, b   View // W (maps, C·k·k), b (maps)
	x      []float32
	kept   []float32 // x's patches, nil where they are too many
	y, dx  []float32
	dz     []float32
	g      []float32 // (n, maps, oh·ow) gradient at z of the last Backward, for Pull
	t, ty  []float32 // ẋ, ẏ
	pz, px []float32
}

func (c *conv) Forward(x []float32) []float32 {
	c.x = x
	c.product(c.y, x, c.kept, c.b.W, c.leak)
	return c.y
}

// product: y (n, maps, oh·ow) = act(patches of x·Wᵀ + bias). The patches stay in kept, if it is not nil.
func (c *conv) product(y, x, kept, bias []float32, leak float32) {
	k, maps := c.geo.patch(), c.geo.maps.C
	for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
		col, rows, m := c.col(hi-lo), c.rows(hi-lo), (hi-lo)*c.geo.spots()
		if kept != nil {
			col = c.part(kept, lo, hi)
		}
		c.geo.patches(col, x[lo*c.geo.image.Size():], hi-lo)
		f32.GemmBias(blas.NoTrans, blas.Trans, m, maps, k, col, k, c.w.W, k, bias, leak, rows, maps)
		toMaps(y[lo*c.geo.maps.Size():], rows, hi-lo, c.geo.spots(), maps)
	}
}

func (c *conv) Backward(dy []float32, w Wrt) []float32 {
	if c.leak != 1 {
		f32.LeakyGrad(c.dz, dy, c.y, c.leak)
		dy = c.dz
	}
	c.g = dy
	c.spread(c.dx, dy, w)
	return result(c.dx, w)
}

// spread adds the parameter gradients of dz (n, maps, oh·ow) at the last Forward's x, and gives dx, as w asks.
func (c *conv) spread(dx, dz []float32, w Wrt) {
	k, maps := c.geo.patch(), c.geo.maps.C
	for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
		col, rows, m := c.col(hi-lo), c.rows(hi-lo), (hi-lo)*c.geo.spots()
		toRows(rows, dz[lo*c.geo.maps.Size():], hi-lo, c.geo.spots(), maps)
		if w&Params != 0 {
			if c.kept != nil {
				c.weigh(rows, c.part(c.kept, lo, hi))
			} else {
				c.weigh(rows, c.see(c.x, lo, hi))
			}
			if c.b.G != nil {
				f32.AddColumnSums(c.b.G, rows, m, maps)
			}
		}
		if w&Input != 0 {
			f32.Gemm(blas.NoTrans, blas.NoTrans, m, k, maps, 1, rows, maps, c.w.W, k, 0, col, k)
			c.geo.gather(dx[lo*c.geo.image.Size():], col, hi-lo)
		}
	}
}

// see is the patches of images lo to hi of x, in scratch memory.
func (c *conv) see(x []float32, lo, hi int) []float32 {
	col := c.col(hi - lo)
	c.geo.patches(col, x[lo*c.geo.image.Size():], hi-lo)
	return col
}

// weigh adds W's gradient: rowsᵀ·col.
func (c *conv) weigh(rows, col []float32) {
	k, maps := c.geo.patch(), c.geo.maps.C
	f32.Gemm(blas.Trans, blas.NoTrans, maps, k, len(rows)/maps, 1, rows, maps, col, k, 1, c.w.G, k)
}

func (c *conv) Push(t []float32) []float32 {
	c.t, c.ty = t, sized(c.ty, len(c.y))
	c.product(c.ty, t, nil, nil, 1)
	if c.leak != 1 {
		f32.LeakyGrad(c.ty, c.ty, c.y, c.leak)
	}
	return c.ty
}

func (c *conv) Pull(py []float32, w Wrt) []float32 {
	if w&Params != 0 {
		for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
			rows := c.rows(hi - lo)
			toRows(rows, c.g[lo*c.geo.maps.Size():], hi-lo, c.geo.spots(), c.geo.maps.C)
			c.weigh(rows, c.see(c.t, lo, hi))
		}
	}
	if py == nil {
		return nil
	}
	if c.leak != 1 {
		c.pz = sized(c.pz, len(c.y))
		f32.LeakyGrad(c.pz, py, c.y, c.leak)
		py = c.pz
	}
	c.px = sized(c.px, len(c.dx)) // layers below still need Backward's
	c.spread(c.px, py, w)
	return result(c.px, w)
}
