package net

// LayerNorm normalises each sample over all its features, then scales and shifts every feature by its own γ and β:
// PyTorch's nn.LayerNorm over the sample's whole shape. Samples stay apart, so a gradient penalty can pass. (Ba et al.
// 2016.)
type LayerNorm struct{}

func (LayerNorm) Out(in Shape) (Shape, error) { return in, nil }

func (LayerNorm) Params(in Shape) []Param {
	shape := []int{in.C, in.H, in.W}
	if in.H == 1 && in.W == 1 {
		shape = shape[:1]
	}
	return []Param{{Name: "weight", Shape: shape, Init: Constant(1)}, {Name: "bias", Shape: shape, Init: Constant(0)}}
}
