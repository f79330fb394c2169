package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) Pad(p net.Pad) Op {
	in := b.in
	out, _ := p.Out(in)
	return &pad{n: b.N, in: in, out: out, by: p.By, value: float32(p.Value), y: b.Buf(out.Size()), dx: b.Buf(in.Size())}
}

type pad struct {
	n       int
	in, out net.Shape
	by      int
	value   float32
	y, dx   []float32
	ty, px  []float32
}

// place copies from's maps into the middle of to's, value around them; what does not fit is cut.
func (p *pad) place(to []float32, out net.Shape, from []float32, in net.Shape, by int, value float32) {
	for i := range to {
		to[i] = value
	}
	skip, w := max(0, -by), min(in.W, out.W)
	for m := range p.n * in.C {
		for y := range min(in.H, out.H) {
			src := from[(m*in.H+y+skip)*in.W+skip:][:w]
			copy(to[(m*out.H+y+max(0, by))*out.W+max(0, by):], src)
		}
	}
}

func (p *pad) Forward(x []float32) []float32 {
	p.place(p.y, p.out, x, p.in, p.by, p.value)
	return p.y
}

func (p *pad) Backward(dy []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	p.place(p.dx, p.in, dy, p.out, -p.by, 0)
	return p.dx
}

func (p *pad) Push(t []float32) []float32 {
	p.ty = sized(p.ty, len(p.y))
	p.place(p.ty, p.out, t, p.in, p.by, 0)
	return p.ty
}

func (p *pad) Pull(py []float32, w engine.Wrt) []float32 {
	if py == nil || w&engine.Input == 0 {
		return nil
	}
	p.px = sized(p.px, len(p.dx))
	p.place(p.px, p.in, py, p.out, -p.by, 0)
	return p.px
}
