package session

import (
	"ganvas/core/past"
	"ganvas/core/quality/doctor"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// begin takes a trainer as the session's run and announces it.
func (s *Session) begin(t *run.Trainer, preset string, paused bool) {
	s.beginWith(t, preset, paused, past.Past{}, false)
}

// beginWith is begin for a run that has a past, or with which the one before continues.
func (s *Session) beginWith(t *run.Trainer, preset string, paused bool, p past.Past, continues bool) {
	s.release()
	s.run = &training{Trainer: t, preset: preset, paused: paused, left: -1, past: p, stateAt: s.Now(), doctor: doctor.New(t.GAN.Recipe.Loss)}
	s.announce(wire.Started, continues)
	if !s.onGPU() {
		s.closeGPU()
	} else if err := s.keepState(true); err != nil { // so that there is one to go back to if the GPU fails
		s.fail(err)
	}
	s.sample()
	if paused {
		s.Emit(s.event(wire.Event{Type: wire.Paused}))
	}
}

// release gives back the memory of the run that is here, if any, which nothing uses any more.
func (s *Session) release() {
	if s.run != nil {
		if s.Leaving != nil {
			s.Leaving(s.run.Trainer)
		}
		s.run.GAN.Release()
		s.run = nil
	}
	s.gauge.Restart()
}

func (s *Session) announce(kind wire.EventType, continues bool) { s.Emit(s.described(kind, continues)) }

// described is an event that says all of the run.
func (s *Session) described(kind wire.EventType, continues bool) wire.Event {
	m := s.run.GAN
	r := m.Recipe.Clone()
	var noise []byte
	if kind == wire.Started {
		noise = s.run.FixedBytes()
	}
	return s.event(wire.Event{Type: kind, Bytes: noise, Recipe: &r, Preset: s.run.preset, Engine: m.Engine.Name(), Threads: m.Engine.Threads(),
		Continues: continues, Scores: m.Scores(), Fresh: s.run.Fresh(), Note: s.notes(), Weights: &wire.Weights{G: m.G.Count(), D: m.D.Count()}, Sample: m.Data.Sample, Classes: m.Data.Classes, Names: m.Classes, Digest: s.run.Digest()})
}
