package ops

import "ganvas/core/net"

func (b *binding) Spectral(l net.Spectral) Op {
	in := b.in
	bias := b.takeAll(len(l.Layer.Params(in)) - 1)
	s := &spectral{ctx: b.Ctx, learned: b.Take(), u: b.Take(), v: b.Take()}
	s.pu, s.pv = make([]float32, len(s.u.W)), make([]float32, len(s.v.W))
	return reweigh(b, l.Layer, len(s.learned.W), bias, s)
}

type spectral struct {
	ctx     *Context
	learned View      // W (out, fan-in)
	u, v    View      // (out), (fan-in), shared by all passes
	pu, pv  []float32 // as the last Forward used them
	inv     float32   // 1/σ of the last Forward
}

func (s *spectral) weigh(made []float32) {
	if s.ctx.Train {
		s.iterate()
	}
	copy(s.pu, s.u.W)
	copy(s.pv, s.v.W)
	k, sigma := len(s.pv), 0.0
	for i, u := range s.pu {
		sigma += float64(u) * dot(s.learned.W[i*k:][:k], s.pv)
	}
	s.inv = float32(1 / sigma)
	for i, w := range s.learned.W {
		made[i] = w * s.inv
	}
}

// iterate: v ← Wᵀu, u ← W·v, each scaled to length 1.
func (s *spectral) iterate() {
	k := len(s.v.W)
	clear(s.v.W)
	for i, u := range s.u.W {
		addScaled(s.v.W, s.learned.W[i*k:][:k], u)
	}
	normalize(s.v.W)
	for i := range s.u.W {
		s.u.W[i] = float32(dot(s.learned.W[i*k:][:k], s.v.W))
	}
	normalize(s.u.W)
}

// learn: dW = (dW̄ − ⟨dW̄, W̄⟩·u·vᵀ)/σ of W̄ = W/σ, with u and v held fixed.
func (s *spectral) learn(made, g []float32) {
	along, k := float32(dot(g, made)), len(s.pv)
	for i, u := range s.pu {
		to, d := s.learned.G[i*k:][:k], g[i*k:][:k]
		for j, v := range s.pv {
			to[j] += s.inv * (d[j] - along*u*v)
		}
	}
}
