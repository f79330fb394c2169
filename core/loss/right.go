package loss

// Right is the share of D's scores, of real samples and fakes together, that lie on their side of the score at which D
// is undecided. One that lies on it counts half.
func (l *Row) Right(s *Scores) float64 {
	middle := l.Undecided(s.Real, s.Fake)
	real, fake := Above(s.Real, middle), Below(s.Fake, middle)
	n, m := float64(len(s.Real)), float64(len(s.Fake))
	return (n*real + m*fake) / (n + m)
}

// Undecided is the score at which D takes a sample for real as much as for fake: the loss's own, or half-way between the
// means of real samples and of fakes where only differences matter, since all scores may drift together then.
func (l *Row) Undecided(real, fake []float64) float64 {
	if l.Relative {
		return (MeanOf(real) + MeanOf(fake)) / 2
	}
	return l.Middle
}

// Above is the share of scores above one; those equal to it count half.
func Above(scores []float64, middle float64) float64 {
	sum := 0.0
	for _, v := range scores {
		if v > middle {
			sum++
		} else if v == middle {
			sum += 0.5
		}
	}
	return sum / float64(len(scores))
}

// Below is the share of scores below one; those equal to it count half.
func Below(scores []float64, middle float64) float64 {
	sum := 0.0
	for _, v := range scores {
		if v < middle {
			sum++
		} else if v == middle {
			sum += 0.5
		}
	}
	return sum / float64(len(scores))
}
