// Package session is what a page or another program talks to: commands in, events out. Each command is in a file of its own; one
// session can lead others that share its batches.
package session

import (
	"errors"
	"time"

	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/quality"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// Session turns commands into events: one run at a time, which can be started, paused, stepped, changed, saved, loaded
// and asked for images. Nothing that a command asks for in vain disturbs the run that is going on.
type Session struct {
	Engine    engine.Engine                                        // of this program alone
	Shared    engine.Engine                                        // over a group that this program leads; nil without one
	Tell      func(Command)                                        // passes a command to the group's followers, in order
	Data      func(ctx run.Cancel, name string) (*data.Set, error) // the named data set; its rows may still be arriving
	Unpack    data.Unpacker                                        // of data that are handed over
	Memory    Memory                                               // for them
	Emit      func(wire.Event)
	Commands  <-chan Message
	Yield     func()                      // lets the host do its own work, between steps
	Now       func() time.Time            // nil: time.Now
	Peak      func(time.Duration) float64 // GFLOP/s of a bare loop of the kernels over about that time, 0 where there is none; may be nil
	JudgeFile func() ([]byte, error)      // fetches the judge's file, in its own time; nil: nothing is measured
	Doing     func(Doing)                 // is told what this program does now; may be nil
	Note      string                      // why the run has fewer threads or slower kernels than it could
	OpenGPU   func() (GPU, error)         // opens the visitor's GPU; nil where this program cannot
	Wanted    string                      // what is to compute: OnCPU, also "", OnGPU, OnHalf or Auto

	Begin    *Beginning         // the run that is here before any command; may be nil
	Own      *data.Set          // what dataset own means before any is handed over; may be nil
	Pictures func() float64     // share of the time that may go into pictures now, 0 while nobody looks; measurements and states that are kept follow it; nil: 0.04
	Heard    func(run.Reported) // is told what each step measured, which may be known some steps later; may be nil
	Stepped  func() bool        // is called after each step, before anything else is due; false where Hear has told it that the run failed; may be nil
	Leaving  func(*run.Trainer) // is told the run that another is about to take the place of, or none; may be nil
	Ended    func(error)        // is told that the run is over, or what it cannot go on after; may be nil

	run      *training // nil without one
	sets     sets
	gauge    *quality.Gauge
	gpu      graphics
	together bool // the followers are stepping with this program
	word     signal
	turns    turns
}

// Run serves commands and trains until ctx ends or the commands do.
func (s *Session) Run(ctx run.Cancel) error {
	if s.Now == nil {
		s.Now = time.Now
	}
	s.sets.open, s.sets.unpack, s.sets.memory = s.Data, s.Unpack, s.Memory
	s.gpu.fell = -1
	s.gauge = quality.FetchingGauge(s.Engine, s.JudgeFile)
	s.sets.own = s.Own
	if b := s.Begin; b != nil {
		s.begin(b.Trainer, b.Preset, b.Paused)
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if s.idle() {
			s.disband()
			if s.run != nil && !s.run.paused && !s.hear(true) { // it waits for another run
				continue
			}
			s.flush()
			s.doing(Resting)
			select {
			case <-ctx.Done():
				return ctx.Err()
			case m, open := <-s.Commands:
				if !open {
					return nil
				}
				s.do(ctx, m)
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case m, open := <-s.Commands:
			if !open {
				return nil
			}
			s.do(ctx, m)
			s.doing(Yielding)
			s.turns.give(s.Yield, s.Now, true)
		default:
			s.train()
			s.weigh(ctx)
			s.doing(Yielding)
			s.turns.give(s.Yield, s.Now, s.run == nil || !s.run.Samples().Whole())
		}
	}
}

func (s *Session) idle() bool {
	return s.run == nil || s.run.waits()
}

// train does one step, or an update of a slow one, so that commands are answered between its updates; and what is due after a step.
func (s *Session) train() {
	if !s.run.Ready() {
		s.wait()
		return
	}
	if s.run.meter.median() >= slow {
		s.update()
		return
	}
	if s.joined(step, s.run.Ahead) {
		s.stepped()
	}
}

// hear is come; false where the run has failed or gone back, which is told.
func (s *Session) hear(all bool) bool {
	err := s.come(all)
	if err != nil {
		s.fail(err)
	}
	return err == nil
}

// come takes in what steps have measured, with all what every step has that was begun.
func (s *Session) come(all bool) error {
	began := s.Now()
	came, err := s.run.Come(all)
	s.run.spent += s.Now().Sub(began)
	if n := len(came); n > 0 {
		each, paid := s.run.spent/time.Duration(n), time.Duration(float64(s.run.spent)*s.looking()/sheetsAtMost)
		s.gauge.Trained(paid)
		s.run.trained += paid
		s.run.spent = 0
		for _, r := range came {
			s.run.meter.add(each)
			s.run.pacing.points, s.run.pacing.told = append(s.run.pacing.points, r.Point), r
			s.run.doctor.Step(r.Point, r.Step)
			s.log(r)
			if s.Heard != nil {
				s.Heard(r)
			}
		}
	}
	return err
}

// stepped takes in what steps have measured and does what is due after one.
func (s *Session) stepped() {
	s.doing(Showing)
	if !s.hear(false) {
		return
	}
	if s.Stepped != nil && !s.Stepped() {
		return
	}
	now, share := s.Now(), s.looking()
	if now.Sub(s.run.pacing.lastPoint) >= pointsEvery {
		s.flush()
	}
	if share > 0 {
		if !s.run.paused && now.After(s.run.pacing.nextSheet) {
			s.sample()
		}
		s.measurePart()
		s.record()
	}
	if s.run.pacing.untold {
		s.tellPast()
	}
	if err := s.keepState(false); err != nil {
		s.fail(err)
		return
	}
	s.count()
}

// wait lets data arrive.
func (s *Session) wait() {
	if err := s.run.Samples().Err(); err != nil {
		s.fail(err)
		return
	}
	s.doing(Waiting)
	time.Sleep(time.Millisecond)
}

// count ends the run after its epochs, and a stepped run after its steps.
func (s *Session) count() {
	if s.run.left > 0 {
		s.run.left--
	}
	switch {
	case s.run.Done():
		s.pause()
		s.sample()
		s.Emit(s.event(wire.Event{Type: wire.Stopped, Reason: "finished"}))
		s.ended(nil)
	case s.run.left == 0:
		s.sample()
		s.pause()
	}
}

// fail reports a run that cannot go on; where it diverged it stays at its last good state, and where only the followers
// or the GPU are lost it goes on without them.
func (s *Session) fail(err error) (goesOn bool) {
	_ = s.come(false) // steps that have reported are told of before where the run is now
	s.run.spent = 0
	if s.lost() && s.alone() == nil || s.failedGPU() && s.leaveGPU() == nil {
		return true
	}
	reason := "failed"
	if errors.Is(err, run.ErrDiverged) {
		reason = "diverged"
		s.run.past.Back(s.run.Steps())
	}
	s.run.paused = true
	s.flush()
	s.Emit(s.event(wire.Event{Type: wire.Stopped, Reason: reason, Error: sentence(err)}))
	s.ended(err)
	return false
}

func (s *Session) pause() {
	s.run.paused, s.run.left = true, -1
	if err := s.come(true); err != nil && !s.fail(err) {
		return
	}
	s.flush()
	if err := s.keepState(true); err != nil && !s.lost() && !s.failedGPU() {
		s.fail(err)
		return
	}
	if s.run.pacing.untold {
		s.tellPast()
	}
	s.Emit(s.event(wire.Event{Type: wire.Paused}))
}
