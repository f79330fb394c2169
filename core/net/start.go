package net

import "math"

// Start is how a dense or convolution layer's parameters begin. The zero Start is PyTorch's default, [FanIn]; one made by [Gain]
// begins with normal weights and no bias.
type Start struct {
	scaled bool
	gain   float64
}

// Gain starts weights from a normal distribution of deviation gain/√fan-in, and biases at 0. What is then behind the layer has
// gain² times the mean square of what is before it; with gain 0 the layer begins by giving nothing. (He et al. 2015.)
func Gain(gain float64) Start { return Start{true, gain} }

func (s Start) weight(fanIn int) Init {
	if !s.scaled {
		return FanIn(fanIn)
	}
	return Normal(0, float32(s.gain/math.Sqrt(float64(fanIn))))
}

func (s Start) bias(fanIn int) Init {
	if !s.scaled {
		return FanIn(fanIn)
	}
	return Constant(0)
}
