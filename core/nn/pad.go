package nn

import "fmt"

// Pad puts a frame of By values of Value around every feature map; By below zero cuts as many off. PyTorch's
// nn.ConstantPad2d.
type Pad struct {
	By    int
	Value float64
}

func (p Pad) Out(in Shape) (Shape, error) {
	out := Shape{in.C, in.H + 2*p.By, in.W + 2*p.By}
	if out.H < 1 || out.W < 1 {
		return Shape{}, fmt.Errorf("nothing is left of %v feature maps without %d values on each side", in, -p.By)
	}
	return out, nil
}
func (Pad) Params(Shape) []Param { return nil }
func (p Pad) Bind(b *Binder, in Shape) Op {
	out, _ := p.Out(in)
	return &pad{n: b.N, in: in, out: out, by: p.By, value: float32(p.Value), y: b.Buf(out.Size()), dx: b.Buf(in.Size())}
}

type pad struct {
	n       int
	in, out Shape
	by      int
	value   float32
	y, dx   []float32
	ty, px  []float32
}

// place copies from's maps into the middle of to's, value around them; what does not fit is cut.
func (p *pad) place(to []float32, out Shape, from []float32, in Shape, by int, value float32) {
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

func (p *pad) Backward(dy []float32, w Wrt) []float32 {
	if w&Input == 0 {
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

func (p *pad) Pull(py []float32, w Wrt) []float32 {
	if py == nil || w&Input == 0 {
		return nil
	}
	p.px = sized(p.px, len(p.dx))
	p.place(p.px, p.in, py, p.out, -p.by, 0)
	return p.px
}
