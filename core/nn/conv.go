package nn

import (
	"fmt"

	"ganvas/core/f32"
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
	g := l.geometry(in)
	c := &conv{convolver: newConvolver(b, g, true), maps: g.maps, leak: leak, w: b.Take()}
	if !l.NoBias {
		c.b = b.Take()
		c.sums = make([]float32, 2*b.N*g.maps.C)
	}
	c.y, c.dx = b.Buf(g.maps.Size()), b.Buf(in.Size())
	if leak != 1 {
		c.dz = b.Buf(g.maps.Size())
	}
	return c
}

// conv is a bound Conv2d with the leaky activation that may follow it.
type conv struct {
	convolver
	maps   Shape
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

func (c *conv) Backward(dy []float32, w Wrt) []float32 {
	if c.leak != 1 {
		f32.LeakyGrad(c.dz, dy, c.y, c.leak)
		dy = c.dz
	}
	c.g = dy
	c.back(c.dx, dy, w)
	return result(c.dx, w)
}

// back adds the parameter gradients of dz (n, maps, oh·ow) at the last Forward's x, and gives dx, as w asks.
func (c *conv) back(dx, dz []float32, w Wrt) {
	if w&Params != 0 && c.b.G != nil {
		addMapSums(c.b.G, dz, c.sums, c.maps)
	}
	c.correlateBack(wanted(c.w.G, w, Params), wanted(dx, w, Input), dz, c.x, !c.pushed)
}

// wanted is x where w has that part, else nil.
func wanted(x []float32, w, part Wrt) []float32 {
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

func (c *conv) Pull(py []float32, w Wrt) []float32 {
	if w&Params != 0 {
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
func addMapSums(b, x, sums []float32, s Shape) {
	f32.Sums(sums, x, x, len(sums)/2, s.H*s.W)
	for c := range b {
		var sum float32
		for at := 2 * c; at < len(sums); at += 2 * len(b) {
			sum += sums[at]
		}
		b[c] += sum
	}
}
