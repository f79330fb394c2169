package session

import (
	"errors"
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/past"
	"ganvas/core/run"
	"ganvas/core/weights"
)

// Load goes on with the run of a checkpoint, or begins with the weights of a generator. Same is as in Start.
type Load struct {
	Paused    bool   `json:"paused,omitempty"`
	Continues bool   `json:"continues,omitempty"` // it is the run that was here before
	Same      bool   `json:"same,omitempty"`
	Changed   bool   `json:"changed,omitempty"`   // the file may be another than was saved
	OtherData bool   `json:"otherData,omitempty"` // it goes on with the data here, though it learned from others
	File      []byte `json:"-"`
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
}

func (*Load) command() {}

func (c *Load) do(s *Session, ctx run.Cancel) (Answer, error) {
	f, err := c.decode()
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
	t, err := s.prepare(in.Recipe.Packs(), func(e engine.Engine) (*run.Trainer, error) { return run.ResumeOn(e, f, set, in.Recipe) })
	if err != nil {
		return Answer{}, err
	}
	s.tell(t, &Load{File: c.File, Changed: c.Changed, OtherData: c.OtherData})
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
	if lacks != nil { // somebody's own data that are not here are no reason not to generate
		about.Missing, about.Set, about.Samples, about.OtherData = sentence(lacks), in.Set, in.Samples, errors.Is(lacks, run.ErrOtherData)
	}
	return Answer{Data: about}, nil
}

// decode reads the file, which may have been changed on purpose where the command says so.
func (c *Load) decode() (*weights.File, error) {
	if c.Changed {
		return weights.DecodeChanged(c.File)
	}
	return weights.Decode(c.File)
}
