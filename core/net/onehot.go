package net

import "fmt"

// OneHot appends each sample's label to it: as Classes columns to a vector, as Classes constant feature maps to an
// image. PyTorch's equivalent does this before its nn.Sequential.
type OneHot struct{ Classes int }

func (o OneHot) Out(in Shape) (Shape, error) {
	if o.Classes < 1 {
		return Shape{}, fmt.Errorf("a label needs at least one class")
	}
	return Shape{in.C + o.Classes, in.H, in.W}, nil
}

func (OneHot) Params(Shape) []Param { return nil }
func (OneHot) Outside()             {}
func (OneHot) Conditioned()         {}
