//go:build libtorch

package torch

import "ganvas/core/engine"

// pass is a network bound to rows. What the last Forward computed stays with the way that autograd noted, until the next.
type pass struct {
	net   *Net
	rows  int
	x     *tensor // leaf of the last Forward's input
	graph *tensor // (rows, out) of the last Forward
	y, dx Array   // without the way back
}

func (p *pass) Forward(in engine.Batch, m engine.Mode) engine.Array {
	p.net.e.do(func(s *scope) {
		s.replace(p.x, nil) // before the next takes memory
		s.replace(p.graph, nil)
		x, y := p.through(s, in, m)
		s.replace(p.y.cell, s.detached(y))
		s.replace(p.x, x)
		s.replace(p.graph, y)
	})
	return &p.y
}

func (p *pass) Release() { p.net.e.release([]*tensor{p.x, p.graph, p.y.cell, p.dx.cell}) }

// through is the input as a leaf, and the output (rows, out) that the network makes of it.
func (p *pass) through(s *scope, in engine.Batch, m engine.Mode) (x, y tensor) {
	seed(m.Seed)
	m.Reference.Begin(m.Batch)
	r := &forward{scope: s, net: p.net, rows: p.rows, mode: m, labels: in.Labels}
	x = s.leaf(s.reshape(of(in.X), p.rows, p.net.spec.In.Size()))
	return x, s.reshape(p.net.way(r, x), p.rows, p.net.out)
}

// Backward differentiates Σ dy·y.
func (p *pass) Backward(dy engine.Array, w engine.Wrt) engine.Array {
	p.net.e.do(func(s *scope) {
		var leaves []tensor
		if w&engine.Params != 0 {
			leaves = p.net.trained()
		}
		params := len(leaves)
		if w&engine.Input != 0 {
			leaves = append(leaves, *p.x)
		}
		if len(leaves) == 0 {
			return
		}
		grads := s.gradients(s.sum(s.mul(*p.graph, s.reshapeLike(of(dy), *p.graph))), leaves, true, false)
		if w&engine.Params != 0 {
			p.net.receive(s, grads[:params])
		}
		if w&engine.Input != 0 {
			s.replace(p.dx.cell, grads[params])
		}
	})
	if w&engine.Input == 0 {
		return nil
	}
	return &p.dx
}

// tiny keeps the norm's derivative finite where a gradient vanishes.
const tiny = 1e-30

// Penalize lets autograd differentiate the gradient g = ∇ₓD: the root is mean c(‖g‖).
func (p *pass) Penalize(in engine.Batch, m engine.Mode, c engine.Curve, mean engine.Array) {
	p.net.e.do(func(s *scope) {
		x, y := p.through(s, in, m)
		g := s.gradients(s.sum(s.column(y, 0)), []tensor{x}, true, true)[0]
		if g == nil { // a failure, or a network that does not look at its input
			s.fill(of(mean), 0)
			return
		}
		root := s.times(s.sum(s.curve(c, s.sqrt(s.plus(s.rowSums(s.square(g)), tiny)))), 1/float64(p.rows))
		s.copy(of(mean), s.reshape(s.detached(root), 1, 1))
		p.net.receive(s, s.gradients(root, p.net.trained(), false, false))
	})
}

// curve is c at each norm.
func (s *scope) curve(c engine.Curve, norms tensor) tensor {
	switch c.Form {
	case engine.ToOne:
		return s.times(s.square(s.plus(norms, -1)), c.Weight)
	case engine.ToZero:
		return s.times(s.square(norms), c.Weight/2)
	}
	panic("torch: a curve of no form")
}
