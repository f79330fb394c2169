package net

import "fmt"

// Reshape reads a sample's values as another shape: PyTorch's nn.Flatten and nn.Unflatten. Nothing is computed.
type Reshape struct{ To Shape }

func (r Reshape) Out(in Shape) (Shape, error) {
	if r.To.Size() != in.Size() {
		return Shape{}, fmt.Errorf("%v values cannot be read as %v", in, r.To)
	}
	return r.To, nil
}

func (Reshape) Params(Shape) []Param { return nil }

// Flatten reads feature maps as a vector.
type Flatten struct{}

func (Flatten) Out(in Shape) (Shape, error) { return Vec(in.Size()), nil }
func (Flatten) Params(Shape) []Param        { return nil }

// AsImage reads a vector as feature maps where PyTorch's equivalent does so outside its nn.Sequential.
type AsImage struct{ Reshape }

func (AsImage) Outside() {}
