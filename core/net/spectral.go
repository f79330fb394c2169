package net

import (
	"math"

	"ganvas/core/rng"
)

// Spectral computes a dense, convolution or label-product layer with its weight matrix (out, fan-in) divided by an
// estimate of its largest singular value: σ = uᵀ·W·v, with one step of power iteration before every forward pass in
// training. PyTorch's nn.utils.spectral_norm, whose names bias, weight_orig, weight_u, weight_v it keeps. (Miyato et al.
// 2018.)
type Spectral struct{ Layer Layer }

func (l Spectral) Out(in Shape) (Shape, error) {
	if err := checkReweighable(l.Layer, "spectral norm"); err != nil {
		return Shape{}, err
	}
	return l.Layer.Out(in)
}

// Params: PyTorch re-registers the weight behind the bias.
func (l Spectral) Params(in Shape) []Param {
	ps := l.Layer.Params(in)
	w := ps[0]
	out, fan := w.Shape[0], w.Size()/w.Shape[0]
	w.Name = "weight_orig"
	return append(append([]Param{}, ps[1:]...), w,
		Param{Name: "weight_u", Shape: []int{out}, Init: unit, Buffer: true},
		Param{Name: "weight_v", Shape: []int{fan}, Init: unit, Buffer: true})
}

// unit is a random direction.
func unit(w []float32, r *rng.Stream) {
	r.Normal(w)
	sum := 0.0
	for _, v := range w {
		sum += float64(v) * float64(v)
	}
	inv := float32(1 / math.Max(math.Sqrt(sum), 1e-12)) // as PyTorch normalises
	for i := range w {
		w[i] *= inv
	}
}

// Wrapped is the layer whose weight is divided.
func (l Spectral) Wrapped() Layer { return l.Layer }

// MACs is the layer's own.
func (l Spectral) MACs(in Shape) int { return macsOf(l.Layer, in) }
