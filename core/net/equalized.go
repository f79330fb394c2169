package net

import "math"

// Equalized computes a dense or convolution layer with its weights times Gain/√fan-in, and starts them from a normal
// distribution of deviation 1 with biases at 0: every weight then learns at the same pace whatever its layer's size.
// (Karras et al. 2018, section 4.1.)
type Equalized struct {
	Layer Layer // Linear or Conv2d
	Gain  float64
}

func (l Equalized) Out(in Shape) (Shape, error) {
	if err := checkReweighable(l.Layer, "an equalized learning rate"); err != nil {
		return Shape{}, err
	}
	return l.Layer.Out(in)
}

func (l Equalized) Params(in Shape) []Param {
	ps := l.Layer.Params(in)
	ps[0].Init = Normal(0, 1)
	for i := range ps[1:] {
		ps[1+i].Init = Constant(0)
	}
	return ps
}

// Scale is the factor that the weights are taken with: Gain/√fan-in.
func (l Equalized) Scale(in Shape) float64 {
	p := l.Layer.Params(in)[0]
	return l.Gain / math.Sqrt(float64(p.Size()/p.Shape[0]))
}

// Wrapped is the layer whose weight is scaled.
func (l Equalized) Wrapped() Layer { return l.Layer }

// MACs is the layer's own.
func (l Equalized) MACs(in Shape) int { return macsOf(l.Layer, in) }

func macsOf(l Layer, in Shape) int {
	if c, ok := l.(interface{ MACs(Shape) int }); ok {
		return c.MACs(in)
	}
	return 0
}
