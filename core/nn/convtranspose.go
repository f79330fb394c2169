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
	c := &convTranspose{n: b.N, geo: g, w: b.Take()}
	if !l.NoBias {
		c.b = b.Take()
	}
	c.rows, c.col = b.Buf(in.Size()), make([]float32, b.N*g.colSize())
	c.y, c.dx, c.drows = b.Buf(g.image.Size()), b.Buf(in.Size()), b.Buf(in.Size())
	return c
}

// convTranspose is a bound ConvTranspose2d. Forward is a convolution's gradient by its input: the values at each place
// (n·h·w, C) times W (C, Maps·k·k) give patches, which are gathered into images.
type convTranspose struct {
	n           int
	geo         geometry
	w, b        View      // W (C, Maps·k·k), b (Maps)
	rows, drows []float32 // (n·h·w, C) x and dx
	col         []float32 // (n·h·w, Maps·k·k)
	y, dx       []float32
	gcol        []float32 // patches of the last Backward's dy, for Pull
	trows, ty   []float32 // (n·h·w, C) ẋ; ẏ
	pcol, px    []float32
}

func (c *convTranspose) sizes() (m, k, maps int) {
	return c.n * c.geo.spots(), c.geo.patch(), c.geo.maps.C
}

func (c *convTranspose) Forward(x []float32) []float32 {
	toRows(c.rows, x, c.n, c.geo.spots(), c.geo.maps.C)
	c.spread(c.y, c.rows)
	if c.b.W != nil {
		addToMaps(c.y, c.b.W, c.n, c.geo.image)
	}
	return c.y
}

// spread: y (n, Maps, H, W) = the images that rows (n·h·w, C) make, without bias.
func (c *convTranspose) spread(y, rows []float32) {
	m, k, maps := c.sizes()
	f32.Gemm(blas.NoTrans, blas.NoTrans, m, k, maps, 1, rows, maps, c.w.W, k, 0, c.col, k)
	c.geo.gather(y, c.col, c.n)
}

func (c *convTranspose) Backward(dy []float32, w Wrt) []float32 {
	c.gcol = sized(c.gcol, len(c.col))
	c.geo.patches(c.gcol, dy, c.n)
	if w&Params != 0 && c.b.G != nil {
		addMapSums(c.b.G, dy, c.n, c.geo.image)
	}
	return c.adjoint(c.dx, c.gcol, c.rows, w)
}

// adjoint adds W's gradient, rowsᵀ·col, and returns col·Wᵀ as images, as w asks.
func (c *convTranspose) adjoint(dx, col, rows []float32, w Wrt) []float32 {
	m, k, maps := c.sizes()
	if w&Params != 0 {
		f32.Gemm(blas.Trans, blas.NoTrans, maps, k, m, 1, rows, maps, col, k, 1, c.w.G, k)
	}
	if w&Input == 0 {
		return nil
	}
	f32.Gemm(blas.NoTrans, blas.Trans, m, maps, k, 1, col, k, c.w.W, k, 0, c.drows, maps)
	toMaps(dx, c.drows, c.n, c.geo.spots(), maps)
	return dx
}

func (c *convTranspose) Push(t []float32) []float32 {
	c.trows, c.ty = sized(c.trows, len(c.rows)), sized(c.ty, len(c.y))
	toRows(c.trows, t, c.n, c.geo.spots(), c.geo.maps.C)
	c.spread(c.ty, c.trows)
	return c.ty
}

func (c *convTranspose) Pull(py []float32, w Wrt) []float32 {
	m, k, maps := c.sizes()
	if w&Params != 0 {
		f32.Gemm(blas.Trans, blas.NoTrans, maps, k, m, 1, c.trows, maps, c.gcol, k, 1, c.w.G, k)
	}
	if py == nil {
		return nil
	}
	c.pcol, c.px = sized(c.pcol, len(c.col)), sized(c.px, len(c.dx))
	c.geo.patches(c.pcol, py, c.n)
	if w&Params != 0 && c.b.G != nil {
		addMapSums(c.b.G, py, c.n, c.geo.image)
	}
	return c.adjoint(c.px, c.pcol, c.rows, w)
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
