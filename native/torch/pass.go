//go:build libtorch

package torch

import (
	"math"

	"ganvas/core/engine"
)

// pass is a network bound to rows. What the last Forward computed stays with the way that autograd noted, until the next.
type pass struct {
	net    *Net
	rows   int
	x      *tensor // leaf of the last Forward's input
	graph  *tensor // (rows, out) of the last Forward
	y, dx  Array   // without the way back
	norms  []float32
	slopes []float32
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

// through is the input as a leaf, and the output (rows, out) that the network makes of it.
func (p *pass) through(s *scope, in engine.Batch, m engine.Mode) (x, y tensor) {
	seed(m.Seed)
	m.Reference.Begin(m.Batch)
	r := &run{scope: s, net: p.net, rows: p.rows, mode: m, labels: in.Labels}
	x = s.leaf(of(in.X))
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
		grads := s.gradients(s.sum(s.mul(*p.graph, of(dy))), leaves, true, false)
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

// Penalize lets autograd differentiate the gradient: with norms ‖g‖ of g = ∇ₓD on the host, Σ c′(‖g‖)/n·‖g‖ has the
// parameter gradients of mean c(‖g‖).
func (p *pass) Penalize(in engine.Batch, m engine.Mode, c engine.Curve) (mean float64) {
	if p.norms == nil {
		p.norms, p.slopes = make([]float32, p.rows), make([]float32, p.rows)
	}
	p.net.e.do(func(s *scope) {
		x, y := p.through(s, in, m)
		g := s.gradients(s.sum(s.column(y, 0)), []tensor{x}, true, true)[0]
		if g == nil { // a failure, or a network that does not look at its input
			return
		}
		norms := s.sqrt(s.plus(s.rowSums(s.square(g)), tiny))
		s.read(p.norms, norms)
		n := float64(p.rows)
		for i, norm := range p.norms {
			value, slope := c(math.Max(float64(norm), math.SmallestNonzeroFloat32))
			mean += value / n
			p.slopes[i] = float32(slope / n)
		}
		root := s.sum(s.mul(norms, s.upload(p.slopes, p.rows)))
		p.net.receive(s, s.gradients(root, p.net.trained(), false, false))
	})
	return mean
}
