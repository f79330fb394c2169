package session

import (
	"errors"
	"fmt"

	"ganvas/core/img"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// tape opens a tape, goes to a place on it, or makes a film of it. Training on, or saving, returns to the run's
// end first.
func (s *Session) tape(ctx run.Cancel, c wire.Command) (answer, error) {
	switch {
	case s.run == nil:
		return answer{}, errNoRun
	case !s.run.paused:
		return answer{}, errors.New("a tape is replayed while training pauses: pause it first")
	case len(c.Bytes) > 0:
		return s.openTape(c)
	case s.run.reel == nil:
		return answer{}, errors.New("there is no tape yet: open one first")
	case c.Format == "film":
		return s.film(ctx)
	case c.Format != "":
		return answer{}, fmt.Errorf("format is %q: a tape gives a film", c.Format)
	}
	if err := s.run.reel.Seek(c.Place); err != nil {
		return answer{}, err
	}
	sheet, pixels, err := s.run.Sheet()
	if err != nil {
		return answer{}, err
	}
	s.Emit(s.event(wire.Event{Type: wire.Sampled, Sheet: sheet, Bytes: pixels}))
	return answer{data: map[string]any{"step": s.run.reel.Step(c.Place)}}, nil
}

// openTape leaves the generator as it is: at the tape's end.
func (s *Session) openTape(c wire.Command) (answer, error) {
	if err := s.leaveTape(); err != nil {
		return answer{}, err
	}
	f, err := decode(c)
	if err != nil {
		return answer{}, err
	}
	reel, err := run.NewReplay(s.run.GAN, f)
	if err != nil {
		return answer{}, err
	}
	s.run.reel = reel
	return answer{data: map[string]any{"steps": reel.Steps(), "perEpoch": s.run.StepsPerEpoch()}}, nil
}

// leaveTape brings the generator back to the run's end and forgets the tape: what is trained or saved from here is the
// run.
func (s *Session) leaveTape() error {
	if s.run.reel == nil {
		return nil
	}
	reel := s.run.reel
	s.run.reel = nil
	return reel.End()
}

const (
	filmFrames = 5 // from one moment of a tape to the next
	filmRate   = 6 // hundredths of a second for each
)

// film draws the fixed noise's images along the tape; the generator is at the run's end afterwards.
func (s *Session) film(ctx run.Cancel) (answer, error) {
	frames, last := [][]byte(nil), len(s.run.reel.Steps())-1
	shape := s.run.GAN.Data.Sample
	for k := range last*filmFrames + 1 {
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		if err := s.run.reel.Seek(float64(k) / filmFrames); err != nil {
			return answer{}, err
		}
		sheet, pixels, err := s.run.Sheet()
		if err != nil {
			return answer{}, err
		}
		frames = append(frames, pixels[:sheet.Fakes*shape.Size()])
		if s.Yield != nil {
			s.Yield()
		}
	}
	return drawn(img.Grid{Sample: shape, Columns: 8, Gap: 2, Scale: 2}, frames, filmRate)
}
