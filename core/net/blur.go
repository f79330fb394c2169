package net

// Blur gives each value a quarter of itself, an eighth of each of the four beside it and a sixteenth of each of the four across
// its corners: the weights [1 2 1]/4 in both directions, with the maps' edges repeated outside of them. Behind [Upsample] by 2 that
// makes bilinear interpolation, before [AvgPool] by 2 halving without aliases. It is its own adjoint. (Zhang 2019.)
type Blur struct{}

func (Blur) Out(in Shape) (Shape, error) { return in, nil }
func (Blur) Params(Shape) []Param        { return nil }
