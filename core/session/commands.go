package session

import (
	"errors"
	"fmt"
	"slices"
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

// command is one row of what can be asked of a session.
type command struct {
	name wire.CommandType
	do   func(*Session, run.Cancel, wire.Command) (answer, error)
	// aside: the leader can carry it out by itself between two steps, while the followers stay with it: it asks no other
	// program for anything and changes nothing that training reads.
	aside bool
}

// commands is the table of what can be asked of a session. A slice and no map: the compiler lays it out, which spares the
// code that would fill one.
var commands = []command{
	{name: wire.Start, do: (*Session).start},
	{name: wire.Pause, do: (*Session).doPause},
	{name: wire.Resume, do: (*Session).doResume},
	{name: wire.StepN, do: (*Session).stepN},
	{name: wire.Set, do: (*Session).set},
	{name: wire.Save, do: (*Session).save},
	{name: wire.Load, do: (*Session).load},
	{name: wire.Generate, do: (*Session).generate, aside: true},
	{name: wire.Verify, do: (*Session).verify},
	{name: wire.Bench, do: (*Session).bench},
	{name: wire.Describe, do: (*Session).describe},
	{name: wire.Resample, do: (*Session).resample},
	{name: wire.Measure, do: (*Session).measure},
	{name: wire.Export, do: (*Session).export},
	{name: wire.History, do: (*Session).doHistory},
	{name: wire.Moment, do: (*Session).moment},
	{name: wire.Branch, do: (*Session).branch},
	{name: wire.Hold, do: (*Session).doHold},
	{name: wire.Inspect, do: (*Session).inspect, aside: true},
	{name: wire.Wish, do: (*Session).wish, aside: true},
	{name: wire.Noise, do: (*Session).noise, aside: true},
	{name: wire.Sway, do: (*Session).sway, aside: true},
	{name: wire.Verdict, do: (*Session).verdict, aside: true},
	{name: wire.Deal, do: (*Session).deal, aside: true},
	{name: wire.Data, do: (*Session).takeData},
	{name: wire.Tape, do: (*Session).tape},
	{name: wire.Stop, do: (*Session).stop},
}

// do carries out one command and answers it.
func (s *Session) do(ctx run.Cancel, c wire.Command) {
	at := slices.IndexFunc(commands, func(k command) bool { return k.name == c.Type })
	if at < 0 {
		s.Emit(wire.Event{Type: wire.Answered, ID: c.ID, Error: fmt.Sprintf("There is no command %q.", c.Type)})
		return
	}
	asked := &commands[at]
	if !asked.aside {
		s.disband()
	}
	if s.lost() {
		if err := s.alone(); err != nil {
			s.fail(err)
		}
	}
	s.doing(Answering)
	a, err := asked.do(s, ctx, c)
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
