package net

import (
	"math"

	"ganvas/core/rng"
)

// Param describes one parameter tensor or running statistic of a layer.
type Param struct {
	Name   string // within the layer: "weight", "bias", "running_mean", …
	Shape  []int
	Init   Init
	Buffer bool // state that no gradient reaches: running statistics, spectral norm's u
	Count  bool // a Buffer that counts and is stored as int64: num_batches_tracked
}

// Size is how many values the parameter has.
func (p Param) Size() int {
	n := 1
	for _, d := range p.Shape {
		n *= d
	}
	return n
}

// Init fills a new parameter.
type Init func(w []float32, r *rng.Stream)

// Constant starts every value at v.
func Constant(v float32) Init {
	return func(w []float32, _ *rng.Stream) {
		for i := range w {
			w[i] = v
		}
	}
}

// FanIn is PyTorch's default for weights and biases of linear and convolution layers: uniform between ±1/√fan-in.
// (It arrives there as Kaiming's uniform start with a = √5, whose gain √(2/(1+5)) times √(3/fan-in) is 1/√fan-in.)
func FanIn(fanIn int) Init {
	bound := float32(1 / math.Sqrt(float64(fanIn)))
	return func(w []float32, r *rng.Stream) { r.Uniform(w, -bound, bound) }
}

// Normal draws from a normal distribution of that standard deviation around mean.
func Normal(mean, std float32) Init {
	return func(w []float32, r *rng.Stream) {
		r.Normal(w)
		for i := range w {
			w[i] = mean + std*w[i]
		}
	}
}
