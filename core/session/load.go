package session

import (
	"errors"
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/past"
	"ganvas/core/run"
	"ganvas/core/run/foreign"
	"ganvas/core/weights"
	"ganvas/core/weights/pth"
)

// Load goes on with the run of a checkpoint, or begins with the weights of a generator. Same is as in Start.
type Load struct {
	Paused    bool   `json:"paused,omitempty"`
	Continues bool   `json:"continues,omitempty"` // it is the run that was here before
	Same      bool   `json:"same,omitempty"`
	Changed   bool   `json:"changed,omitempty"`   // the file may be another than was saved
	OtherData bool   `json:"otherData,omitempty"` // it goes on with the data here, though it learned from others
	File      []byte `json:"-"`

	As foreign.Settings `json:"as,omitzero"` // what weights of another program do not tell
}

func (c *Load) beside() *[]byte { return &c.File }

// Loaded is what a file had in it. Where its run learned from somebody's own data that are not here, Missing says so.
type Loaded struct {
	Discriminator bool   `json:"discriminator"`
	Resumable     bool   `json:"resumable"`
	Checked       bool   `json:"checked"` // by a digest
	Missing       string `json:"missing,omitempty"`
	Set           string `json:"set,omitempty"`       // the missing data's name,
	Samples       int    `json:"samples,omitempty"`   // and how many they are
	OtherData     bool   `json:"otherData,omitempty"` // others are here, that it could go on with

	Says    string          `json:"says,omitempty"`    // what was understood of another program's weights,
	Guesses []foreign.Guess `json:"guesses,omitempty"` // and what they do not tell
}

func (*Load) command() {}

func (c *Load) do(s *Session, ctx run.Cancel) (Answer, error) {
	f, found, err := c.decode()
	if err != nil {
		return Answer{}, err
	}
	in, err := run.Inspect(f)
	if err != nil {
		return Answer{}, err
	}
	if c.Same && (s.another(in.Recipe) || s.otherData(in.Data)) {
		return Answer{Data: Elsewhere{true}}, nil
	}
	set, lacks, err := s.sets.of(ctx, in, c.OtherData)
	if err != nil {
		return Answer{}, err
	}
	t, err := s.prepare(in.Recipe.Batch, func(e engine.Engine) (*run.Trainer, error) { return run.ResumeOn(e, f, set, in.Recipe) })
	if err != nil {
		return Answer{}, err
	}
	s.tell(t, &Load{File: c.File, Changed: c.Changed, OtherData: c.OtherData, As: c.As})
	if t.Done() && !in.Resumable { // its epochs are over, but only weights came of them: as many again for whoever trains on
		more := fmt.Sprint(2 * in.Recipe.Epochs)
		if err := t.Set("epochs", more); err != nil {
			return Answer{}, err
		}
		s.tell(t, &Set{Field: "epochs", Value: more})
	}
	nearest, _ := in.Recipe.Nearest()
	s.beginWith(t, nearest.Name, c.Paused, past.Past{}, c.Continues)
	about := Loaded{Discriminator: in.Discriminator, Resumable: in.Resumable, Checked: in.Checked}
	if found != nil {
		about.Says, about.Guesses, about.Checked = found.Says, found.Guesses, true
	}
	if lacks != nil { // somebody's own data that are not here are no reason not to generate
		about.Missing, about.Set, about.Samples, about.OtherData = sentence(lacks), in.Set, in.Samples, errors.Is(lacks, run.ErrOtherData)
	}
	return Answer{Data: about}, nil
}

// decode reads the file, which may have been changed on purpose where the command says so, or be another program's: then found is what was
// understood of it.
func (c *Load) decode() (f *weights.File, found *foreign.Found, err error) {
	var tensors foreign.Tensors
	if pth.Is(c.File) {
		file, err := pth.Decode(c.File)
		if err != nil {
			return nil, nil, err
		}
		tensors.All = file.Tensors
	} else {
		decode := weights.Decode
		if c.Changed {
			decode = weights.DecodeChanged
		}
		if f, err = decode(c.File); err != nil || !run.Foreign(f) {
			return f, nil, err
		}
		tensors = foreign.Tensors{All: f.Tensors, Sorted: true}
	}
	if found, err = foreign.Read(tensors, c.As); err != nil {
		return nil, nil, err
	}
	return found.File, found, nil
}
