package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) OneHot(o net.OneHot) Op {
	in := b.in
	size := in.Size()
	return &oneHot{n: b.N, in: size, plane: in.H * in.W, classes: o.Classes, ctx: b.Ctx,
		y: b.Buf(size + o.Classes*in.H*in.W), dx: b.Buf(size)}
}

type oneHot struct {
	n, in, plane, classes int
	ctx                   *Context
	y, dx                 []float32
	ty, px                []float32
}

func (o *oneHot) width() int { return o.in + o.classes*o.plane }

func (o *oneHot) Forward(x []float32) []float32 {
	for i := range o.n {
		row := o.y[i*o.width():][:o.width()]
		copy(row, x[i*o.in:][:o.in])
		planes := row[o.in:]
		clear(planes)
		hot := planes[int(o.ctx.Labels[i])*o.plane:][:o.plane]
		for j := range hot {
			hot[j] = 1
		}
	}
	return o.y
}

// cut: dst (n, in) is the sample's own columns of src (n, in + label).
func (o *oneHot) cut(dst, src []float32) []float32 {
	for i := range o.n {
		copy(dst[i*o.in:][:o.in], src[i*o.width():])
	}
	return dst
}

func (o *oneHot) Backward(dy []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	return o.cut(o.dx, dy)
}

// Push: the label does not move with x.
func (o *oneHot) Push(t []float32) []float32 {
	o.ty = sized(o.ty, len(o.y))
	for i := range o.n {
		copy(o.ty[i*o.width():], t[i*o.in:][:o.in])
	}
	return o.ty
}

func (o *oneHot) Pull(py []float32, w engine.Wrt) []float32 {
	if py == nil || w&engine.Input == 0 {
		return nil
	}
	o.px = sized(o.px, len(o.dx))
	return o.cut(o.px, py)
}
