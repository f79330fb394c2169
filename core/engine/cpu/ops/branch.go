package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) Named(l net.Named) Op { return Bind(b.Binder, b.in, l.Layers) }

func (b *binding) Residual(l net.Residual) Op {
	in := b.in
	return newSum(b.Binder, in, l.Main, l.Skip, func() (float32, float32) { return 1, 1 })
}

func (b *binding) Fade(l net.Fade) Op {
	in := b.in
	ctx := b.Ctx
	return newSum(b.Binder, in, l.Old, l.New, func() (float32, float32) { return 1 - ctx.Alpha, ctx.Alpha })
}

// sum is two chains from the same input, weighted: y = p·a(x) + q·b(x).
type sum struct {
	a, b   *Chain
	shares func() (p, q float32)
	p, q   float32 // of the last Forward
	y, dx  []float32
	da, db []float32 // p·dy and q·dy where they differ from dy
	ty, px []float32
	pa, pb []float32
}

func newSum(b *Binder, in net.Shape, first, second []net.Layer, shares func() (p, q float32)) Op {
	out, err := net.Spec{In: in, Layers: first}.Out()
	if err != nil {
		panic("ops: Bind of layers that Out refuses")
	}
	s := &sum{a: Bind(b, in, first), b: Bind(b, in, second), shares: shares}
	s.y, s.dx = b.Buf(out.Size()), b.Buf(in.Size())
	return s
}

func (s *sum) Forward(x []float32) []float32 {
	s.p, s.q = s.shares()
	return s.both(s.y, x, (*Chain).Forward)
}

func (s *sum) Push(t []float32) []float32 {
	s.ty = sized(s.ty, len(s.y))
	return s.both(s.ty, t, (*Chain).Push)
}

// both: to = p·f(a, x) + q·f(b, x).
func (s *sum) both(to, x []float32, f func(*Chain, []float32) []float32) []float32 {
	var a, b []float32
	if s.p != 0 {
		a = f(s.a, x)
	}
	if s.q != 0 {
		b = f(s.b, x)
	}
	return mixed(to, a, b, s.p, s.q)
}

func (s *sum) Backward(dy []float32, w engine.Wrt) []float32 {
	var a, b []float32
	if s.p != 0 {
		a = s.a.Backward(scaled(&s.da, dy, s.p), w)
	}
	if s.q != 0 {
		b = s.b.Backward(scaled(&s.db, dy, s.q), w)
	}
	return s.added(s.dx, a, b, w)
}

func (s *sum) Pull(py []float32, w engine.Wrt) []float32 {
	s.px = sized(s.px, len(s.dx))
	var a, b []float32
	if s.p != 0 {
		a = s.a.Pull(scaled(&s.pa, py, s.p), w)
	}
	if s.q != 0 {
		b = s.b.Pull(scaled(&s.pb, py, s.q), w)
	}
	if a == nil && b == nil {
		return nil
	}
	return s.added(s.px, a, b, w)
}

// added: to = a + b, either of which may be nil for nothing.
func (s *sum) added(to, a, b []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	return mixed(to, a, b, 1, 1)
}

// mixed: to = p·a + q·b, either of which may be nil for nothing.
func mixed(to, a, b []float32, p, q float32) []float32 {
	switch {
	case a == nil && b == nil:
		clear(to)
	case a == nil:
		setScaled(to, b, q)
	default:
		setScaled(to, a, p)
		if b != nil {
			addScaled(to, b, q)
		}
	}
	return to
}
