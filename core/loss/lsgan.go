package loss

// half the squared distance to a target.
func half(target float64) func(float64) (float64, float64) {
	return func(x float64) (float64, float64) { return 0.5 * (x - target) * (x - target), x - target }
}

var toTarget0, toTarget1 = half(0), half(1)

// lsganD is least squares: ½(a−1)² on real samples, ½b² on fakes. (Mao et al. 2017.)
func lsganD(s *Scores) float64 {
	return meanOf(s.Real, s.DReal, toTarget1) + meanOf(s.Fake, s.DFake, toTarget0)
}

func lsganG(s *Scores) float64 { return meanOf(s.Fake, s.DFake, toTarget1) }
