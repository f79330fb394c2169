package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) Augment(l net.Augment) op {
	return &augment{ctx: b.ctx, l: l, ways: b.e.memory(b.held, b.n()*wayWords)}
}

// augment changes samples in the ways that the host makes of each row's random numbers.
type augment struct {
	*ctx
	l    net.Augment
	on   bool // in the last forward
	ways span // words (n, 10), see bring
	made struct{ y, dx, ty, px span }
}

const wayWords = 10

// bring puts the rows' ways onto the GPU: what a value, the lit channels' mean at its pixel and that over all pixels count for, what is
// added, and the places.
func (a *augment) bring(c *ctx) {
	words := make([]uint32, 0, a.ways.count)
	for _, m := range c.modes {
		for i := range c.rows {
			w := a.l.Way(m.Draws[i*net.AugmentDraws:][:net.AugmentDraws])
			words = append(words, bitsOf(w.Contrast*w.Saturation), bitsOf(w.Contrast*(1-w.Saturation)), bitsOf(1-w.Contrast), bitsOf(w.Brightness),
				uint32(int32(w.DX)), uint32(int32(w.DY)), uint32(w.X0), uint32(w.X1), uint32(w.Y0), uint32(w.Y1))
		}
	}
	a.e.write(a.ways, bytesOf(words))
}

// apply: to of x. A tangent takes the way's linear part: no brightness, and 0 in the place of black.
func (a *augment) apply(r *recorder, to *span, text string, x span, tangent bool) span {
	s := a.l.Image
	y := a.own(to, a.n()*s.Size())
	fill := float32(-1)
	if tangent {
		fill = 0
	}
	consts := []konst{{"SIZE", s.Size()}, {"AREA", s.H * s.W}, {"IH", s.H}, {"IW", s.W}, {"LIT", a.l.Lit()}, {"FILL", fill}, {"BRIGHT", !tangent}}
	r.rows(a.n(), source("augment_way")+source(text), consts, in("x", x), out("y", y), words("ways", a.ways))
	return y
}

func (a *augment) forward(r *recorder, x span) span {
	a.on = a.way.train && a.way.draws
	if !a.on {
		return x
	}
	r.before = append(r.before, a.bring)
	return a.apply(r, &a.made.y, "augment", x, false)
}

func (a *augment) adjoint(r *recorder, to *span, dy span, w engine.Wrt) span {
	if dy.in == nil || !a.on || w&engine.Input == 0 {
		return result(dy, w)
	}
	return a.apply(r, to, "augment_back", dy, true)
}

func (a *augment) backward(r *recorder, dy span, w engine.Wrt) span {
	return a.adjoint(r, &a.made.dx, dy, w)
}

func (a *augment) push(r *recorder, t span) span {
	if !a.on {
		return t
	}
	return a.apply(r, &a.made.ty, "augment", t, true)
}

func (a *augment) pull(r *recorder, py span, w engine.Wrt) span {
	return a.adjoint(r, &a.made.px, py, w)
}
