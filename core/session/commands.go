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

// Effect says what a command does to those who look at the run together with whoever gives it.
type Effect int

const (
	Looks    Effect = iota // nothing: it is answered, and the run stays as it is
	Drives                 // the run goes on otherwise, or waits while it is carried out
	Replaces               // another run, other data or other weights come in place of those that are here
)

// EffectOf is a command's effect.
func EffectOf(c Command) Effect { return row(c).effect }

// known is a row of the table: a type of command.
type known struct {
	name   string
	when   when
	effect Effect
	kind   Command // a nil pointer
	do     func(Command, *Session, run.Cancel) (Answer, error)
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
	{"start", always, Replaces, (*Start)(nil), do[*Start]},
	{"load", always, Replaces, (*Load)(nil), do[*Load]},
	{"pause", withRun, Drives, (*Pause)(nil), do[*Pause]},
	{"resume", withRun, Drives, (*Resume)(nil), do[*Resume]},
	{"step", withRun, Drives, (*Step)(nil), do[*Step]},
	{"hold", withRun, Drives, (*Hold)(nil), do[*Hold]},
	{"engine", always, Drives, (*Engine)(nil), do[*Engine]},
	{"set", withRun, Drives, (*Set)(nil), do[*Set]},
	{"branch", withRun, Replaces, (*Branch)(nil), do[*Branch]},
	{"stop", withRun, Replaces, (*Stop)(nil), do[*Stop]},
	{"save", withRun, Drives, (*Save)(nil), do[*Save]},
	{"data", always, Replaces, (*Data)(nil), do[*Data]},
	{"describe", always, Looks, (*Describe)(nil), do[*Describe]},
	{"bench", always, Drives, (*Bench)(nil), do[*Bench]},
	{"verify", always, Drives, (*Verify)(nil), do[*Verify]},
	{"resample", withRun, Drives, (*Resample)(nil), do[*Resample]},
	{"measure", withRun, Drives, (*Measure)(nil), do[*Measure]},
	{"history", withRun, Looks, (*History)(nil), do[*History]},
	{"moment", withRun, Looks, (*Moment)(nil), do[*Moment]},
	{"picture", withRun, Looks, (*Picture)(nil), do[*Picture]},
	{"table", withRun, Looks, (*Table)(nil), do[*Table]},
	{"tape", withRun, Replaces, (*Tape)(nil), do[*Tape]},
	{"place", withRun, Replaces, (*Place)(nil), do[*Place]},
	{"tape film", withRun, Replaces, (*TapeFilm)(nil), do[*TapeFilm]},
	{"generate", aside, Looks, (*Generate)(nil), do[*Generate]},
	{"images", aside, Looks, (*Images)(nil), do[*Images]},
	{"layout", withRun, Looks, (*Layout)(nil), do[*Layout]},
	{"noise", aside, Looks, (*Noise)(nil), do[*Noise]},
	{"sway", aside, Looks, (*Sway)(nil), do[*Sway]},
	{"verdict", aside, Looks, (*Verdict)(nil), do[*Verdict]},
	{"game", aside, Looks, (*Game)(nil), do[*Game]},
	{"inspect", aside, Looks, (*Inspect)(nil), do[*Inspect]},
	{"wish", aside, Looks, (*Wish)(nil), do[*Wish]},
	{"plane", aside, Looks, (*Plane)(nil), do[*Plane]},
	{"follow", withRun, Replaces, (*Follow)(nil), do[*Follow]},
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
	if s.failedGPU() {
		if err := s.leaveGPU(); err != nil {
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
