package session

import (
	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/run"
)

// Start begins a run. With Fit its networks are as deep as the data's samples need, whatever the recipe has. With Same it begins only one that takes the memory which the present one does; else the answer's data
// are Elsewhere, and nothing is done.
type Start struct {
	Choice
	Paused bool   `json:"paused,omitempty"` // it does not train yet
	Fit    bool   `json:"fit,omitempty"`
	Same   bool   `json:"same,omitempty"`
	Engine string `json:"engine,omitempty"` // to compute it and what comes after it; as before where that is ""
}

// Elsewhere is the answer's data where a run would take other memory than the present one.
type Elsewhere struct {
	Another bool `json:"another"`
}

func (*Start) command() {}

func (c *Start) do(s *Session, ctx run.Cancel) (Answer, error) {
	r, err := c.recipe()
	if err != nil {
		return Answer{}, err
	}
	if c.Fit {
		d, _, err := s.sets.outline(ctx, r.Dataset)
		if err != nil {
			return Answer{}, err
		}
		r = r.Fitted(d.Sample)
	}
	if c.Same && s.another(r) {
		return Answer{Data: Elsewhere{true}}, nil
	}
	set, err := s.sets.find(ctx, r.Dataset)
	if err != nil {
		return Answer{}, err
	}
	if c.Same && s.otherData(run.DataOf(set)) {
		return Answer{Data: Elsewhere{true}}, nil
	}
	if err := s.want(c.Engine); err != nil {
		return Answer{}, err
	}
	t, err := s.prepare(r.Packs(), func(e engine.Engine) (*run.Trainer, error) { return run.New(e, r, set) })
	if err != nil {
		return Answer{}, err
	}
	s.tell(t, &Start{Choice: chosen(r)})
	preset := c.Preset
	if len(c.Recipe) > 0 {
		preset = ""
	}
	s.begin(t, preset, c.Paused)
	return Answer{}, nil
}

// another reports whether a run of the recipe would take other memory than the one that is here, if any.
func (s *Session) another(r config.Recipe) bool { return s.run != nil && !r.Alike(s.run.GAN.Recipe) }

// otherData is another for the data.
func (s *Session) otherData(d gan.Data) bool { return s.run != nil && d != s.run.GAN.Data }
