package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

const layerEps = float32(1e-5)

// layerNorm: x̂ = (x − µ)/σ row by row, y = γ·x̂ + β. Both Jacobians of x̂ are P/σ with P a = a − mean a − x̂·mean(x̂·a).
type layerNorm struct {
	*ctx
	size        int
	gamma, beta view
	x, dy       span
	made        struct{ y, hat, inv, dx, th, ty, rate, px span } // hat (n, F) x̂; inv (n) 1/σ; th x̂'s tangent; rate (n) σ̇/σ
}

func (b *binding) LayerNorm(net.LayerNorm) op {
	return &layerNorm{ctx: b.ctx, size: b.in.Size(), gamma: b.take(), beta: b.take()}
}

func (l *layerNorm) values(s *span) span { return l.own(s, l.n()*l.size) }

func (l *layerNorm) forward(r *recorder, x span) span {
	l.x = x
	y := l.values(&l.made.y)
	r.rows(l.n(), source("layernorm"), []konst{{"SIZE", l.size}, {"EPS", layerEps}}, in("x", x), out("y", y), out("hat", l.values(&l.made.hat)),
		out("inv", l.own(&l.made.inv, l.n())), in("gamma", l.gamma.w), in("beta", l.beta.w))
	return y
}

func (l *layerNorm) backward(r *recorder, dy span, w engine.Wrt) span {
	l.dy = dy
	if w&engine.Params != 0 {
		l.learn(r, dy, l.made.hat, true)
	}
	if w&engine.Input == 0 {
		return span{}
	}
	dx := l.values(&l.made.dx)
	r.rows(l.n(), source("layernorm_means")+source("layernorm_back"), []konst{{"SIZE", l.size}}, in("dy", dy), out("dx", dx), in("hat", l.made.hat), in("inv", l.made.inv), in("gamma", l.gamma.w))
	return dx
}

// learn: dγ += Σ d·hat and, with shifted, dβ += Σ d, over the rows.
func (l *layerNorm) learn(r *recorder, d, hat span, shifted bool) {
	r.each(l.size, source("layernorm_learn"), []konst{{"PARTS", l.parts}, {"EACH", l.rows}, {"SHIFTED", shifted}, r.adds()}, in("d", d), in("hat", hat), out("dgamma", l.gamma.g), out("dbeta", l.beta.g))
}

// push: ẏ = γ·P ẋ/σ; σ̇/σ = mean(x̂·ẋ)/σ.
func (l *layerNorm) push(r *recorder, t span) span {
	ty := l.values(&l.made.ty)
	r.rows(l.n(), source("layernorm_means")+source("layernorm_push"), []konst{{"SIZE", l.size}}, in("dx", t), out("th", l.values(&l.made.th)), out("ty", ty),
		out("rate", l.own(&l.made.rate, l.n())), in("hat", l.made.hat), in("inv", l.made.inv), in("gamma", l.gamma.w))
	return ty
}

// pull: ∂S/∂γ has dy·x̂̇ beside py·x̂; ∂S/∂x has the derivative of P g/σ along ẋ, with g = γ·dy.
func (l *layerNorm) pull(r *recorder, py span, w engine.Wrt) span {
	if w&engine.Params != 0 {
		l.learn(r, l.dy, l.made.th, false)
		if py.in != nil {
			l.learn(r, py, l.made.hat, true)
		}
	}
	if w&engine.Input == 0 {
		return span{}
	}
	px := l.values(&l.made.px)
	from := py
	if py.in == nil {
		from = l.dy // not looked at
	}
	text := source("layernorm_means") + source("layernorm_pull")
	buffers := []bound{in("dy", l.dy), out("px", px), in("hat", l.made.hat), in("inv", l.made.inv), in("th", l.made.th), in("rate", l.made.rate), in("gamma", l.gamma.w), in("py", from)}
	r.rows(l.n(), text, []konst{{"SIZE", l.size}, {"MORE", py.in != nil}}, buffers...)
	return px
}
