package loss

// bceD is binary cross-entropy on D's logits: real samples against 1 − smoothing, fakes against 0, summed.
func bceD(s *Scores) float64 {
	return crossEntropy(s.Real, s.DReal, 1-s.Smoothing) + crossEntropy(s.Fake, s.DFake, 0)
}

// bceG is the non-saturating loss: fakes against 1. (Goodfellow et al. 2014, section 3.)
func bceG(s *Scores) float64 { return crossEntropy(s.Fake, s.DFake, 1) }

// minimaxG is the game as first stated: G maximises D's cross-entropy on fakes.
func minimaxG(s *Scores) float64 {
	loss := crossEntropy(s.Fake, s.DFake, 0)
	for i := range s.DFake {
		s.DFake[i] = -s.DFake[i]
	}
	return -loss
}
