package loss

// wganD is the critic's loss: mean b − mean a, with a small pull of real scores to zero where Drift is on.
// (Arjovsky et al. 2017; drift from Karras et al. 2017, appendix A.)
func wganD(s *Scores) float64 {
	loss := meanOf(s.Real, s.DReal, negated) + meanOf(s.Fake, s.DFake, itself)
	if s.Drift == 0 {
		return loss
	}
	n := float64(len(s.Real))
	for i, a := range s.Real {
		loss += s.Drift * a * a / n
		s.DReal[i] += 2 * s.Drift * a / n
	}
	return loss
}

func itself(b float64) (float64, float64) { return b, 1 }
