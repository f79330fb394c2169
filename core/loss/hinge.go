package loss

// hingeD: relu(1−a) on real samples, relu(1+b) on fakes. (Lim and Ye 2017.)
func hingeD(s *Scores) float64 {
	return meanOf(s.Real, s.DReal, below1) + meanOf(s.Fake, s.DFake, aboveMinus1)
}

// criticG raises D's score of the fakes, for losses whose D gives an unbounded score.
func criticG(s *Scores) float64 { return meanOf(s.Fake, s.DFake, negated) }

func below1(a float64) (float64, float64) {
	if a < 1 {
		return 1 - a, -1
	}
	return 0 * a, 0 // 0·NaN stays NaN: a broken score must show
}

func aboveMinus1(b float64) (float64, float64) {
	if b > -1 {
		return 1 + b, 1
	}
	return 0 * b, 0
}

func negated(b float64) (float64, float64) { return -b, -1 }
