package ops

import (
	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"
)

func (b *binding) Conv2d(l net.Conv2d) Op {
	in := b.in
	g := l.Geometry(in)
	c := &conv{convolver: newConvolver(b.Binder, g, true), maps: g.Maps, leak: b.leak, w: b.Take()}
	if !l.NoBias {
		c.b = b.Take()
		c.sums = make([]float32, 2*b.N*g.Maps.C)
	}
	c.y, c.dx = b.Buf(g.Maps.Size()), b.Buf(in.Size())
	if b.leak != 1 {
		c.dz = b.Buf(g.Maps.Size())
	}
	return c
}

// conv is a bound Conv2d with the leaky activation that may follow it.
type conv struct {
	convolver
	maps   net.Shape
	leak   float32
	w, b   View // W (maps, C·k·k), b (maps)
	x      []float32
	y, dx  []float32
	dz     []float32
	g      []float32 // (n, maps, oh·ow) gradient at z of the last Backward, for Pull
	t, ty  []float32 // ẋ, ẏ
	pz, px []float32
	sums   []float32 // of each sample's maps
	pushed bool      // the convolver's last images are Push's
}

func (c *conv) Forward(x []float32) []float32 {
	c.x, c.pushed = x, false
	c.take(c.w.W)
	c.correlate(c.y, x, c.b.W, c.leak)
	return c.y
}

func (c *conv) Backward(dy []float32, w engine.Wrt) []float32 {
	if c.leak != 1 {
		f32.LeakyGrad(c.dz, dy, c.y, c.leak)
		dy = c.dz
	}
	c.g = dy
	c.back(c.dx, dy, w)
	return result(c.dx, w)
}

// back adds the parameter gradients of dz (n, maps, oh·ow) at the last Forward's x, and gives dx, as w asks.
func (c *conv) back(dx, dz []float32, w engine.Wrt) {
	if w&engine.Params != 0 && c.b.G != nil {
		addMapSums(c.b.G, dz, c.sums, c.maps)
	}
	c.correlateBack(wanted(c.w.G, w, engine.Params), wanted(dx, w, engine.Input), dz, c.x, !c.pushed)
}

// wanted is x where w has that part, else nil.
func wanted(x []float32, w, part engine.Wrt) []float32 {
	if w&part == 0 {
		return nil
	}
	return x
}

func (c *conv) Push(t []float32) []float32 {
	c.t, c.ty, c.pushed = t, sized(c.ty, len(c.y)), true
	c.correlate(c.ty, t, nil, 1)
	if c.leak != 1 {
		f32.LeakyGrad(c.ty, c.ty, c.y, c.leak)
	}
	return c.ty
}

func (c *conv) Pull(py []float32, w engine.Wrt) []float32 {
	if w&engine.Params != 0 {
		c.correlateBack(c.w.G, nil, c.g, c.t, true)
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
	c.back(c.px, py, w)
	return result(c.px, w)
}

// addMapSums: b[c] += Σ x over map c of all samples, formed from zero before it is added; sums (n, C, 2) is room.
func addMapSums(b, x, sums []float32, s net.Shape) {
	f32.Sums(sums, x, x, len(sums)/2, s.H*s.W)
	for c := range b {
		var sum float32
		for at := 2 * c; at < len(sums); at += 2 * len(b) {
			sum += sums[at]
		}
		b[c] += sum
	}
}
