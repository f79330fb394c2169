package ops

import (
	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"
)

func (b *binding) Dropout(d net.Dropout) Op {
	in := b.in
	op := &dropout{p: float32(d.P), cols: in.Size(), ctx: b.Ctx, site: b.Ctx.Site() * 0x9E3779B97F4A7C15}
	if d.P > 0 {
		op.y, op.dx = b.Buf(in.Size()), b.Buf(in.Size())
	}
	return op
}

type dropout struct {
	p      float32
	cols   int
	ctx    *Context
	site   uint64
	on     bool // in the last Forward
	seed   uint64
	y, dx  []float32
	ty, px []float32
}

func (d *dropout) Forward(x []float32) []float32 {
	d.on, d.seed = d.ctx.Train && d.p > 0, d.ctx.Seed^d.site
	if !d.on {
		return x
	}
	return d.mask(d.y, x)
}

func (d *dropout) mask(y, x []float32) []float32 {
	f32.Drop(y, x, d.p, d.seed, d.ctx.Row0*d.cols)
	return y
}

func (d *dropout) Backward(dy []float32, w engine.Wrt) []float32 {
	if !d.on || w&engine.Input == 0 {
		return result(dy, w)
	}
	return d.mask(d.dx, dy)
}

func (d *dropout) Push(t []float32) []float32 {
	if !d.on {
		return t
	}
	d.ty = sized(d.ty, len(t))
	return d.mask(d.ty, t)
}

func (d *dropout) Pull(py []float32, w engine.Wrt) []float32 {
	if py == nil || !d.on || w&engine.Input == 0 {
		return result(py, w)
	}
	d.px = sized(d.px, len(py))
	return d.mask(d.px, py)
}
