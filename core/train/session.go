package train

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/past"
	"ganvas/core/quality/doctor"
	"ganvas/core/wire"
)

// Session turns commands into events: one run at a time, which can be started, paused, stepped, changed, saved, loaded
// and asked for images. Nothing that a command asks for in vain disturbs the run that is going on.
type Session struct {
	Engine   engine.Engine                                    // of this program alone
	Shared   engine.Engine                                    // over a group that this program leads; nil without one
	Tell     func(wire.Command)                               // passes a command to the group's followers, in order
	Data     func(ctx Ending, name string) (*data.Set, error) // the named data set; its rows may still be arriving
	Unpack   data.Unpacker                                    // of data that are handed over
	Emit     func(wire.Event)
	Commands <-chan wire.Command
	Yield    func()                      // lets the host do its own work, between steps
	Now      func() time.Time            // nil: time.Now
	Peak     func(time.Duration) float64 // GFLOP/s of a bare loop of the kernels over about that time, 0 where there is none; may be nil
	Judge    func() ([]byte, error)      // fetches the judge's file, in its own time; nil: nothing is measured
	Doing    func(Doing)                 // is told what this program does now; may be nil
	Note     string                      // why the run has fewer threads or slower kernels than it could

	t        *Trainer
	sets     sets
	together bool // the followers are stepping with this program
	word     signal
	preset   string
	paused   bool
	left     int           // steps still to do before pausing; < 0: no end
	spent    time.Duration // on the step that is under way
	meter    meter
	pacing   pacing
	hold     int // step to train no further than, 0 for none
	past     past.Past
	stateAt  time.Time // when a whole state was last kept
	reel     *Replay   // the open tape
	gauge    gauge
	inside   inside
	doctor   *doctor.Doctor
	found    doctor.State // what it said last
	slice    slice
}

const (
	pointsEvery  = 50 * time.Millisecond // between Stepped events
	sheetsAtMost = 0.04                  // of the time may go into samples
	sheetsEvery  = 300 * time.Millisecond
	pastEvery    = 300 * time.Millisecond // between Remembered events while the run goes on
	dotsEvery    = 500 * time.Millisecond // between measurements of points, which cost next to nothing
)

// pacing says when events are due.
type pacing struct {
	points    []wire.Point
	lastPoint time.Time
	nextSheet time.Time
	lastPast  time.Time
	untold    bool // the past has grown since
}

// Run serves commands and trains until ctx ends or the commands do.
func (s *Session) Run(ctx Ending) error {
	if s.Now == nil {
		s.Now = time.Now
	}
	s.sets.open, s.sets.unpack = s.Data, s.Unpack
	for {
		if s.idle() {
			s.apart()
			s.flush()
			s.doing(Resting)
			select {
			case <-ctx.Done():
				return ctx.Err()
			case c, open := <-s.Commands:
				if !open {
					return nil
				}
				s.do(ctx, c)
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case c, open := <-s.Commands:
			if !open {
				return nil
			}
			s.do(ctx, c)
			s.doing(Yielding)
			s.slice.yield(s.Yield, s.Now, true)
		default:
			s.train()
			s.doing(Yielding)
			s.slice.yield(s.Yield, s.Now, s.t == nil || !s.t.set.Whole())
		}
	}
}

func (s *Session) idle() bool {
	return s.t == nil || s.paused || s.hold > 0 && s.t.Steps() >= s.hold
}

// train does one step and what is due after it.
func (s *Session) train() {
	if !s.t.Ready() {
		s.wait()
		return
	}
	if s.joined(step, func() (err error) { _, err = s.t.Step(); return err }) {
		s.stepped()
	}
}

// stepped takes in what a step measured and does what is due after it.
func (s *Session) stepped() {
	s.doing(Showing)
	now, p := s.Now(), s.t.Point()
	s.meter.add(s.spent)
	s.gauge.trained += s.spent
	s.spent = 0
	s.pacing.points = append(s.pacing.points, p)
	s.doctor.Step(p, s.t.Steps())
	s.log(p)
	if now.Sub(s.pacing.lastPoint) >= pointsEvery {
		s.flush()
	}
	if !s.paused && now.After(s.pacing.nextSheet) {
		s.sample()
	}
	s.gaugePart()
	s.record()
	if s.pacing.untold {
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
	if err := s.t.set.Err(); err != nil {
		s.fail(err)
		return
	}
	s.doing(Waiting)
	time.Sleep(time.Millisecond)
}

// count ends the run after its epochs, and a stepped run after its steps.
func (s *Session) count() {
	if s.left > 0 {
		s.left--
	}
	switch {
	case s.t.Done():
		s.pause()
		s.sample()
		s.Emit(s.event(wire.Event{Type: wire.Stopped, Reason: "finished"}))
	case s.left == 0:
		s.sample()
		s.pause()
	}
}

// fail reports a run that cannot go on; where it diverged it stays at its last good state, and where only the followers
// are lost it goes on without them.
func (s *Session) fail(err error) {
	if s.lost() && s.alone() == nil {
		return
	}
	reason := "failed"
	if errors.Is(err, ErrDiverged) {
		reason = "diverged"
		s.past.Back(s.t.Steps())
	}
	s.paused = true
	s.flush()
	s.Emit(s.event(wire.Event{Type: wire.Stopped, Reason: reason, Error: sentence(err)}))
}

func (s *Session) pause() {
	s.paused, s.left = true, -1
	s.flush()
	if err := s.keepState(true); err != nil && !s.lost() {
		s.fail(err)
		return
	}
	if s.pacing.untold {
		s.tellPast()
	}
	s.Emit(s.event(wire.Event{Type: wire.Paused}))
}

// event completes an event with where the run is.
func (s *Session) event(e wire.Event) wire.Event {
	if s.t != nil {
		e.Step, e.Images, e.Epoch, e.Epochs = s.t.Steps(), s.t.Images(), s.t.Epoch(), s.t.GAN.Recipe.Epochs
		e.Updates = s.t.Updates()
	}
	return e
}

// flush sends the points that have gathered.
func (s *Session) flush() {
	if len(s.pacing.points) == 0 {
		return
	}
	s.pacing.lastPoint = s.Now()
	ms := s.meter.median()
	s.Emit(s.event(wire.Event{Type: wire.Stepped, Points: s.pacing.points, MsPerStep: ms, GFlops: s.t.GAN.StepFlops() / ms / 1e6}))
	s.pacing.points = nil
	s.diagnose(false)
}

// diagnose tells of the run's state when that has changed, or when there are new numbers to it.
func (s *Session) diagnose(anew bool) {
	f := s.doctor.Look()
	if f.State == s.found && !anew {
		return
	}
	s.found = f.State
	s.Emit(s.event(wire.Event{Type: wire.Diagnosed, Reason: string(f.State), Says: f.Says, Metrics: f.Values}))
}

// sample sends the fixed noise's images and says when they are due again.
func (s *Session) sample() {
	began := s.Now()
	sheet, pixels, err := s.t.Sheet()
	if err != nil {
		s.fail(err)
		return
	}
	s.flush()
	if judged(sheet) {
		s.Emit(s.event(wire.Event{Type: wire.Sampled, Sheet: sheet, Bytes: pixels}))
		s.remember(sheet, pixels)
	}
	cost := s.Now().Sub(began)
	s.pacing.nextSheet = s.Now().Add(max(sheetsEvery, time.Duration(float64(cost)/sheetsAtMost)))
}

// begin takes a trainer as the session's run and announces it.
func (s *Session) begin(t *Trainer, preset string, paused bool) {
	s.beginWith(t, preset, paused, past.Past{}, false)
}

// beginWith is begin for a run that has a past, or with which the one before continues.
func (s *Session) beginWith(t *Trainer, preset string, paused bool, p past.Past, continues bool) {
	s.t, s.preset, s.paused, s.left, s.hold = t, preset, paused, -1, 0
	s.meter, s.pacing, s.past, s.stateAt = meter{}, pacing{}, p, s.Now()
	s.spent, s.reel = 0, nil
	s.gauge.restart()
	s.inside = inside{}
	s.doctor, s.found = doctor.New(t.GAN.Recipe.Loss), ""
	s.announce(wire.Started, continues)
	s.sample()
	if paused {
		s.Emit(s.event(wire.Event{Type: wire.Paused}))
	}
}

func (s *Session) announce(kind wire.EventType, continues bool) {
	m := s.t.GAN
	r := m.Recipe.Clone()
	var noise []byte
	if kind == wire.Started {
		noise = s.t.fixed.bytes()
	}
	s.Emit(s.event(wire.Event{Type: kind, Bytes: noise, Recipe: &r, Preset: s.preset, Engine: m.Engine.Name(), Threads: m.Engine.Threads(),
		Continues: continues, Scores: m.Scores(), Fresh: s.t.Fresh(), Note: s.Note, Weights: &wire.Weights{G: m.G.Count(), D: m.D.Count()}, Classes: m.Data.Classes, Digest: s.t.digest()}))
}

// recipe is the one that a command asks for: a preset's, or classic's, with fields of its own.
func recipe(c wire.Command) (config.Recipe, error) {
	name := c.Preset
	if name == "" {
		name = "classic"
	}
	r, err := config.FindPreset(name)
	if err != nil {
		return r, err
	}
	for field, v := range c.Recipe {
		if err := r.Set(field, text(v)); err != nil {
			return r, err
		}
	}
	return r, r.Validate()
}

// text is a JSON value in the form that a field takes.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		out := ""
		for i, x := range v {
			if i > 0 {
				out += "-"
			}
			out += text(x)
		}
		return out
	case float64: // whole numbers without an exponent
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}
