package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// What moved in from outside and what was cut out is black.
const augmentFill = -1

func (b *binding) Augment(l net.Augment) Op {
	in := b.in
	return &augment{l: l, n: b.N, ctx: b.Ctx, ways: make([]net.AugmentWay, b.N), y: b.Buf(in.Size()), dx: b.Buf(in.Size())}
}

type augment struct {
	l      net.Augment
	n      int
	ctx    *Context
	on     bool // in the last Forward
	ways   []net.AugmentWay
	y, dx  []float32
	ty, px []float32
}

func (a *augment) Forward(x []float32) []float32 {
	a.on = a.ctx.Train && a.ctx.Draws != nil
	if !a.on {
		return x
	}
	for i := range a.ways {
		a.ways[i] = a.l.Way(a.ctx.Draws[i*net.AugmentDraws:][:net.AugmentDraws])
	}
	a.apply(a.y, x, augmentFill, true)
	return a.y
}

// apply: to (n, size) of x. Without light the brightness is left out, and what is black is fill: the way's linear part.
func (a *augment) apply(to, x []float32, fill float32, bright bool) {
	s := a.l.Image
	size, area := s.Size(), s.H*s.W
	for i, w := range a.ways {
		from, y := x[i*size:][:size], to[i*size:][:size]
		level := (1 - w.Contrast) * average(from)
		if bright {
			level += w.Brightness
		}
		for c := range s.C {
			plane, out := from[c*area:][:area], y[c*area:][:area]
			for at := range out {
				out[at] = fill
				if k := w.From(s, at%s.W, at/s.W); k >= 0 {
					out[at] = w.Contrast*plane[k] + level
				}
			}
		}
	}
}

// adjoint: dx of dy, the transpose of the way's linear part.
func (a *augment) adjoint(dx, dy []float32) {
	s := a.l.Image
	size, area := s.Size(), s.H*s.W
	clear(dx)
	for i, w := range a.ways {
		from, to := dy[i*size:][:size], dx[i*size:][:size]
		for c := range s.C {
			plane, out := from[c*area:][:area], to[c*area:][:area]
			for at, v := range plane {
				if k := w.From(s, at%s.W, at/s.W); k >= 0 {
					out[k] = v
				}
			}
		}
		level := (1 - w.Contrast) * average(to)
		for k, v := range to {
			to[k] = w.Contrast*v + level
		}
	}
}

func average(x []float32) float32 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v)
	}
	return float32(sum / float64(len(x)))
}

func (a *augment) Backward(dy []float32, w engine.Wrt) []float32 {
	if !a.on || w&engine.Input == 0 {
		return result(dy, w)
	}
	a.adjoint(a.dx, dy)
	return a.dx
}

func (a *augment) Push(t []float32) []float32 {
	if !a.on {
		return t
	}
	a.ty = sized(a.ty, len(t))
	a.apply(a.ty, t, 0, false)
	return a.ty
}

func (a *augment) Pull(py []float32, w engine.Wrt) []float32 {
	if py == nil || !a.on || w&engine.Input == 0 {
		return result(py, w)
	}
	a.px = sized(a.px, len(py))
	a.adjoint(a.px, py)
	return a.px
}
