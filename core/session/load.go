package session

import (
	"errors"
	"fmt"

	"ganvas/core/past"
	"ganvas/core/run"
	"ganvas/core/weights"
	"ganvas/core/wire"
)

// load goes on with a checkpoint's run, paused unless the command says otherwise.
func (s *Session) load(ctx run.Cancel, c wire.Command) (answer, error) {
	f, err := decode(c)
	if err != nil {
		return answer{}, err
	}
	in, err := run.Inspect(f)
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
	t, err := run.ResumeOn(s.engine(in.Recipe.Batch), f, set, in.Recipe)
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
		about["otherData"] = errors.Is(lacks, run.ErrOtherData)
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
