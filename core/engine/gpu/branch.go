package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) Named(l net.Named) op { return bind(b.ctx, b.views, b.in, l.Layers) }

func (b *binding) Residual(l net.Residual) op { return b.sum(l.Main, l.Skip, false) }

func (b *binding) Fade(l net.Fade) op { return b.sum(l.Old, l.New, true) }

// sum is two chains from the same input: y = a(x) + b(x), or (1−α)·a(x) + α·b(x) where it fades.
type sum struct {
	*ctx
	a, b       *chain
	fading     bool
	one, other bool // which were computed in the last forward
	in, out    int
	made       struct{ y, dx, ty, px span }
	da, db     span
	pa, pb     span
}

func (b *binding) sum(first, second []net.Layer, fading bool) op {
	out, err := net.Spec{In: b.in, Layers: first}.Out()
	if err != nil {
		panic("gpu: bind of layers that Out refuses")
	}
	return &sum{ctx: b.ctx, a: bind(b.ctx, b.views, b.in, first), b: bind(b.ctx, b.views, b.in, second), fading: fading, in: b.in.Size(), out: out.Size()}
}

func (s *sum) forward(r *recorder, x span) span {
	s.one, s.other = !s.fading || s.way.old, !s.fading || s.way.new
	return s.join(r, &s.made.y, x, (*chain).forward)
}

func (s *sum) push(r *recorder, t span) span { return s.join(r, &s.made.ty, t, (*chain).push) }

// join is f of both ways, weighted.
func (s *sum) join(r *recorder, to *span, x span, f func(*chain, *recorder, span) span) span {
	switch {
	case !s.other:
		return f(s.a, r, x)
	case !s.one:
		return f(s.b, r, x)
	}
	return s.add(r, to, s.out, f(s.a, r, x), f(s.b, r, x), s.fading)
}

// add: to = a + b, or their shares of the fade. What is one piece of memory is bound once.
func (s *sum) add(r *recorder, to *span, cols int, a, b span, fading bool) span {
	result := s.own(to, s.n()*cols)
	buffers := []bound{in("a", a), out("y", result)}
	second := "a[i]"
	if a != b {
		buffers, second = append(buffers, in("b", b)), "b[i]"
	}
	text := "fn each(i: u32) { y[i] = a[i] + " + second + "; }\n"
	if fading {
		buffers = append(buffers, words("args", s.args))
		text = "fn each(i: u32) {\n\tlet alpha = bitcast<f32>(args[4]);\n\ty[i] = (1.0 - alpha) * a[i] + alpha * " + second + ";\n}\n"
	}
	r.each(s.n()*cols, text, nil, buffers...)
	return result
}

// share: to = the share of dy that one way has of a fade; dy itself where there is none.
func (s *sum) share(r *recorder, to *span, dy span, formula string) span {
	if !s.fading || !s.one || !s.other || dy.in == nil {
		return dy
	}
	result := s.own(to, s.n()*s.out)
	r.each(s.n()*s.out, "fn each(i: u32) {\n\tlet alpha = bitcast<f32>(args[4]);\n\ty[i] = "+formula+" * x[i];\n}\n", nil, in("x", dy), out("y", result), words("args", s.args))
	return result
}

func (s *sum) backward(r *recorder, dy span, w engine.Wrt) span {
	return s.part(r, dy, w, (*chain).backward, &s.da, &s.db, &s.made.dx)
}

func (s *sum) pull(r *recorder, py span, w engine.Wrt) span {
	return s.part(r, py, w, (*chain).pull, &s.pa, &s.pb, &s.made.px)
}

// part is the way back f of both ways, added up.
func (s *sum) part(r *recorder, dy span, w engine.Wrt, f func(*chain, *recorder, span, engine.Wrt) span, da, db, to *span) span {
	var a, b span
	if s.one {
		a = f(s.a, r, s.share(r, da, dy, "(1.0 - alpha)"), w)
	}
	if s.other {
		b = f(s.b, r, s.share(r, db, dy, "alpha"), w)
	}
	switch {
	case w&engine.Input == 0:
		return span{}
	case a.in == nil:
		return b
	case b.in == nil:
		return a
	}
	return s.add(r, to, s.in, a, b, false)
}
