package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) LabelProduct(l net.LabelProduct) Op {
	in := b.in
	return &labelProduct{n: b.N, in: in.C, ctx: b.Ctx, w: b.Take(), y: b.Buf(1), dx: b.Buf(in.C)}
}

type labelProduct struct {
	n, in  int
	ctx    *Context
	w      View
	x, dy  []float32
	y, dx  []float32
	t      []float32
	ty, px []float32
}

// row is the label's part of the table or of its gradient, for sample i.
func (l *labelProduct) row(table []float32, i int) []float32 {
	return table[int(l.ctx.Labels[i])*l.in:][:l.in]
}

// product: y (n) = ⟨E[label], x⟩.
func (l *labelProduct) product(y, x []float32) []float32 {
	for i := range y {
		y[i] = float32(dot(l.row(l.w.W, i), x[i*l.in:][:l.in]))
	}
	return y
}

// spread adds dy·x to the labels' rows and returns dy·E[label] in dx, as w asks.
func (l *labelProduct) spread(dx, dy, x []float32, w engine.Wrt) []float32 {
	for i, d := range dy {
		if w&engine.Params != 0 {
			addScaled(l.row(l.w.G, i), x[i*l.in:][:l.in], d)
		}
		if w&engine.Input != 0 {
			to := dx[i*l.in:][:l.in]
			for j, v := range l.row(l.w.W, i) {
				to[j] = d * v
			}
		}
	}
	return result(dx, w)
}

func (l *labelProduct) Forward(x []float32) []float32 {
	l.x = x
	return l.product(l.y, x)
}

func (l *labelProduct) Backward(dy []float32, w engine.Wrt) []float32 {
	l.dy = dy
	return l.spread(l.dx, dy, l.x, w)
}

func (l *labelProduct) Push(t []float32) []float32 {
	l.t, l.ty = t, sized(l.ty, l.n)
	return l.product(l.ty, t)
}

func (l *labelProduct) Pull(py []float32, w engine.Wrt) []float32 {
	if w&engine.Params != 0 {
		l.spread(nil, l.dy, l.t, engine.Params)
	}
	if py == nil {
		return nil
	}
	l.px = sized(l.px, len(l.dx))
	return l.spread(l.px, py, l.x, w)
}
