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
	c := &conv{n: b.N, geo: l.geometry(in), leak: leak, w: b.Take()}
	if !l.NoBias {
		c.b = b.Take()
	}
	c.col, c.rows = make([]float32, b.N*c.geo.colSize()), b.Buf(c.geo.maps.Size())
	c.y, c.dx = b.Buf(c.geo.maps.Size()), b.Buf(in.Size())
	if leak != 1 {
		c.dz = b.Buf(c.geo.maps.Size())
	}
	return c
}

// conv is a bound Conv2d with the leaky activation that may follow it. Every patch of every image becomes a row of col
// (n·oh·ow, C·k·k), so that the whole batch is one product: rows (n·oh·ow, maps) = col·Wᵀ, then turned into (n, maps, oh·ow).
type conv struct {
	n      int
	geo    geometry
	leak   float32
	w, b   View      // W (maps, C·k·k), b (maps)
	col    []float32 // (n·oh·ow, C·k·k) of the last Forward's x
	rows   []float32 // (n·oh·ow, maps)
	y, dx  []float32
	dz     []float32
	g      []float32 // (n·oh·ow, maps) gradient at z of the last Backward, for Pull
	dcol   []float32 // (n·oh·ow, C·k·k)
	tcol   []float32 // patches of ẋ
	ty     []float32
	pz, px []float32
}

func (c *conv) Forward(x []float32) []float32 {
	c.geo.patches(c.col, x, c.n)
	c.product(c.y, c.col, c.b.W, c.leak)
	return c.y
}

// product: y (n, maps, oh·ow) = act(col·Wᵀ + bias).
func (c *conv) product(y, col, bias []float32, leak float32) {
	m, k, maps := c.n*c.geo.spots(), c.geo.patch(), c.geo.maps.C
	f32.GemmBias(blas.NoTrans, blas.Trans, m, maps, k, col, k, c.w.W, k, bias, leak, c.rows, maps)
	toMaps(y, c.rows, c.n, c.geo.spots(), maps)
}

func (c *conv) Backward(dy []float32, w Wrt) []float32 {
	if c.leak != 1 {
		f32.LeakyGrad(c.dz, dy, c.y, c.leak)
		dy = c.dz
	}
	c.g = sized(c.g, len(c.rows))
	toRows(c.g, dy, c.n, c.geo.spots(), c.geo.maps.C)
	return c.spread(c.dx, c.g, c.col, w)
}

// spread adds the parameter gradients of dz, given in rows (n·oh·ow, maps), and returns dx as w asks.
func (c *conv) spread(dx, dz, col []float32, w Wrt) []float32 {
	m, k, maps := c.n*c.geo.spots(), c.geo.patch(), c.geo.maps.C
	if w&Params != 0 {
		f32.Gemm(blas.Trans, blas.NoTrans, maps, k, m, 1, dz, maps, col, k, 1, c.w.G, k)
		if c.b.G != nil {
			f32.AddColumnSums(c.b.G, dz, m, maps)
		}
	}
	if w&Input == 0 {
		return nil
	}
	c.dcol = sized(c.dcol, len(c.col))
	f32.Gemm(blas.NoTrans, blas.NoTrans, m, k, maps, 1, dz, maps, c.w.W, k, 0, c.dcol, k)
	c.geo.gather(dx, c.dcol, c.n)
	return dx
}

func (c *conv) Push(t []float32) []float32 {
	c.tcol, c.ty = sized(c.tcol, len(c.col)), sized(c.ty, len(c.y))
	c.geo.patches(c.tcol, t, c.n)
	c.product(c.ty, c.tcol, nil, 1)
	if c.leak != 1 {
		f32.LeakyGrad(c.ty, c.ty, c.y, c.leak)
	}
	return c.ty
}

func (c *conv) Pull(py []float32, w Wrt) []float32 {
	m, k, maps := c.n*c.geo.spots(), c.geo.patch(), c.geo.maps.C
	if w&Params != 0 {
		f32.Gemm(blas.Trans, blas.NoTrans, maps, k, m, 1, c.g, maps, c.tcol, k, 1, c.w.G, k)
	}
	if py == nil {
		return nil
	}
	c.pz = sized(c.pz, len(c.y))
	copy(c.pz, py)
	if c.leak != 1 {
		f32.LeakyGrad(c.pz, c.pz, c.y, c.leak)
	}
	toRows(c.rows, c.pz, c.n, c.geo.spots(), maps)
	c.px = sized(c.px, len(c.dx)) // layers below still need Backward's
	return c.spread(c.px, c.rows, c.col, w)
}
