package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

// Place sets the generator to a place on the open tape, and sends what it draws there in a Sampled event.
type Place struct {
	Place float64 `json:"place"` // the number of a moment, or between two
}

// At is where in the run that is.
type At struct {
	Step int `json:"step"`
}

func (*Place) command() {}

func (c *Place) do(s *Session, _ run.Cancel) (Answer, error) {
	tape, err := s.tape()
	if err != nil {
		return Answer{}, err
	}
	if err := tape.Seek(c.Place); err != nil {
		return Answer{}, err
	}
	sheet, pixels, err := s.run.Sheet()
	if err != nil {
		return Answer{}, err
	}
	s.Emit(s.event(wire.Event{Type: wire.Sampled, Sheet: sheet, Bytes: pixels}))
	return Answer{Data: At{tape.Step(c.Place)}}, nil
}
