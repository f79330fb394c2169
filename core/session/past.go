package session

import (
	"time"

	"ganvas/core/past"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// stateEvery is how much time lies between whole states at most, for runs whose steps are slow; others keep the guard's.
const stateEvery = 20 * time.Second

// remember takes a sheet into the run's past, and says what is in it now. What a tape shows is another run's.
func (s *Session) remember(sheet *wire.Sheet, pixels []byte) {
	if s.run.tape != nil {
		return
	}
	t := s.run.Trainer
	s.run.past.AddMoment(past.Moment{Step: t.Steps(), Images: t.Images(), Epoch: t.Epoch(), Sheet: sheet}, pixels)
	s.tellPast()
}

// tellPast says what the run remembers: at once while it rests, and while it trains as often as a page can show it.
func (s *Session) tellPast() {
	now := s.Now()
	if s.run.pacing.untold = !s.run.paused && now.Sub(s.run.pacing.lastPast) < pastEvery; s.run.pacing.untold {
		return
	}
	s.run.pacing.lastPast = now
	s.Emit(s.event(wire.Event{Type: wire.Remembered, Data: s.remembered()}))
}

// keepState takes whole states into the run's past: each one that the guard keeps, which costs nothing, and a copy of the
// run as it is when it pauses and now and then.
func (s *Session) keepState(pausing bool) error {
	if s.run.Updates() > 0 || s.run.tape != nil {
		return nil
	}
	newest := -1
	if n := len(s.run.past.States); n > 0 {
		newest = s.run.past.States[n-1].Step
	}
	step, now := s.run.Steps(), s.Now()
	if good, at := s.run.Good(); good != nil && at > newest {
		s.run.past.AddState(at, good)
		newest, s.run.stateAt = at, now
		s.tellPast()
	}
	if newest == step || !pausing && (s.looking() == 0 || now.Sub(s.run.stateAt) <= stateEvery) {
		return nil
	}
	s.disband()
	f, err := s.run.Checkpoint(false)
	if err != nil || f.FirstNonFinite() != "" {
		return err
	}
	s.run.past.AddState(step, f)
	s.run.stateAt = now
	s.tellPast()
	return nil
}

// log writes a step down.
func (s *Session) log(r run.Reported) {
	if s.run.GAN.Scores() {
		r.PReal, r.PFake = r.SReal, r.SFake
	}
	s.run.past.Log.Add(past.Row{Step: r.Step, Epoch: r.Epoch, Images: r.Images, Point: r.Point})
}
