package loss

// r3ganD is the relativistic game of pairs: the mean of softplus(b−a), the i-th real sample against the i-th fake.
// (Huang et al. 2024, with the penalties R1 and R2.)
func r3ganD(s *Scores) float64 { return paired(s.Real, s.DReal, s.Fake, s.DFake) }

func r3ganG(s *Scores) float64 { return paired(s.Fake, s.DFake, s.Real, s.DReal) }

// paired is the mean of softplus(low−high), pair by pair, with its gradients at both.
func paired(high, dHigh, low, dLow []float64) float64 {
	n, sum := float64(len(high)), 0.0
	for i, h := range high {
		x := low[i] - h
		sum += softplus(x)
		dLow[i] = Sigmoid(x) / n
		dHigh[i] = -dLow[i]
	}
	return sum / n
}
