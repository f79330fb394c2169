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

const ln2 = math.Ln2

// MeanOf is the mean of logits.
func MeanOf(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
