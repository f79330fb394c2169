package loss

// relativisticD is the relativistic average game: cross-entropy of a − mean b against 1 and of b − mean a against 0.
// (Jolicoeur-Martineau 2018, RaSGAN.)
func relativisticD(s *Scores) float64 { return relativistic(s, 1-s.Smoothing, 0) }

func relativisticG(s *Scores) float64 { return relativistic(s, 0, 1) }

func relativistic(s *Scores, real, fake float64) float64 {
	ma, mb := Mean(s.Real), Mean(s.Fake)
	shifted(s.Real, mb)
	shifted(s.Fake, ma)
	loss := crossEntropy(s.Real, s.DReal, real) + crossEntropy(s.Fake, s.DFake, fake)
	shifted(s.Real, -mb)
	shifted(s.Fake, -ma)
	// Each mean has every score of the other side in it.
	ga, gb := Mean(s.DReal), Mean(s.DFake)
	shifted(s.DReal, gb)
	shifted(s.DFake, ga)
	return loss
}

func shifted(x []float64, by float64) {
	for i := range x {
		x[i] -= by
	}
}
