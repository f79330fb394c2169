package session

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"ganvas/core/run"
	"ganvas/core/weights"
	"ganvas/core/wire"
)

// answer is what a command gives back.
type answer struct {
	bytes []byte
	data  map[string]any
}

// commands is the table of what can be asked of a session.
var commands = map[wire.CommandType]func(*Session, run.Cancel, wire.Command) (answer, error){
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
func (s *Session) do(ctx run.Cancel, c wire.Command) {
	f, known := commands[c.Type]
	if !known {
		s.Emit(wire.Event{Type: wire.Answered, ID: c.ID, Error: fmt.Sprintf("There is no command %q.", c.Type)})
		return
	}
	if !aside[c.Type] {
		s.disband()
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
	if s.run != nil {
		e.Data = withSample(e.Data, s.run.Trainer)
	}
	s.Emit(e)
}

// withSample adds the size of one sample, which a page needs to read bytes as images.
func withSample(d map[string]any, t *run.Trainer) map[string]any {
	if d == nil {
		d = map[string]any{}
	}
	d["height"], d["width"] = run.Extent(t.GAN)
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
