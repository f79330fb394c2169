package metrics

// Accuracy is how often a discriminator is right about images that are all real, or all made, by its logits: a real one
// should have a logit above 0. Far better on its training images than on held-out ones means that it remembers them.
func Accuracy(logits []float64, real bool) float64 {
	right := 0
	for _, l := range logits {
		if l > 0 == real {
			right++
		}
	}
	return float64(right) / float64(len(logits))
}
