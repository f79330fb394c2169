package loss

// Right is the share of D's scores, of real samples and fakes together, that lie on their side of the score at which D
// is undecided: the loss's own, or half-way between the means where only differences matter. One that lies on it counts half.
func (l *Row) Right(s *Scores) float64 {
	middle, sum := l.Middle, 0.0
	if l.Relative {
		middle = (Mean(s.Real) + Mean(s.Fake)) / 2
	}
	for _, v := range s.Real {
		sum += above(v, middle)
	}
	for _, v := range s.Fake {
		sum += above(middle, v)
	}
	return sum / float64(len(s.Real)+len(s.Fake))
}

func above(a, b float64) float64 {
	switch {
	case a > b:
		return 1
	case a == b:
		return 0.5
	}
	return 0
}
