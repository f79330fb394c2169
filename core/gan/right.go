package gan

// right is the share of D's scores, of real samples and fakes together, that lie on their side of the score at which D
// cannot tell; one that lies on it counts half.
func right(s *Scores, undecided func(*Scores) float64) float64 {
	middle, sum := undecided(s), 0.0
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

// Where a loss leaves D undecided: at logit 0, half-way between the targets 0 and 1, or half-way between the means of its
// scores where only their difference matters.
func atZero(*Scores) float64    { return 0 }
func atHalf(*Scores) float64    { return 0.5 }
func between(s *Scores) float64 { return (average(s.Real) + average(s.Fake)) / 2 }
