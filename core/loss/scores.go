package loss

import "math"

// Scores is what a loss sees: D's logits for real samples and fakes, over the whole batch, and the gradients that the
// loss fills in. The first output of D is its verdict; further ones are a class head and no business of the loss.
type Scores struct {
	Real, Fake   []float64 // logits; Real is nil in G's step where the loss does not ask for it
	DReal, DFake []float64 // gradients of the loss at them, as long as they are
	Smoothing    float64   // how far below 1 the target of real samples is
	Drift        float64   // weight of the mean squared real logit, wgan-gp
}

// Func computes a loss and fills the scores' gradients.
type Func func(s *Scores) float64

const ln2 = math.Ln2

// softplus is log(1+eˣ) without overflow.
func softplus(x float64) float64 {
	if x > 0 {
		return x + math.Log1p(math.Exp(-x))
	}
	return math.Log1p(math.Exp(x))
}

// Sigmoid is 1/(1+e^−x), the probability that a logit stands for.
func Sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// meanOf is the mean of f over x; slope f′(x)/n goes into d.
func meanOf(x, d []float64, f func(x float64) (value, slope float64)) float64 {
	n, sum := float64(len(x)), 0.0
	for i, v := range x {
		value, slope := f(v)
		sum += value
		d[i] = slope / n
	}
	return sum / n
}

// crossEntropy of Sigmoid(x) with a constant target, averaged: softplus(x) − target·x.
func crossEntropy(x, d []float64, target float64) float64 {
	n, sum := float64(len(x)), 0.0
	for i, v := range x {
		sum += softplus(v) - target*v
		d[i] = (Sigmoid(v) - target) / n
	}
	return sum / n
}

// Mean of logits.
func Mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
