package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

type labelProduct struct {
	*ctx
	in, classes int
	w           weight
	x, dy, t    span
	made        struct{ y, dx, ty, px span }
}

func (b *binding) LabelProduct(l net.LabelProduct) op {
	return &labelProduct{ctx: b.ctx, in: b.in.C, classes: l.Classes, w: b.weight()}
}

// product: y (n) = ⟨E[label], x⟩.
func (l *labelProduct) product(r *recorder, to *span, x span) span {
	y := l.own(to, l.n())
	r.rows(l.n(), l.w.text()+source("label"), []konst{{"SIZE", l.in}}, append(l.w.bound(), in("x", x), out("y", y), words("labels", l.labels))...)
	return y
}

// learn: dE[label] += dy·x.
func (l *labelProduct) learn(r *recorder, dy, x span) {
	consts := []konst{{"SIZE", l.in}, {"PARTS", l.parts}, {"EACH", l.rows}, r.adds()}
	r.each(l.classes*l.in, l.w.learn()+source("label_learn"), consts, in("dy", dy), in("x", x), l.w.gradient(), words("labels", l.labels))
}

// down: dx = dy·E[label].
func (l *labelProduct) down(r *recorder, to *span, dy span) span {
	dx := l.own(to, l.n()*l.in)
	text := l.w.text() + "fn each(i: u32) { dx[i] = dy[i / SIZE] * w(labels[i / SIZE] * SIZE + i % SIZE); }\n"
	r.each(l.n()*l.in, text, []konst{{"SIZE", l.in}}, append(l.w.bound(), in("dy", dy), out("dx", dx), words("labels", l.labels))...)
	return dx
}

func (l *labelProduct) forward(r *recorder, x span) span {
	l.x = x
	return l.product(r, &l.made.y, x)
}

func (l *labelProduct) backward(r *recorder, dy span, w engine.Wrt) span {
	l.dy = dy
	if w&engine.Params != 0 {
		l.learn(r, dy, l.x)
	}
	if w&engine.Input == 0 {
		return span{}
	}
	return l.down(r, &l.made.dx, dy)
}

func (l *labelProduct) push(r *recorder, t span) span {
	l.t = t
	return l.product(r, &l.made.ty, t)
}

func (l *labelProduct) pull(r *recorder, py span, w engine.Wrt) span {
	if w&engine.Params != 0 {
		l.learn(r, l.dy, l.t)
	}
	if py.in == nil {
		return span{}
	}
	if w&engine.Params != 0 {
		l.learn(r, py, l.x)
	}
	if w&engine.Input == 0 {
		return span{}
	}
	return l.down(r, &l.made.px, py)
}
