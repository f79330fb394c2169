// Package gan holds what makes a GAN out of two networks: architectures, losses, penalties and the training step. It
// knows no engine.
package gan

import "math"

// Scores is what a loss sees: D's logits for real samples and fakes, over the whole batch, and the gradients that the
// loss fills in. The first output of D is its verdict; further ones are a class head and no business of the loss.
type Scores struct {
	Real, Fake   []float64 // logits; Real is nil in G's step where the loss does not ask for it
	DReal, DFake []float64 // gradients of the loss at them, as long as they are
	Smoothing    float64   // how far below 1 the target of real samples is
	Drift        float64   // weight of the mean squared real logit, wgan-gp
}

// Loss computes a loss and fills the scores' gradients.
type Loss func(s *Scores) float64

// softplus is log(1+eˣ) without overflow.
func softplus(x float64) float64 {
	if x > 0 {
		return x + math.Log1p(math.Exp(-x))
	}
	return math.Log1p(math.Exp(x))
}

// sigmoid is 1/(1+e^−x), the probability that a logit stands for.
func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// mean of f over x; slope f′(x)/n goes into d.
func mean(x, d []float64, f func(x float64) (value, slope float64)) float64 {
	n, sum := float64(len(x)), 0.0
	for i, v := range x {
		value, slope := f(v)
		sum += value
		d[i] = slope / n
	}
	return sum / n
}

// crossEntropy of sigmoid(x) with a constant target, averaged: softplus(x) − target·x.
func crossEntropy(x, d []float64, target float64) float64 {
	n, sum := float64(len(x)), 0.0
	for i, v := range x {
		sum += softplus(v) - target*v
		d[i] = (sigmoid(v) - target) / n
	}
	return sum / n
}
