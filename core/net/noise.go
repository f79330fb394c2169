package net

import "fmt"

// Noise adds normal noise of standard deviation Std to each value while training. In front of a discriminator it blurs
// what tells real samples from fakes, so that the two overlap from the start. (Sønderby et al. 2017.) Like [Dropout]'s masks it follows
// from the pass's seed, the layer's place and the value's place in the whole batch. PyTorch's equivalent adds it before
// its nn.Sequential.
type Noise struct{ Std float64 }

func (l Noise) Out(in Shape) (Shape, error) {
	if !(l.Std >= 0) {
		return Shape{}, fmt.Errorf("noise of deviation %g is impossible: it must be at least 0", l.Std)
	}
	return in, nil
}

func (Noise) Params(Shape) []Param { return nil }
func (Noise) Outside()             {}
