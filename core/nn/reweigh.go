package nn

import "math"

// Equalized computes a dense or convolution layer with its weights times Gain/√fan-in, and starts them from a normal
// distribution of deviation 1 with biases at 0: every weight then learns at the same pace whatever its layer's size.
// (Karras et al. 2018, section 4.1.)
type Equalized struct {
	Layer Layer // Linear or Conv2d
	Gain  float64
}

func (l Equalized) Out(in Shape) (Shape, error) { return l.Layer.Out(in) }
func (l Equalized) Params(in Shape) []Param {
	ps := l.Layer.Params(in)
	ps[0].Init = Normal(0, 1)
	for i := range ps[1:] {
		ps[1+i].Init = Constant(0)
	}
	return ps
}
func (l Equalized) MACs(in Shape) int           { return macsOf(l.Layer, in) }
func (l Equalized) Bind(b *Binder, in Shape) Op { return l.bindJoined(b, in, 1) }
func (l Equalized) bindJoined(b *Binder, in Shape, leak float32) Op {
	raw := b.Take()
	e := &equalized{scale: float32(l.Scale(in)), reweighed: newReweighed(raw)}
	e.op = l.Layer.(joiner).bindJoined(b.before(e.eff), in, leak)
	return e
}

// Scale is the factor that the weights are taken with: Gain/√fan-in.
func (l Equalized) Scale(in Shape) float64 {
	p := l.Layer.Params(in)[0]
	return l.Gain / math.Sqrt(float64(p.Size()/p.Shape[0]))
}

// reweighed is an Op whose weight is a function of the parameter that is learned.
type reweighed struct {
	op       Op
	raw, eff View // as learned; as the Op sees it, with gradients of its own
}

func newReweighed(raw View) reweighed {
	return reweighed{raw: raw, eff: View{W: make([]float32, len(raw.W)), G: make([]float32, len(raw.W))}}
}

type equalized struct {
	reweighed
	scale float32
}

func (e *equalized) Forward(x []float32) []float32 {
	for i, w := range e.raw.W {
		e.eff.W[i] = e.scale * w
	}
	return e.op.Forward(x)
}

func (e *equalized) Backward(dy []float32, w Wrt) []float32 {
	clear(e.eff.G)
	dx := e.op.Backward(dy, w)
	e.learn(w)
	return dx
}

func (e *equalized) learn(w Wrt) {
	if w&Params != 0 {
		addScaled(e.raw.G, e.eff.G, e.scale)
	}
}

func (e *equalized) Push(t []float32) []float32 { return e.op.(TangentOp).Push(t) }

func (e *equalized) Pull(py []float32, w Wrt) []float32 {
	clear(e.eff.G)
	px := e.op.(TangentOp).Pull(py, w)
	e.learn(w)
	return px
}

func macsOf(l Layer, in Shape) int {
	if c, ok := l.(interface{ MACs(Shape) int }); ok {
		return c.MACs(in)
	}
	return 0
}
