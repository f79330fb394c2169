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
	shade  []float32 // one sample's mean over its lit channels, pixel by pixel
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
		mix := a.mixing(w, from)
		if bright {
			mix.level += w.Brightness
		}
		back := w.Back(s)
		for c := range s.C {
			plane, out := from[c*area:][:area], y[c*area:][:area]
			for row := range s.H {
				line, done := out[row*s.W:][:s.W], 0
				for _, p := range w.Pieces(s, row) {
					if p.X0 == p.X1 {
						continue
					}
					blank(line[done:p.X0], fill)
					done = p.X1
					start := row*s.W + p.X0 - back
					a.light(line[p.X0:p.X1], plane[start:][:p.X1-p.X0], start, mix, c)
				}
				blank(line[done:], fill)
			}
		}
	}
}

func blank(x []float32, v float32) {
	for i := range x {
		x[i] = v
	}
}

// mixing is the linear part of a way's light for one sample: own·x + shade·(the lit channels' mean at the pixel) + level.
type mixing struct{ own, shade, level float32 }

func (a *augment) mixing(w net.AugmentWay, x []float32) mixing {
	m := mixing{own: w.Contrast * w.Saturation, shade: w.Contrast * (1 - w.Saturation)}
	lit, area := a.l.Lit(), a.l.Image.H*a.l.Image.W
	if w.Contrast != 1 {
		m.level = (1 - w.Contrast) * average(x[:lit*area])
	}
	if m.shade != 0 {
		a.shade = sized(a.shade, area)
		copy(a.shade, x[:area])
		for c := 1; c < lit; c++ {
			for k, v := range x[c*area:][:area] {
				a.shade[k] += v
			}
		}
		for k := range a.shade {
			a.shade[k] /= float32(lit)
		}
	}
	return m
}

// light: to of pixels x of channel c, which begin at a place in it.
func (a *augment) light(to, x []float32, at int, m mixing, c int) {
	switch {
	case c >= a.l.Lit():
		copy(to, x)
	case m.shade == 0:
		for k, v := range x {
			to[k] = m.own*v + m.level
		}
	default:
		for k, v := range x {
			to[k] = m.own*v + m.shade*a.shade[at+k] + m.level
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
		back := w.Back(s)
		for c := range s.C {
			for row := range s.H {
				for _, p := range w.Pieces(s, row) {
					if at := c*area + row*s.W + p.X0; p.X0 < p.X1 {
						copy(to[at-back:], from[at:][:p.X1-p.X0])
					}
				}
			}
		}
		mix := a.mixing(w, to)
		for c := range a.l.Lit() {
			plane := to[c*area:][:area]
			a.light(plane, plane, 0, mix, c)
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
