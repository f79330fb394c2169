package session

import (
	"errors"
	"time"

	"ganvas/core/run"
	"ganvas/core/wire"
)

// measurePart does one part of the present measurement, if it is due.
func (s *Session) measurePart() {
	if m := s.gauge.Part(s.run.Trainer, s.Now, s.Yield); m != nil {
		s.tellQuality(m)
	}
}

// tellQuality sends a measurement, and what the doctor makes of it.
func (s *Session) tellQuality(m map[string]float64) {
	s.Emit(s.event(wire.Event{Type: wire.Measured, Metrics: m}))
	s.run.past.Log.Measured(s.run.Steps(), m)
	s.run.doctor.Measured(m)
	s.diagnose(true)
}

// Measure is answered with a whole measurement of the run as it is, the names and numbers of a Measured event.
type Measure struct{}

func (*Measure) command() {}

func (*Measure) do(s *Session, ctx run.Cancel) (Answer, error) {
	if !s.gauge.Can(s.run.Trainer) {
		return Answer{}, errors.New("this program has no judge to measure with")
	}
	s.gauge.Anew()
	for waited := s.Now(); ; {
		m, err := s.gauge.Next(s.run.Trainer, s.Yield)
		switch {
		case err != nil:
			return Answer{}, err
		case m != nil:
			s.tellQuality(m)
			return Answer{Data: m}, nil
		case ctx.Err() != nil:
			return Answer{}, ctx.Err()
		case s.gauge.Lacks(s.run.Trainer) && s.Now().Sub(waited) > patience:
			return Answer{}, errors.New("the digits to measure against have not arrived yet: try again in a moment")
		}
		if s.gauge.Fetching(s.run.Trainer) {
			time.Sleep(time.Millisecond)
		}
		if s.Yield != nil {
			s.Yield()
		}
	}
}

// patience is how long a measurement waits for what it needs.
const patience = 5 * time.Second
