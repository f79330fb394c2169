package net

import "fmt"

// Linear is a dense layer, PyTorch's nn.Linear: y (n, Out) = x (n, in)·Wᵀ + b with W (Out, in).
type Linear struct {
	Units  int
	NoBias bool
	Start  Start
}

func (l Linear) Out(in Shape) (Shape, error) {
	if in.H != 1 || in.W != 1 {
		return Shape{}, fmt.Errorf("a dense layer takes vectors, not %v feature maps", in)
	}
	return Vec(l.Units), nil
}

func (l Linear) Params(in Shape) []Param {
	k := in.Size()
	p := []Param{{Name: "weight", Shape: []int{l.Units, k}, Init: l.Start.weight(k)}}
	if !l.NoBias {
		p = append(p, Param{Name: "bias", Shape: []int{l.Units}, Init: l.Start.bias(k)})
	}
	return p
}

// MACs is the number of multiply-adds in one sample's forward pass.
func (l Linear) MACs(in Shape) int { return in.Size() * l.Units }
