package net

// BatchNorm is PyTorch's nn.BatchNorm1d and nn.BatchNorm2d: every feature map is normalised by its mean and variance over
// the batch, or in evaluation by their running averages (momentum 0.1, the variance unbiased), then scaled and shifted:
// y = γ·(x − µ)/√(σ² + ε) + β. (Ioffe and Szegedy 2015.)
type BatchNorm struct {
	Eps float64 // ε; 0 for BatchEps
}

// BatchEps is BatchNorm's ε where nobody says another, as in PyTorch.
const BatchEps = 1e-5

// Epsilon is ε.
func (b BatchNorm) Epsilon() float64 {
	if b.Eps == 0 {
		return BatchEps
	}
	return b.Eps
}

func (BatchNorm) Measures()                   {}
func (BatchNorm) Out(in Shape) (Shape, error) { return in, nil }

func (BatchNorm) Params(in Shape) []Param {
	c := []int{in.C}
	return []Param{
		{Name: "weight", Shape: c, Init: Constant(1)}, {Name: "bias", Shape: c, Init: Constant(0)},
		{Name: "running_mean", Shape: c, Init: Constant(0), Buffer: true}, {Name: "running_var", Shape: c, Init: Constant(1), Buffer: true},
		{Name: "num_batches_tracked", Init: Constant(0), Buffer: true, Count: true},
	}
}

func (BatchNorm) Unpenalized() string {
	return "BatchNorm mixes the samples of a batch, so no sample has a gradient of its own: take another norm"
}
