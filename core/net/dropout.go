package net

import "fmt"

// Dropout zeroes each value with probability P while training and scales the others by 1/(1−P). Which ones it zeroes
// follows from the pass's seed, the layer's place and the value's place in the whole batch, so that a batch shared out
// over several programs is masked as in one.
type Dropout struct{ P float64 }

func (d Dropout) Out(in Shape) (Shape, error) {
	if !(d.P >= 0 && d.P < 1) {
		return Shape{}, fmt.Errorf("dropout %g: it must be at least 0 and below 1", d.P)
	}
	return in, nil
}

func (Dropout) Params(Shape) []Param { return nil }
