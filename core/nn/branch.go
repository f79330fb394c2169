package nn

import "fmt"

// SelfNamed marks layers whose parameter names need no number before them.
type SelfNamed interface{ SelfNamed() }

// Nested is a layer made of layers in a row, each row taking the layer's own input.
type Nested interface {
	Rows() [][]Layer
}

// Named is layers in a row under a name of their own, a child of the network beside its numbered ones.
type Named struct {
	Name   string
	Layers []Layer
}

func (l Named) Out(in Shape) (Shape, error) { return through(l.Layers, in) }
func (l Named) Params(in Shape) []Param     { return prefixed(l.Name+".", rowParams(l.Layers, in)) }
func (Named) Outside()                      {}
func (Named) SelfNamed()                    {}
func (l Named) Rows() [][]Layer             { return [][]Layer{l.Layers} }
func (l Named) Bind(b *Binder, in Shape) Op { return Bind(b, in, l.Layers) }

// Residual is the sum of two ways from the same input: Main, and Skip, which may be empty for the input itself. (He et
// al. 2016.) Parameters are named main.… and skip.….
type Residual struct{ Main, Skip []Layer }

func (l Residual) Out(in Shape) (Shape, error) { return joined(l.Main, l.Skip, in) }
func (l Residual) Params(in Shape) []Param {
	return append(prefixed("main.", rowParams(l.Main, in)), prefixed("skip.", rowParams(l.Skip, in))...)
}
func (l Residual) Rows() [][]Layer { return [][]Layer{l.Main, l.Skip} }
func (l Residual) Bind(b *Binder, in Shape) Op {
	return newSum(b, in, l.Main, l.Skip, func() (float32, float32) { return 1, 1 })
}

// Fade passes from one way to another as the pass's Alpha goes from 0 to 1: (1−α)·Old + α·New. A way that counts for
// nothing is not computed. Its layers' parameters keep their own names, so that they outlive the fade. (Karras et al.
// 2018, figure 2.)
type Fade struct{ Old, New []Layer }

func (l Fade) Out(in Shape) (Shape, error) { return joined(l.Old, l.New, in) }
func (l Fade) Params(in Shape) []Param     { return append(rowParams(l.Old, in), rowParams(l.New, in)...) }
func (Fade) Outside()                      {}
func (Fade) SelfNamed()                    {}
func (l Fade) Rows() [][]Layer             { return [][]Layer{l.Old, l.New} }
func (l Fade) Bind(b *Binder, in Shape) Op {
	ctx := b.Ctx
	return newSum(b, in, l.Old, l.New, func() (float32, float32) { return 1 - ctx.Alpha, ctx.Alpha })
}

// through is the shape that layers in a row make of in.
func through(layers []Layer, in Shape) (Shape, error) {
	return Spec{Name: "inside", In: in, Layers: layers}.Out()
}

func joined(a, b []Layer, in Shape) (Shape, error) {
	x, err := through(a, in)
	if err != nil {
		return Shape{}, err
	}
	y, err := through(b, in)
	if err == nil && x != y {
		err = fmt.Errorf("one way gives %v and the other %v, which do not add up", x, y)
	}
	return x, err
}

// rowParams is the parameters of layers in a row, which [Layer.Out] has accepted.
func rowParams(layers []Layer, in Shape) []Param {
	shapes, err := Spec{In: in, Layers: layers}.Shapes()
	if err != nil {
		panic("nn: Params of layers that Out refuses")
	}
	return sequential(layers, shapes)
}

func prefixed(name string, ps []Param) []Param {
	for i := range ps {
		ps[i].Name = name + ps[i].Name
	}
	return ps
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

func newSum(b *Binder, in Shape, first, second []Layer, shares func() (p, q float32)) Op {
	out, err := through(first, in)
	if err != nil {
		panic("nn: Bind of layers that Out refuses")
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
	clear(to)
	if s.p != 0 {
		addScaled(to, f(s.a, x), s.p)
	}
	if s.q != 0 {
		addScaled(to, f(s.b, x), s.q)
	}
	return to
}

func (s *sum) Backward(dy []float32, w Wrt) []float32 {
	var a, b []float32
	if s.p != 0 {
		a = s.a.Backward(scaled(&s.da, dy, s.p), w)
	}
	if s.q != 0 {
		b = s.b.Backward(scaled(&s.db, dy, s.q), w)
	}
	return s.added(s.dx, a, b, w)
}

func (s *sum) Pull(py []float32, w Wrt) []float32 {
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
func (s *sum) added(to, a, b []float32, w Wrt) []float32 {
	if w&Input == 0 {
		return nil
	}
	clear(to)
	for _, x := range [][]float32{a, b} {
		if x != nil {
			addScaled(to, x, 1)
		}
	}
	return to
}
