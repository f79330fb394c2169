package loss

// Terms is a loss as data: the sum of its terms. Being data, an engine can compute it where its numbers are.
type Terms []Term

// Term is weight · the mean over one side's n scores of curve(±(x − r)), where r is what each score x is compared with.
type Term struct {
	Of       Side    // whose scores
	Against  Against // what each is compared with
	Flip     bool    // the curve is taken at r − x instead of x − r
	Curve    Curve
	Target   float64 // the curve's
	Smoothed bool    // the target is the recipe's label_smoothing lower
	Weight   float64 // 0 stands for 1
	Drift    bool    // the weight is times the recipe's drift
}

// Side is real samples or fakes.
type Side int

const (
	OfReal Side = iota + 1
	OfFake
)

// Against is what a score is compared with.
type Against int

const (
	Nothing Against = iota // r = 0
	Mate                   // the score in the same place of the other side
	Mean                   // the mean score of the other side
)

// Compute is the loss of these scores, whose gradients it fills. Where it asks for no real scores there may be none.
func (l Terms) Compute(s *Scores) float64 {
	clear(s.DReal)
	clear(s.DFake)
	sum := 0.0
	for i := range l {
		sum += l[i].add(s)
	}
	return sum
}

// SeesReal reports whether a term asks for scores of real samples.
func (l Terms) SeesReal() bool {
	for _, t := range l {
		if t.Of == OfReal || t.Against != Nothing {
			return true
		}
	}
	return false
}

// add is the term's value; its slopes are added to the scores' gradients.
func (t *Term) add(s *Scores) float64 {
	x, dx, other, dOther := s.Fake, s.DFake, s.Real, s.DReal
	if t.Of == OfReal {
		x, dx, other, dOther = s.Real, s.DReal, s.Fake, s.DFake
	}
	n, weight, target, sign := float64(len(x)), t.weight(s), t.Target, 1.0
	if t.Smoothed {
		target -= s.Smoothing
	}
	if t.Flip {
		sign = -1
	}
	mean := 0.0
	if t.Against == Mean {
		mean = MeanOf(other)
	}
	value, pull := 0.0, 0.0
	for i, v := range x {
		switch t.Against {
		case Mate:
			v -= other[i]
		case Mean:
			v -= mean
		}
		y, slope := t.Curve.at(sign*v, target)
		slope = sign * weight * slope / n
		value += y
		dx[i] += slope
		if t.Against == Mate {
			dOther[i] -= slope
		}
		pull += slope
	}
	if t.Against == Mean { // which has every score of the other side in it
		for i := range dOther {
			dOther[i] -= pull / float64(len(other))
		}
	}
	return weight * value / n
}

func (t *Term) weight(s *Scores) float64 {
	w := t.Weight
	if w == 0 {
		w = 1
	}
	if t.Drift {
		w *= s.Drift
	}
	return w
}
