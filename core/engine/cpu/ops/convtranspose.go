package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) ConvTranspose2d(l net.ConvTranspose2d) Op {
	in := b.in
	g := l.Geometry(in)
	c := &convTranspose{convolver: newConvolver(b.Binder, g, false), image: g.Image, w: b.Take()}
	if !l.NoBias {
		c.b = b.Take()
		c.sums = make([]float32, 2*b.N*g.Image.C)
	}
	c.y, c.dx = b.Buf(g.Image.Size()), b.Buf(in.Size())
	return c
}

// convTranspose is a bound ConvTranspose2d.
type convTranspose struct {
	convolver
	image net.Shape
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

func (c *convTranspose) Backward(dy []float32, w engine.Wrt) []float32 {
	c.g = dy
	c.back(c.dx, dy, w)
	return result(c.dx, w)
}

// back adds the parameter gradients of dy (n, Maps, H, W) at the last Forward's x, and gives dx, as w asks.
func (c *convTranspose) back(dx, dy []float32, w engine.Wrt) {
	if w&engine.Params != 0 && c.b.G != nil {
		addMapSums(c.b.G, dy, c.sums, c.image)
	}
	c.spreadBack(wanted(c.w.G, w, engine.Params), wanted(dx, w, engine.Input), dy, c.x)
}

func (c *convTranspose) Push(t []float32) []float32 {
	c.t, c.ty = t, sized(c.ty, len(c.y))
	c.spread(c.ty, t)
	return c.ty
}

func (c *convTranspose) Pull(py []float32, w engine.Wrt) []float32 {
	if w&engine.Params != 0 {
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
func addToMaps(x, b []float32, s net.Shape) {
	for i := 0; len(x) > 0; i++ {
		v, m := b[i%len(b)], x[:s.H*s.W]
		for j := range m {
			m[j] += v
		}
		x = x[len(m):]
	}
}
