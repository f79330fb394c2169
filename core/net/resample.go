package net

import "fmt"

// Upsample repeats every value Scale times in both directions: PyTorch's nn.Upsample with mode nearest.
type Upsample struct{ Scale int }

func (u Upsample) Out(in Shape) (Shape, error) {
	if u.Scale < 1 {
		return Shape{}, fmt.Errorf("upsampling by %d is impossible: the scale is at least 1", u.Scale)
	}
	return Shape{in.C, in.H * u.Scale, in.W * u.Scale}, nil
}

func (Upsample) Params(Shape) []Param { return nil }

// AvgPool is the mean of every Size × Size square: PyTorch's nn.AvgPool2d. Sides must be multiples of Size.
type AvgPool struct{ Size int }

func (a AvgPool) Out(in Shape) (Shape, error) {
	if a.Size < 1 || in.H%a.Size != 0 || in.W%a.Size != 0 {
		return Shape{}, fmt.Errorf("%v feature maps cannot be pooled in squares of %d", in, a.Size)
	}
	return Shape{in.C, in.H / a.Size, in.W / a.Size}, nil
}

func (AvgPool) Params(Shape) []Param { return nil }

// SumPool is the sum of every Size × Size square.
type SumPool struct{ Size int }

func (a SumPool) Out(in Shape) (Shape, error) { return AvgPool(a).Out(in) }
func (SumPool) Params(Shape) []Param          { return nil }
