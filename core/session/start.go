package session

import (
	"ganvas/core/config"
	"ganvas/core/gan"
	"ganvas/core/run"
	"ganvas/core/wire"
)

func (s *Session) start(ctx run.Cancel, c wire.Command) (answer, error) {
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
	if c.Same && s.otherData(run.DataOf(set)) {
		return elsewhere(), nil
	}
	t, err := run.New(s.engine(r.Batch), r, set)
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
func (s *Session) another(r config.Recipe) bool { return s.run != nil && !r.Alike(s.run.GAN.Recipe) }

// otherData is another for the data.
func (s *Session) otherData(d gan.Data) bool { return s.run != nil && d != s.run.GAN.Data }
