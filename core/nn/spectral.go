package nn

import (
	"fmt"
	"math"

	"ganvas/core/rng"
)

// Spectral computes a dense, convolution or label-product layer with its weight matrix (out, fan-in) divided by an
// estimate of its largest singular value: σ = uᵀ·W·v, with one step of power iteration before every forward pass in
// training. PyTorch's nn.utils.spectral_norm, whose names bias, weight_orig, weight_u, weight_v it keeps. (Miyato et al.
// 2018.)
type Spectral struct{ Layer Layer }

func (l Spectral) Out(in Shape) (Shape, error) {
	switch l.Layer.(type) {
	case Linear, Conv2d, LabelProduct:
		return l.Layer.Out(in)
	}
	return Shape{}, fmt.Errorf("spectral norm is made for dense and convolution layers, not for %T", l.Layer)
}

// Params: PyTorch re-registers the weight behind the bias.
func (l Spectral) Params(in Shape) []Param {
	ps := l.Layer.Params(in)
	w := ps[0]
	out, fan := w.Shape[0], w.Size()/w.Shape[0]
	w.Name = "weight_orig"
	return append(append([]Param{}, ps[1:]...), w,
		Param{Name: "weight_u", Shape: []int{out}, Init: unit, Buffer: true},
		Param{Name: "weight_v", Shape: []int{fan}, Init: unit, Buffer: true})
}

// unit is a random direction.
func unit(w []float32, r *rng.Stream) {
	r.Normal(w)
	normalize(w)
}

// normalize scales x to length 1, as PyTorch does: over at least 1e-12.
func normalize(x []float32) {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	inv := float32(1 / math.Max(math.Sqrt(sum), 1e-12))
	for i := range x {
		x[i] *= inv
	}
}

func (l Spectral) MACs(in Shape) int           { return macsOf(l.Layer, in) }
func (l Spectral) Bind(b *Binder, in Shape) Op { return l.bindJoined(b, in, 1) }
func (l Spectral) bindJoined(b *Binder, in Shape, leak float32) Op {
	var bias []View
	for range l.Layer.Params(in)[1:] {
		bias = append(bias, b.Take())
	}
	s := &spectral{reweighed: newReweighed(b.Take()), ctx: b.Ctx, u: b.Take(), v: b.Take()}
	s.pu, s.pv = make([]float32, len(s.u.W)), make([]float32, len(s.v.W))
	for i := len(bias) - 1; i >= 0; i-- {
		b.before(bias[i])
	}
	b.before(s.eff)
	if j, ok := l.Layer.(joiner); ok {
		s.op = j.bindJoined(b, in, leak)
	} else {
		s.op = l.Layer.Bind(b, in)
	}
	return s
}

type spectral struct {
	reweighed
	ctx    *Context
	u, v   View      // (out), (fan-in), shared by all passes
	pu, pv []float32 // as the last Forward used them
	inv    float32   // 1/σ of the last Forward
}

func (s *spectral) Forward(x []float32) []float32 {
	if s.ctx.Train {
		s.iterate()
	}
	copy(s.pu, s.u.W)
	copy(s.pv, s.v.W)
	k, sigma := len(s.pv), 0.0
	for i, u := range s.pu {
		sigma += float64(u) * dot(s.raw.W[i*k:][:k], s.pv)
	}
	s.inv = float32(1 / sigma)
	for i, w := range s.raw.W {
		s.eff.W[i] = w * s.inv
	}
	return s.op.Forward(x)
}

// iterate: v ← Wᵀu, u ← W·v, each scaled to length 1.
func (s *spectral) iterate() {
	k := len(s.v.W)
	clear(s.v.W)
	for i, u := range s.u.W {
		addScaled(s.v.W, s.raw.W[i*k:][:k], u)
	}
	normalize(s.v.W)
	for i := range s.u.W {
		s.u.W[i] = float32(dot(s.raw.W[i*k:][:k], s.v.W))
	}
	normalize(s.u.W)
}

func dot(a, b []float32) float64 {
	sum := 0.0
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}

// learn: dW = (dW̄ − ⟨dW̄, W̄⟩·u·vᵀ)/σ of W̄ = W/σ, with u and v held fixed.
func (s *spectral) learn(w Wrt) {
	if w&Params == 0 {
		return
	}
	along, k := float32(dot(s.eff.G, s.eff.W)), len(s.pv)
	for i, u := range s.pu {
		g, d := s.raw.G[i*k:][:k], s.eff.G[i*k:][:k]
		for j, v := range s.pv {
			g[j] += s.inv * (d[j] - along*u*v)
		}
	}
}

func (s *spectral) Backward(dy []float32, w Wrt) []float32 {
	clear(s.eff.G)
	dx := s.op.Backward(dy, w)
	s.learn(w)
	return dx
}

func (s *spectral) Push(t []float32) []float32 { return s.op.(TangentOp).Push(t) }

func (s *spectral) Pull(py []float32, w Wrt) []float32 {
	clear(s.eff.G)
	px := s.op.(TangentOp).Pull(py, w)
	s.learn(w)
	return px
}
