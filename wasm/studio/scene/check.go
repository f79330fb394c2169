package scene

import (
	"errors"

	"ganvas/core/wire"
)

// most bounds a sheet's pixels: a texture of that many pixels is possible everywhere.
const most = 1 << 24

// Check tells whether a sheet agrees with its bytes and verdicts.
func Check(s *wire.Sheet, bytes int) error {
	n := s.Fakes + s.Reals
	switch {
	case s.Sample.Check() != nil || s.Fakes < 0 || s.Reals < 0 || n == 0:
		return errors.New("the sheet is empty")
	case s.Field < 0 || s.Field > 4096:
		return errors.New("the sheet's field is impossible")
	case n > most || s.Sample.Area() > most/n || n*s.Sample.Size()+s.Field*s.Field != bytes:
		return errors.New("the sheet's bytes are not those of its pictures")
	case !(s.Fresh && len(s.FakeScores)+len(s.RealScores) == 0) && (len(s.FakeScores) != s.Fakes || len(s.RealScores) != s.Reals):
		return errors.New("the sheet's verdicts are not as many as its pictures")
	case len(s.FakeLabels) > 0 && len(s.FakeLabels) != s.Fakes || len(s.RealLabels) > 0 && len(s.RealLabels) != s.Reals:
		return errors.New("the sheet's labels are not as many as its pictures")
	}
	return nil
}

// SameForm tells whether two sheets take the same place.
func SameForm(a, b *wire.Sheet) bool {
	return a.Sample == b.Sample && a.Fakes == b.Fakes && a.Reals == b.Reals &&
		len(a.FakeLabels) == len(b.FakeLabels) && len(a.RealLabels) == len(b.RealLabels)
}
