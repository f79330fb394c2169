package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// Equalized is its layer with a factor that the layer's kernels have written into them.
func (b *binding) Equalized(l net.Equalized) op {
	b.scale = float32(l.Scale(b.in))
	return net.Visit[op](l.Layer, b)
}

func (b *binding) Spectral(l net.Spectral) op {
	bias := b.takeAll(len(l.Layer.Params(b.in)) - 1)
	s := &spectral{ctx: b.ctx, learned: b.take(), u: b.take(), v: b.take()}
	s.rows, s.fan = s.u.w.count, s.v.w.count
	s.inv, s.into = b.e.memory(b.held, 1), b.e.memory(b.held, s.learned.w.count)
	b.under, b.into = s.inv, s.into
	b.first(append([]view{s.learned}, bias...)...)
	s.op = net.Visit[op](l.Layer, b)
	return s
}

// spectral is a layer whose kernels take its weight over σ, its largest singular value as far as u and v have found it.
type spectral struct {
	*ctx
	op            op
	rows, fan     int
	learned, u, v view
	inv, into     span                              // 1/σ of the last forward; the gradient at W/σ
	made          struct{ t, s, pu, pv, dots span } // Wᵀu and W·v before they are scaled; u and v as the last forward used them
}

func (s *spectral) consts() []konst {
	return []konst{{"OUT", s.rows}, {"FAN", s.fan}, {"MOVE", s.way.train}}
}

func (s *spectral) forward(r *recorder, x span) span {
	t, image := s.own(&s.made.t, s.fan), s.own(&s.made.s, s.rows)
	along := s.v.w
	if s.way.train {
		r.each(s.fan, source("spectral_turn"), s.consts(), in("w", s.learned.w), in("u", s.u.w), out("turned", t))
		along = t
	}
	r.rows(s.rows, source("spectral_image"), s.consts(), in("w", s.learned.w), in("v", along), out("image", image))
	r.rows(1, source("spectral"), s.consts(), in("turned", t), in("image", image), out("u", s.u.w), out("v", s.v.w),
		out("pu", s.own(&s.made.pu, s.rows)), out("pv", s.own(&s.made.pv, s.fan)), out("inv", s.inv))
	return s.op.forward(r, x)
}

func (s *spectral) backward(r *recorder, dy span, w engine.Wrt) span {
	return s.learning(r, w, func() span { return s.op.backward(r, dy, w) })
}

func (s *spectral) push(r *recorder, t span) span { return s.op.(tangentOp).push(r, t) }

func (s *spectral) pull(r *recorder, py span, w engine.Wrt) span {
	return s.learning(r, w, func() span { return s.op.(tangentOp).pull(r, py, w) })
}

// learning runs a way back of the layer, and hands the gradient at W̄ = W/σ that it adds up on to W:
// dW = (dW̄ − ⟨dW̄, W̄⟩·u·vᵀ)/σ, with u and v held fixed.
func (s *spectral) learning(r *recorder, w engine.Wrt, back func() span) span {
	if w&engine.Params == 0 {
		return back()
	}
	if !r.fresh {
		r.each(s.into.count, source("zero"), nil, out("x", s.into))
	}
	d := back()
	dots := s.own(&s.made.dots, s.rows)
	r.rows(s.rows, source("spectral_dots"), s.consts(), in("w", s.learned.w), in("g", s.into), in("inv", s.inv), out("dots", dots))
	r.rows(s.rows, source("spectral_learn"), append(s.consts(), r.adds()), in("g", s.into), in("dots", dots), in("pu", s.made.pu), in("pv", s.made.pv), in("inv", s.inv), out("learned", s.learned.g))
	return d
}
