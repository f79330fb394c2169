package net

import "fmt"

// LabelProduct is the product of each sample with its label's row of a table: y (n, 1) = ⟨E[label], x⟩, E (Classes, in).
// Beside a dense layer it makes a projection discriminator. (Miyato and Koyama 2018.)
type LabelProduct struct{ Classes int }

func (l LabelProduct) Out(in Shape) (Shape, error) {
	if l.Classes < 1 {
		return Shape{}, fmt.Errorf("a label needs at least one class")
	}
	if in.H != 1 || in.W != 1 {
		return Shape{}, fmt.Errorf("a label's product takes vectors, not %v feature maps", in)
	}
	return Vec(1), nil
}

func (l LabelProduct) Params(in Shape) []Param {
	return []Param{{Name: "weight", Shape: []int{l.Classes, in.C}, Init: Normal(0, 1)}} // nn.Embedding's start
}

func (LabelProduct) Conditioned()        {}
func (l LabelProduct) MACs(in Shape) int { return in.C }
