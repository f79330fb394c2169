package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) LeakyReLU(l net.LeakyReLU) op {
	return &pointwise{ctx: b.ctx, size: b.in.Size(), consts: []konst{{"LEAK", float32(l.Leak)}},
		value: "select(LEAK * v, v, v > 0.0)", slope: "select(LEAK, 1.0, v > 0.0)"}
}

// tanhOf is by the exponential of what is not above 0, since some GPUs' own overflows.
func tanhOf(v string) string {
	return "sign(" + v + ") * (1.0 - exp(-2.0 * abs(" + v + "))) / (1.0 + exp(-2.0 * abs(" + v + ")))"
}

func (b *binding) Tanh(net.Tanh) op {
	return &pointwise{ctx: b.ctx, size: b.in.Size(), value: tanhOf("v"), slope: "1.0 - v * v", bend: "-2.0 * v"}
}

func (b *binding) Sigmoid(net.Sigmoid) op {
	return &pointwise{ctx: b.ctx, size: b.in.Size(), value: "1.0 / (1.0 + exp(-max(v, -80.0)))", slope: "v * (1.0 - v)"}
}

// pointwise is an activation: y = value(x), with the slope y′ and the second derivative bend·y′ as functions of y. Without bend that is zero.
type pointwise struct {
	*ctx
	size               int
	consts             []konst
	value, slope, bend string // WGSL of v
	y, dy, t           span   // of the last forward, backward, push
	made               struct{ y, dx, ty, px span }
}

// apply: to = formula of v, at each of by, with d for each of others.
func (a *pointwise) apply(r *recorder, to *span, formula string, by span, others ...bound) span {
	result := a.own(to, a.n()*a.size)
	load := ""
	for _, o := range others {
		load += "\tlet " + o.name[:1] + " = " + o.name + "[i];\n"
	}
	text := "fn each(i: u32) {\n\tlet v = by[i];\n" + load + "\tto[i] = " + formula + ";\n}\n"
	r.each(a.n()*a.size, text, a.consts, append([]bound{in("by", by), out("to", result)}, others...)...)
	return result
}

func (a *pointwise) forward(r *recorder, x span) span {
	a.y = a.apply(r, &a.made.y, a.value, x)
	return a.y
}

func (a *pointwise) backward(r *recorder, dy span, w engine.Wrt) span {
	a.dy = dy
	if w&engine.Input == 0 {
		return span{}
	}
	return a.apply(r, &a.made.dx, "d * ("+a.slope+")", a.y, in("dy", dy))
}

func (a *pointwise) push(r *recorder, t span) span {
	a.t = t
	return a.apply(r, &a.made.ty, "d * ("+a.slope+")", a.y, in("dt", t))
}

// pull: S holds Σ dy·y′·ẋ, whose derivative by x is dy·bend·y′·ẋ, beside py·y′.
func (a *pointwise) pull(r *recorder, py span, w engine.Wrt) span {
	if w&engine.Input == 0 || py.in == nil && a.bend == "" {
		return span{}
	}
	switch {
	case a.bend == "":
		return a.apply(r, &a.made.px, "p * ("+a.slope+")", a.y, in("py", py))
	case py.in == nil:
		return a.apply(r, &a.made.px, "("+a.bend+") * d * t * ("+a.slope+")", a.y, in("dy", a.dy), in("tx", a.t))
	}
	return a.apply(r, &a.made.px, "(("+a.bend+") * d * t + p) * ("+a.slope+")", a.y, in("dy", a.dy), in("tx", a.t), in("py", py))
}
