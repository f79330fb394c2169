package session

import (
	"ganvas/core/inspect"
	"ganvas/core/run"
)

// Inspect looks into a layer of one network with a sample. It is answered with a wire.Inspection and its bytes.
type Inspect struct {
	Network string `json:"network,omitempty"` // "generator" or "discriminator"
	Layer   string `json:"layer,omitempty"`   // by the name that an Inspection lists
	Of      string `json:"of,omitempty"`      // "fake" or "real"
	Index   int    `json:"index,omitempty"`   // of the sample among those that can be looked at
	Unit    int    `json:"unit,omitempty"`    // first one to show the weights of
	Map     int    `json:"map,omitempty"`     // first feature map to show
	Pixel   []int  `json:"pixel,omitempty"`   // unit, row and column of a value to take apart
	Flow    bool   `json:"flow,omitempty"`    // how large the last updates' gradients were
}

func (*Inspect) command() {}

func (c *Inspect) do(s *Session, _ run.Cancel) (Answer, error) {
	began := s.Now()
	g, samples, err := s.look(c.Of)
	if err != nil {
		return Answer{}, err
	}
	q := inspect.Question{Network: c.Network, Layer: c.Layer, Samples: samples, Index: c.Index, Unit: c.Unit, Map: c.Map, Flow: c.Flow}
	if len(c.Pixel) == 3 {
		q.Pixel = &inspect.Pixel{Unit: c.Pixel[0], Y: c.Pixel[1], X: c.Pixel[2]}
	}
	out, b, err := g.Look(q)
	if err != nil {
		return Answer{}, err
	}
	out.Step, out.Of, out.Fresh, out.Ms = s.run.Steps(), kind(c.Of), s.run.Fresh(), s.since(began)
	return Answer{Bytes: b, Data: out}, nil
}

// look begins to answer a question about the networks' inside: with samples of that kind.
func (s *Session) look(of string) (*inspect.Glass, inspect.Samples, error) {
	g, err := s.glass()
	if err == nil {
		err = s.run.Refer()
	}
	if err != nil {
		return nil, inspect.Samples{}, err
	}
	samples, err := looked(s.run.Trainer, of)
	return g, samples, err
}
