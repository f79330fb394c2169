package quality

import (
	"fmt"

	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/quality/likeness"
	"ganvas/core/rng"
)

// unjudged measures pictures that the judge does not know, by how like real ones they are.
type unjudged struct {
	set      *data.Set
	eye      *likeness.Eye
	order    []int32 // of the real pictures: those to compare with first, then others
	half     int     // of them to compare with
	seen     int     // of them so far
	features []float64
	reals    *likeness.Reals
	fakes    []float64

	maker maker
}

// begin takes another set to compare with.
func (s *unjudged) begin(e engine.Engine, set *data.Set) (err error) {
	if s.eye != nil {
		s.eye.Release()
	}
	*s = unjudged{set: set}
	if s.half = min(gaugeReals, set.Len()/2); s.half < likeness.Least {
		return fmt.Errorf("the data set has %d pictures: measuring takes %d", set.Len(), 2*likeness.Least)
	}
	s.order = make([]int32, set.Len()) // classes may lie one behind the other
	for i := range s.order {
		s.order[i] = int32(i)
	}
	rng.New(1, "halves").Shuffle(s.order)
	s.order = s.order[:min(set.Len(), s.half+gaugeOthers)]
	s.eye, err = likeness.NewEye(e, gaugeRows, set.Shape())
	return err
}

// advance does one part of what a measurement takes, and returns it with the last part.
func (s *unjudged) advance(m *gan.GAN, rest func()) (map[string]float64, error) {
	switch {
	case s.seen < len(s.order):
		var b []byte
		for _, i := range s.order[s.seen:min(s.seen+gaugeRows, len(s.order))] {
			b = append(b, s.set.Pixels(int(i))...)
			s.seen++
		}
		s.features = s.eye.Look(s.features, b)
		return nil, nil
	case s.reals == nil:
		var err error
		s.reals, err = likeness.NewReals(s.features[:s.half*likeness.Features], s.features[s.half*likeness.Features:])
		s.features = nil
		return nil, err
	case len(s.fakes) < min(gaugeFakes, max(s.half, likeness.Least))*likeness.Features:
		return nil, s.look(m)
	}
	l, err := s.reals.Measure(s.fakes, rest)
	s.fakes = s.fakes[:0]
	return l.Map(), err
}

// look makes some more fakes and looks at them.
func (s *unjudged) look(m *gan.GAN) error {
	if s.maker.of != m {
		s.fakes = nil
	}
	b, err := s.maker.some(m, len(s.fakes) == 0)
	if err == nil {
		s.fakes = s.eye.Look(s.fakes, b)
	}
	return err
}
