package session

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"ganvas/core/run"
	"ganvas/core/weights"
	"ganvas/core/wire"
)

// Command is one thing that can be asked of a session. Each is a type of its own, in the file with its handler; as JSON it is
// its fields beside "type", its name. The handlers are no part of the interface: the linker would keep all methods of every type
// that a session is made of, 40 kB of the page's trainer.
type Command interface{ command() }

// Answer is what a command gives back: a value for JSON, of the type that stands beside the command, and bytes.
type Answer struct {
	Data  any
	Bytes []byte
}

// Message is a command that is answered under its ID; with ID 0 nobody waits for the answer.
type Message struct {
	ID      int
	Command Command
}

// carrier is a command that bytes travel with, beside its JSON.
type carrier interface{ beside() *[]byte }

// when says when a command can be carried out.
type when int

const (
	always  when = iota
	withRun      // there is a run
	// aside is also only with a run. The leader can carry it out by itself between two steps, while the followers stay with it:
	// it asks no other program for anything and changes nothing that training reads.
	aside
)

// known is a row of the table: a type of command.
type known struct {
	name string
	when when
	kind Command // a nil pointer
	do   func(Command, *Session, run.Cancel) (Answer, error)
}

// empty is a new command of the row's type.
func (k *known) empty() Command {
	return reflect.New(reflect.TypeOf(k.kind).Elem()).Interface().(Command)
}

// do carries out a command of type C. It is compiled once for all of them, which are pointers.
func do[C interface {
	Command
	do(*Session, run.Cancel) (Answer, error)
}](c Command, s *Session, ctx run.Cancel) (Answer, error) {
	return c.(C).do(s, ctx)
}

// commands is the table of what can be asked of a session, and of the programs that follow one.
var commands = []known{
	{"start", always, (*Start)(nil), do[*Start]},
	{"load", always, (*Load)(nil), do[*Load]},
	{"pause", withRun, (*Pause)(nil), do[*Pause]},
	{"resume", withRun, (*Resume)(nil), do[*Resume]},
	{"step", withRun, (*Step)(nil), do[*Step]},
	{"hold", withRun, (*Hold)(nil), do[*Hold]},
	{"set", withRun, (*Set)(nil), do[*Set]},
	{"branch", withRun, (*Branch)(nil), do[*Branch]},
	{"stop", withRun, (*Stop)(nil), do[*Stop]},
	{"save", withRun, (*Save)(nil), do[*Save]},
	{"data", always, (*Data)(nil), do[*Data]},
	{"describe", always, (*Describe)(nil), do[*Describe]},
	{"bench", always, (*Bench)(nil), do[*Bench]},
	{"verify", always, (*Verify)(nil), do[*Verify]},
	{"resample", withRun, (*Resample)(nil), do[*Resample]},
	{"measure", withRun, (*Measure)(nil), do[*Measure]},
	{"history", withRun, (*History)(nil), do[*History]},
	{"moment", withRun, (*Moment)(nil), do[*Moment]},
	{"picture", withRun, (*Picture)(nil), do[*Picture]},
	{"table", withRun, (*Table)(nil), do[*Table]},
	{"tape", withRun, (*Tape)(nil), do[*Tape]},
	{"place", withRun, (*Place)(nil), do[*Place]},
	{"tape film", withRun, (*TapeFilm)(nil), do[*TapeFilm]},
	{"generate", aside, (*Generate)(nil), do[*Generate]},
	{"images", aside, (*Images)(nil), do[*Images]},
	{"layout", withRun, (*Layout)(nil), do[*Layout]},
	{"noise", aside, (*Noise)(nil), do[*Noise]},
	{"sway", aside, (*Sway)(nil), do[*Sway]},
	{"verdict", aside, (*Verdict)(nil), do[*Verdict]},
	{"game", aside, (*Game)(nil), do[*Game]},
	{"inspect", aside, (*Inspect)(nil), do[*Inspect]},
	{"wish", aside, (*Wish)(nil), do[*Wish]},
	{"follow", withRun, (*Follow)(nil), do[*Follow]},
}

// row is a command's row of the table.
func row(c Command) *known {
	kind := reflect.TypeOf(c)
	for i := range commands {
		if reflect.TypeOf(commands[i].kind) == kind {
			return &commands[i]
		}
	}
	panic("session: a command that is not in the table")
}

// Name is what a command is called in JSON.
func Name(c Command) string { return row(c).name }

// Decode reads a command from JSON and the bytes beside it, and the ID that it has. An error is one sentence for a person.
func Decode(text string, bytes []byte) (m Message, id int, err error) {
	var head struct {
		Type string `json:"type"`
		ID   int    `json:"id"`
	}
	if err := json.Unmarshal([]byte(text), &head); err != nil {
		return Message{}, 0, unreadable(err)
	}
	for _, r := range commands {
		if r.name != head.Type {
			continue
		}
		c := r.empty()
		if err := json.Unmarshal([]byte(text), c); err != nil {
			return Message{}, head.ID, unreadable(err)
		}
		if b, carries := c.(carrier); carries {
			*b.beside() = bytes
		}
		return Message{head.ID, c}, head.ID, nil
	}
	return Message{}, head.ID, errors.New(sentence(fmt.Errorf("there is no command %q", head.Type)))
}

func unreadable(err error) error {
	return errors.New(sentence(fmt.Errorf("a message from the page is unreadable: %w", err)))
}

// Encode writes a command as Decode reads it.
func Encode(c Command) (text string, bytes []byte) {
	fields, err := json.Marshal(c)
	if err != nil {
		panic("session: a command always encodes")
	}
	text = fmt.Sprintf(`{"type":%q`, Name(c))
	if len(fields) > len("{}") {
		text += ","
	}
	text += string(fields[1:])
	if b, carries := c.(carrier); carries {
		bytes = *b.beside()
	}
	return text, bytes
}

// do carries out one command and answers it.
func (s *Session) do(ctx run.Cancel, m Message) {
	asked := row(m.Command)
	if asked.when != aside {
		if s.run != nil && !s.run.paused {
			_ = s.whole() // a step that could not be finished has been told of
		}
		s.disband()
	}
	if s.lost() {
		if err := s.alone(); err != nil {
			s.fail(err)
		}
	}
	s.doing(Answering)
	var a Answer
	err := errNoRun
	if s.run != nil || asked.when == always {
		a, err = asked.do(m.Command, s, ctx)
	}
	e := s.event(wire.Event{Type: wire.Answered, ID: m.ID, Bytes: a.Bytes, Data: a.Data})
	if err != nil {
		e.Error = sentence(err)
	}
	if errors.As(err, new(weights.Damaged)) {
		e.Data = Refused{Damaged: true}
	}
	s.Emit(e)
}

// Refused is the answer's data where a file is not as it was saved, which whoever changed it on purpose may overrule.
type Refused struct {
	Damaged bool `json:"damaged"`
}
