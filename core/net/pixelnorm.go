package net

// PixelNorm scales every pixel's vector of features to a mean square of 1: y = x/√(mean over C of x² + 1e-8). (Karras et
// al. 2018, section 4.2.)
type PixelNorm struct{}

func (PixelNorm) Out(in Shape) (Shape, error) { return in, nil }
func (PixelNorm) Params(Shape) []Param        { return nil }

func (PixelNorm) Unpenalized() string {
	return "PixelNorm is made for generators, and has no second derivative here: take another norm"
}
