package train

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"ganvas/core/config"
	"ganvas/core/gan"
	"ganvas/core/past"
	"ganvas/core/weights"
	"ganvas/core/wire"
)

// answer is what a command gives back.
type answer struct {
	bytes []byte
	data  map[string]any
}

// commands is the table of what can be asked of a session.
var commands = map[wire.CommandType]func(*Session, Ending, wire.Command) (answer, error){
	wire.Start:    (*Session).start,
	wire.Pause:    (*Session).doPause,
	wire.Resume:   (*Session).doResume,
	wire.StepN:    (*Session).stepN,
	wire.Set:      (*Session).set,
	wire.Save:     (*Session).save,
	wire.Load:     (*Session).load,
	wire.Generate: (*Session).generate,
	wire.Verify:   (*Session).verify,
	wire.Bench:    (*Session).bench,
	wire.Describe: (*Session).describe,
	wire.Resample: (*Session).resample,
	wire.Measure:  (*Session).measure,
	wire.Export:   (*Session).export,
	wire.History:  (*Session).doHistory,
	wire.Moment:   (*Session).moment,
	wire.Branch:   (*Session).branch,
	wire.Hold:     (*Session).doHold,
	wire.Inspect:  (*Session).inspect,
	wire.Wish:     (*Session).wish,
	wire.Noise:    (*Session).noise,
	wire.Sway:     (*Session).sway,
	wire.Verdict:  (*Session).verdict,
	wire.Deal:     (*Session).deal,
	wire.Data:     (*Session).takeData,
	wire.Tape:     (*Session).tape,
	wire.Stop:     (*Session).stop,
}

// aside is the commands that the leader can carry out by itself between two steps, while the followers stay with it: they
// ask no other program for anything and change nothing that training reads.
var aside = map[wire.CommandType]bool{wire.Inspect: true, wire.Wish: true, wire.Generate: true, wire.Noise: true, wire.Sway: true,
	wire.Verdict: true, wire.Deal: true}

// do carries out one command and answers it.
func (s *Session) do(ctx Ending, c wire.Command) {
	f, known := commands[c.Type]
	if !known {
		s.Emit(wire.Event{Type: wire.Answered, ID: c.ID, Error: fmt.Sprintf("There is no command %q.", c.Type)})
		return
	}
	if !aside[c.Type] {
		s.apart()
	}
	if s.lost() {
		if err := s.alone(); err != nil {
			s.fail(err)
		}
	}
	s.doing(Answering)
	a, err := f(s, ctx, c)
	e := s.event(wire.Event{Type: wire.Answered, ID: c.ID, Bytes: a.bytes, Data: a.data})
	if err != nil {
		e.Error = sentence(err)
	}
	if errors.As(err, new(weights.Damaged)) { // which whoever changed the file on purpose may overrule
		e.Data = map[string]any{"damaged": true}
	}
	if s.t != nil {
		e.Data = withSample(e.Data, s.t)
	}
	s.Emit(e)
}

// withSample adds the size of one sample, which a page needs to read bytes as images.
func withSample(d map[string]any, t *Trainer) map[string]any {
	if d == nil {
		d = map[string]any{}
	}
	d["height"], d["width"] = Extent(t.GAN)
	return d
}

// sentence writes an error as one sentence for a person.
func sentence(err error) string {
	text := strings.TrimSpace(err.Error())
	first, n := utf8.DecodeRuneInString(text)
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return string(unicode.ToUpper(first)) + text[n:]
}

var (
	errNoRun = fmt.Errorf("there is no run yet: start one first")
	errOver  = fmt.Errorf("the run is over: raise epochs to go on, or start anew")
)

func (s *Session) start(ctx Ending, c wire.Command) (answer, error) {
	if len(c.Bytes) > 0 {
		return s.load(ctx, c)
	}
	r, err := recipe(c)
	if err != nil {
		return answer{}, err
	}
	if c.Same && s.another(r) {
		return elsewhere(), nil
	}
	set, err := s.sets.find(ctx, r.Dataset)
	if err != nil {
		return answer{}, err
	}
	if c.Same && s.otherData(dataOf(set)) {
		return elsewhere(), nil
	}
	t, err := New(s.engine(r.Batch), r, set)
	if err != nil {
		return answer{}, err
	}
	s.tell(t, wire.Command{Type: wire.Start, Recipe: asMap(r)})
	preset := c.Preset
	if len(c.Recipe) > 0 {
		preset = ""
	}
	s.begin(t, preset, c.Paused)
	return answer{}, nil
}

// elsewhere is the answer to a start or load that asks for the present run's memory and would take other memory.
func elsewhere() answer { return answer{data: map[string]any{"another": true}} }

// another reports whether a run of the recipe would take other memory than the one that is here, if any.
func (s *Session) another(r config.Recipe) bool { return s.t != nil && !r.Alike(s.t.GAN.Recipe) }

// otherData is another for the data.
func (s *Session) otherData(d gan.Data) bool { return s.t != nil && d != s.t.GAN.Data }

func (s *Session) doPause(Ending, wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	if !s.paused {
		s.pause()
	}
	return answer{}, nil
}

func (s *Session) doResume(Ending, wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	if s.t.Done() {
		return answer{}, errOver
	}
	if err := s.t.lacks(); err != nil {
		return answer{}, err
	}
	if err := s.leaveTape(); err != nil {
		return answer{}, err
	}
	if s.paused || s.left >= 0 {
		s.paused, s.left = false, -1
		s.Emit(s.event(wire.Event{Type: wire.Resumed}))
	}
	return answer{}, nil
}

// doHold lets the run train up to step N and no further.
func (s *Session) doHold(_ Ending, c wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	if c.N < 0 {
		return answer{}, fmt.Errorf("step %d: it must be 0 or a step to hold at", c.N)
	}
	s.hold = c.N
	return answer{}, nil
}

func (s *Session) set(_ Ending, c wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	if err := s.t.Set(c.Field, c.Value); err != nil {
		return answer{}, err
	}
	s.tell(s.t, wire.Command{Type: wire.Set, Field: c.Field, Value: c.Value})
	s.announce(wire.Changed, true)
	return answer{}, nil
}

func (s *Session) save(_ Ending, c wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	if err := s.whole(); err != nil {
		return answer{}, err
	}
	if err := s.leaveTape(); err != nil {
		return answer{}, err
	}
	f, err := s.t.Checkpoint(c.WeightsOnly)
	if err != nil {
		return answer{}, err
	}
	b, err := f.Encode()
	return answer{bytes: b}, err
}

// load goes on with a checkpoint's run, paused unless the command says otherwise.
func (s *Session) load(ctx Ending, c wire.Command) (answer, error) {
	f, err := decode(c)
	if err != nil {
		return answer{}, err
	}
	in, err := Inspect(f)
	if err != nil {
		return answer{}, err
	}
	if c.Same && (s.another(in.Recipe) || s.otherData(in.Data)) {
		return elsewhere(), nil
	}
	set, lacks, err := s.sets.of(ctx, in, c.OtherData)
	if err != nil {
		return answer{}, err
	}
	t, err := ResumeOn(s.engine(in.Recipe.Batch), f, set, in.Recipe)
	if err != nil {
		return answer{}, err
	}
	s.tell(t, wire.Command{Type: wire.Load, Bytes: c.Bytes, Changed: c.Changed, OtherData: c.OtherData})
	if t.Done() && !in.Resumable { // its epochs are over, but only weights came of them: as many again for whoever trains on
		more := fmt.Sprint(2 * in.Recipe.Epochs)
		if err := t.Set("epochs", more); err != nil {
			return answer{}, err
		}
		s.tell(t, wire.Command{Type: wire.Set, Field: "epochs", Value: more})
	}
	nearest, _ := in.Recipe.Nearest()
	s.beginWith(t, nearest.Name, c.Paused, past.Past{}, c.Continues)
	about := map[string]any{"discriminator": in.Discriminator, "resumable": in.Resumable, "checked": in.Checked}
	if lacks != nil { // somebody's own data that are not here are no reason not to generate
		about["missing"], about["set"], about["samples"] = sentence(lacks), in.Set, in.Samples
		about["otherData"] = errors.Is(lacks, ErrOtherData)
	}
	return answer{data: about}, nil
}

// decode reads a command's file, which may have been changed on purpose where the command says so.
func decode(c wire.Command) (*weights.File, error) {
	if c.Changed {
		return weights.DecodeChanged(c.Bytes)
	}
	return weights.Decode(c.Bytes)
}

// takeData hands a data set over; the run that goes on keeps its own.
func (s *Session) takeData(_ Ending, c wire.Command) (answer, error) {
	set, err := s.sets.take(c)
	if err != nil {
		return answer{}, err
	}
	if s.Shared != nil && s.Shared.Err() == nil {
		s.Tell(c)
	}
	shape, look := set.Shape(), set.Look()
	return answer{data: map[string]any{"name": set.Name(), "count": set.Len(), "classes": set.Classes(), "setHeight": shape[1], "setWidth": shape[2],
		"digest": look.Digest, "flat": look.Flat}}, nil
}

func (s *Session) generate(_ Ending, c wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	if len(c.Bytes) > 0 {
		return s.generateFrom(c)
	}
	b, err := Make(s.t.GAN, Wish{Count: c.Count, Seed: c.Seed, Digit: c.Digit, Text: c.Text, To: c.To, At: c.At})
	return answer{bytes: b}, err
}

func (s *Session) resample(Ending, wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	s.sample()
	return answer{}, nil
}

func (s *Session) stop(Ending, wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	s.flush()
	s.Emit(s.event(wire.Event{Type: wire.Stopped, Reason: "stopped"}))
	s.t, s.paused, s.reel = nil, false, nil
	return answer{}, nil
}
