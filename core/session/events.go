package session

import (
	"cmp"
	"math"
	"time"

	"ganvas/core/wire"
)

const (
	pointsEvery  = 50 * time.Millisecond // between Stepped events
	sheetsAtMost = 0.04                  // of the time may go into samples where nobody says otherwise
	sheetsEvery  = 300 * time.Millisecond
	pastEvery    = 300 * time.Millisecond // between Remembered events while the run goes on
)

// event completes an event with where the run is.
func (s *Session) event(e wire.Event) wire.Event {
	if s.run != nil {
		e.Step, e.Images, e.Epoch, e.Epochs = s.run.Steps(), s.run.Images(), s.run.Epoch(), s.run.GAN.Recipe.Epochs
		if s.run.paused { // else the rest of the step is about to come
			e.Updates = s.run.Updates()
		}
	}
	return e
}

// flush sends the points that have gathered.
func (s *Session) flush() {
	if s.run == nil || len(s.run.pacing.points) == 0 {
		return
	}
	s.run.pacing.lastPoint = s.Now()
	ms := s.run.meter.median()
	e, told := s.event(wire.Event{Type: wire.Stepped, Points: s.run.pacing.points, MsPerStep: ms, GFlops: s.run.GAN.StepFlops() / ms / 1e6}), s.run.pacing.told
	e.Step, e.Images, e.Epoch = told.Step, told.Images, told.Epoch
	s.Emit(e)
	s.run.pacing.points = nil
	s.diagnose(false)
}

// diagnose tells of the run's state when that has changed, or when there are new numbers to it.
func (s *Session) diagnose(anew bool) {
	f := s.run.doctor.Look()
	if f.State == s.run.found && !anew {
		return
	}
	s.run.found = f.State
	s.Emit(s.event(wire.Event{Type: wire.Diagnosed, Reason: string(f.State), Says: f.Says, Metrics: f.Values}))
}

// sample sends the fixed noise's images and says when they are due again.
func (s *Session) sample() {
	if !s.hear(true) { // which came before the pictures, and whose time is not theirs
		return
	}
	began := s.Now()
	sheet, pixels, err := s.run.Sheet()
	if err != nil {
		s.fail(err)
		return
	}
	s.flush()
	if finite(sheet) {
		s.Emit(s.event(wire.Event{Type: wire.Sampled, Sheet: sheet, Bytes: pixels}))
		s.remember(sheet, pixels)
	}
	cost := s.Now().Sub(began)
	s.run.pacing.nextSheet = s.Now().Add(max(sheetsEvery, time.Duration(float64(cost)/cmp.Or(s.looking(), sheetsAtMost))))
}

// finite reports whether D's verdict on every picture is a number; it is not while a run diverges, until a step finds that out.
func finite(s *wire.Sheet) bool {
	for _, scores := range [][]float32{s.FakeScores, s.RealScores} {
		for _, p := range scores {
			if v := float64(p); math.IsNaN(v) || math.IsInf(v, 0) {
				return false
			}
		}
	}
	return true
}
