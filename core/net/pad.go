package net

import "fmt"

// Pad puts a frame of By values of Value around every feature map; By below zero cuts as many off. PyTorch's
// nn.ConstantPad2d.
type Pad struct {
	By    int
	Value float64
}

func (p Pad) Out(in Shape) (Shape, error) {
	out := Shape{in.C, in.H + 2*p.By, in.W + 2*p.By}
	if out.H < 1 || out.W < 1 {
		return Shape{}, fmt.Errorf("nothing is left of %v feature maps without %d values on each side", in, -p.By)
	}
	return out, nil
}

func (Pad) Params(Shape) []Param { return nil }
