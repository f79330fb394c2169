package nn

import (
	"fmt"
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
	c := &convTranspose{convolver: newConvolver(b, g, false), image: g.image, w: b.Take()}
	if !l.NoBias {
		c.b = b.Take()
		c.sums = make([]float32, 2*b.N*g.image.C)
	}
	c.y, c.dx = b.Buf(g.image.Size()), b.Buf(in.Size())
	return c
}

// convTranspose is a bound ConvTranspose2d.
type convTranspose struct {
	convolver
	image Shape
	w, b  View // W (C, Maps·k·k), b (Maps)
	x     []float32
	y, dx []float32
	g     []float32 // dy of the last Backward, for Pull
	t, ty []float32 // ẋ, ẏ
	px    []float32
	sums  []float32 // of each sample's maps
}

func (c *convTranspose) Forward(x []float32) []float32 {
	c.x = x
	c.take(c.w.W)
	c.spread(c.y, x)
	if c.b.W != nil {
		addToMaps(c.y, c.b.W, c.image)
	}
	return c.y
}

func (c *convTranspose) Backward(dy []float32, w Wrt) []float32 {
	c.g = dy
	c.back(c.dx, dy, w)
	return result(c.dx, w)
}

// back adds the parameter gradients of dy (n, Maps, H, W) at the last Forward's x, and gives dx, as w asks.
func (c *convTranspose) back(dx, dy []float32, w Wrt) {
	if w&Params != 0 && c.b.G != nil {
		addMapSums(c.b.G, dy, c.sums, c.image)
	}
	c.spreadBack(wanted(c.w.G, w, Params), wanted(dx, w, Input), dy, c.x)
}

func (c *convTranspose) Push(t []float32) []float32 {
	c.t, c.ty = t, sized(c.ty, len(c.y))
	c.spread(c.ty, t)
	return c.ty
}

func (c *convTranspose) Pull(py []float32, w Wrt) []float32 {
	if w&Params != 0 {
		c.spreadBack(c.w.G, nil, c.g, c.t)
	}
	if py == nil {
		return nil
	}
	c.px = sized(c.px, len(c.dx)) // layers below still need Backward's
	c.back(c.px, py, w)
	return result(c.px, w)
}

// addToMaps: x (n, C, H·W) += b[c] everywhere in map c.
func addToMaps(x, b []float32, s Shape) {
	for i := 0; len(x) > 0; i++ {
		v, m := b[i%len(b)], x[:s.H*s.W]
		for j := range m {
			m[j] += v
		}
		x = x[len(m):]
	}
}
