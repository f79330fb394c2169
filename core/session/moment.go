package session

import (
	"errors"
	"slices"

	"ganvas/core/run"
	"ganvas/core/wire"
)

// Moment is answered with the remembered pictures nearest to a step, as the bytes of a sheet.
type Moment struct {
	Step int `json:"step"`
}

// Shown is when those pictures were shown, and what they are.
type Shown struct {
	Step   int         `json:"step"`
	Images int         `json:"images"`
	Epoch  int         `json:"epoch"`
	Sheet  *wire.Sheet `json:"sheet"`
}

func (*Moment) command() {}

func (c *Moment) do(s *Session, _ run.Cancel) (Answer, error) {
	m, ok := s.run.past.MomentAt(c.Step)
	if !ok {
		return Answer{}, errors.New("the run remembers no pictures yet")
	}
	return Answer{Bytes: slices.Concat(m.Fakes, m.Reals, m.Field), Data: Shown{Step: m.Step, Images: m.Images, Epoch: m.Epoch, Sheet: m.Sheet}}, nil
}
