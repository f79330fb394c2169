package nn

import (
	"fmt"

	"ganvas/core/f32"
	"gonum.org/v1/gonum/blas"
)

// ConvTranspose2d is PyTorch's nn.ConvTranspose2d: the adjoint of a convolution, which makes images of side
// (side − 1)·Stride − 2·Pad + Kernel from smaller ones; weight (C, Maps, Kernel, Kernel).
type ConvTranspose2d struct {
	Maps                int
	Kernel, Stride, Pad int
	NoBias              bool
}

func (l ConvTranspose2d) geometry(in Shape) geometry {
	side := func(n int) int { return (n-1)*l.Stride - 2*l.Pad + l.Kernel }
	return geometry{image: Shape{l.Maps, side(in.H), side(in.W)}, maps: in, kernel: l.Kernel, stride: l.Stride, pad: l.Pad}
}

func (l ConvTranspose2d) Out(in Shape) (Shape, error) {
	if l.Maps < 1 || l.Kernel < 1 || l.Stride < 1 || l.Pad < 0 || l.Pad >= l.Kernel {
		return Shape{}, fmt.Errorf("a transposed convolution of %d maps, kernel %d, stride %d, padding %d is impossible", l.Maps, l.Kernel, l.Stride, l.Pad)
	}
	out := l.geometry(in).image
	if out.H < 1 || out.W < 1 {
		return Shape{}, fmt.Errorf("padding %d leaves nothing of %v feature maps", l.Pad, in)
	}
	return out, nil
}

func (l ConvTranspose2d) Params(in Shape) []Param {
	fan := l.Maps * l.Kernel * l.Kernel // PyTorch counts the weight's second dimension
	p := []Param{{Name: "weight", Shape: []int{in.C, l.Maps, l.Kernel, l.Kernel}, Init: FanIn(fan)}}
	if !l.NoBias {
		p = append(p, Param{Name: "bias", Shape: []int{l.Maps}, Init: FanIn(fan)})
	}
	return p
}

// MACs is the number of multiply-adds in one sample's forward pass.
func (l ConvTranspose2d) MACs(in Shape) int { return in.Size() * l.Maps * l.Kernel * l.Kernel }

func (l ConvTranspose2d) Bind(b *Binder, in Shape) Op {
	g := l.geometry(in)
	c := &convTranspose{blocks: newBlocks(b, g), w: b.Take()}
	if !l.NoBias {
		c.b = b.Take()
	}
	c.y, c.dx = b.Buf(g.image.Size()), b.Buf(in.Size())
	return c
}

// convTranspose is a bound ConvTranspose2d. Forward is a convolution's gradient by its input: the values at each place
// (k·h·w, C) of a block of images times W (C, Maps·k·k) give patches, which are gathered into images.
type convTranspose struct {
	blocks
	w, b  View // W (C, Maps·k·k), b (Maps)
	x     []float32
	y, dx []float32
	g     []float32 // dy of the last Backward, for Pull
	t, ty []float32 // ẋ, ẏ
	px    []float32
}

func (c *convTranspose) Forward(x []float32) []float32 {
	c.x = x
	c.spread(c.y, x)
	if c.b.W != nil {
		addToMaps(c.y, c.b.W, c.n, c.geo.image)
	}
	return c.y
}

// spread: y (n, Maps, H, W) = the images that x (n, C, h·w) makes, without bias.
func (c *convTranspose) spread(y, x []float32) {
	k, maps := c.geo.patch(), c.geo.maps.C
	for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
		col, rows, m := c.col(hi-lo), c.rows(hi-lo), (hi-lo)*c.geo.spots()
		toRows(rows, x[lo*c.geo.maps.Size():], hi-lo, c.geo.spots(), maps)
		f32.Gemm(blas.NoTrans, blas.NoTrans, m, k, maps, 1, rows, maps, c.w.W, k, 0, col, k)
		c.geo.gather(y[lo*c.geo.image.Size():], col, hi-lo)
	}
}

func (c *convTranspose) Backward(dy []float32, w Wrt) []float32 {
	c.g = dy
	c.adjoint(c.dx, dy, w)
	return result(c.dx, w)
}

// adjoint adds the parameter gradients of dy (n, Maps, H, W) at the last Forward's x, and gives dx, as w asks.
func (c *convTranspose) adjoint(dx, dy []float32, w Wrt) {
	if w&Params != 0 && c.b.G != nil {
		addMapSums(c.b.G, dy, c.n, c.geo.image)
	}
	k, maps := c.geo.patch(), c.geo.maps.C
	for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
		col, rows, m := c.col(hi-lo), c.rows(hi-lo), (hi-lo)*c.geo.spots()
		c.geo.patches(col, dy[lo*c.geo.image.Size():], hi-lo)
		if w&Params != 0 {
			c.weigh(col, c.x, lo, hi)
		}
		if w&Input != 0 {
			f32.Gemm(blas.NoTrans, blas.Trans, m, maps, k, 1, col, k, c.w.W, k, 0, rows, maps)
			toMaps(dx[lo*c.geo.maps.Size():], rows, hi-lo, c.geo.spots(), maps)
		}
	}
}

// weigh adds W's gradient: images lo to hi of x as rows, transposed, times their col.
func (c *convTranspose) weigh(col, x []float32, lo, hi int) {
	rows, m, k, maps := c.rows(hi-lo), (hi-lo)*c.geo.spots(), c.geo.patch(), c.geo.maps.C
	toRows(rows, x[lo*c.geo.maps.Size():], hi-lo, c.geo.spots(), maps)
	f32.Gemm(blas.Trans, blas.NoTrans, maps, k, m, 1, rows, maps, col, k, 1, c.w.G, k)
}

func (c *convTranspose) Push(t []float32) []float32 {
	c.t, c.ty = t, sized(c.ty, len(c.y))
	c.spread(c.ty, t)
	return c.ty
}

func (c *convTranspose) Pull(py []float32, w Wrt) []float32 {
	if w&Params != 0 {
		for lo, hi := c.first(); lo < c.n; lo, hi = c.next(hi) {
			col := c.col(hi - lo)
			c.geo.patches(col, c.g[lo*c.geo.image.Size():], hi-lo)
			c.weigh(col, c.t, lo, hi)
		}
	}
	if py == nil {
		return nil
	}
	c.px = sized(c.px, len(c.dx)) // layers below still need Backward's
	c.adjoint(c.px, py, w)
	return result(c.px, w)
}

// addToMaps: x (n, C, H·W) += b[c] everywhere in map c.
func addToMaps(x, b []float32, n int, s Shape) {
	area := s.H * s.W
	for i := range n {
		for c, v := range b {
			m := x[(i*s.C+c)*area:][:area]
			for j := range m {
				m[j] += v
			}
		}
	}
}

// addMapSums: b[c] += Σ x over map c of all samples, formed from zero before it is added.
func addMapSums(b, x []float32, n int, s Shape) {
	area := s.H * s.W
	for c := range b {
		var sum float32
		for i := range n {
			for _, v := range x[(i*s.C+c)*area:][:area] {
				sum += v
			}
		}
		b[c] += sum
	}
}
