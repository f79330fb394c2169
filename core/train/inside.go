package train

import (
	"errors"
	"fmt"
	"time"

	"ganvas/core/img"
	"ganvas/core/inspect"
	"ganvas/core/wire"
)

const (
	lookedAt     = 8     // samples that can be looked at: the first of the fixed noise's, and of the data set
	recordAtMost = 0.005 // of the time may go into histograms
)

// inside is what a session knows of its networks' inside.
type inside struct {
	glass *inspect.Glass
	of    *Trainer // that glass looks into
	off   error    // why there is no glass
	past  inspect.Past
	spent time.Duration // on the past
}

// glass looks into the present run.
func (s *Session) glass() (*inspect.Glass, error) {
	in := &s.inside
	if in.of != s.t {
		in.of = s.t
		in.glass, in.off = inspect.New(s.t.GAN, lookedAt, &in.past)
	}
	return in.glass, in.off
}

// record keeps histograms of weights and gradients, when the time since has paid for it.
func (s *Session) record() {
	g, err := s.glass()
	in := &s.inside
	if err != nil || !in.past.Due(s.t.Steps()) || float64(in.spent) > recordAtMost*float64(s.gauge.trained) {
		return
	}
	began := s.Now()
	in.off = g.Record(s.t.Steps())
	in.spent += s.Now().Sub(began)
}

// looked is the samples of that kind, for looking into the networks.
func (t *Trainer) looked(of string) (inspect.Samples, error) {
	r := t.GAN.Recipe
	switch of {
	case "fake", "":
		return inspect.Samples{Noise: t.fixed.noise[:lookedAt*r.Noise], Labels: leading(t.fixed.labels, lookedAt)}, nil
	case "real":
		if n := t.set.Len(); n < lookedAt {
			return inspect.Samples{}, fmt.Errorf("the data set has only %d samples, and %d are looked at together", n, lookedAt)
		}
		if t.set.Arrived() < lookedAt {
			return inspect.Samples{}, errors.New("the real samples have not arrived yet: try again in a moment")
		}
		s := inspect.Samples{Images: make([]float32, lookedAt*t.GAN.Data.Sample.Size())}
		rows := t.fixed.present[:lookedAt]
		t.set.Gather(s.Images, rows)
		if err := t.seen(s.Images); err != nil {
			return s, err
		}
		if r.Conditional {
			s.Labels = make([]int32, lookedAt)
			t.set.GatherLabels(s.Labels, rows)
		}
		return s, nil
	}
	return inspect.Samples{}, fmt.Errorf("of is %q: it must be fake or real", of)
}

// leading is the first n labels; nil where there are none.
func leading(labels []int32, n int) []int32 { return labels[:min(n, len(labels))] }

// inspect answers with what is inside a layer.
func (s *Session) inspect(_ Ending, c wire.Command) (answer, error) {
	began, g, samples, err := s.look(c)
	if err != nil {
		return answer{}, err
	}
	out, b, err := g.Look(inspect.Question{Network: c.Network, Layer: c.Layer, Samples: samples, Index: c.Index, Unit: c.Unit, Map: c.Map})
	if err != nil {
		return answer{}, err
	}
	out.Step, out.Of, out.Fresh, out.Ms = s.t.Steps(), kind(c.Of), s.t.Fresh(), s.since(began)
	return answer{bytes: b, data: map[string]any{"inspection": out}}, nil
}

// wish answers with D's wishes, or with the way of a sample that follows them. Bytes may hold an image in a sample's place.
func (s *Session) wish(_ Ending, c wire.Command) (answer, error) {
	began, g, samples, err := s.look(c)
	if err != nil {
		return answer{}, err
	}
	if len(c.Bytes) > 0 {
		if samples, err = s.t.given(g, samples, c); err != nil {
			return answer{}, err
		}
		c.Index = 0
	}
	var out *wire.Wishes
	var b []byte
	if c.Steps > 0 || len(c.Bytes) > 0 {
		out, b, err = g.Follow(samples, c.Index, c.Steps)
	} else {
		out, b = g.Wishes(samples)
	}
	if err != nil {
		return answer{}, err
	}
	out.Step, out.Of, out.Ms = s.t.Steps(), kind(c.Of), s.since(began)
	return answer{bytes: b, data: map[string]any{"wishes": out}}, s.t.GAN.Engine.Err()
}

// given puts an image of one's own in the place of the first sample.
func (t *Trainer) given(g *inspect.Glass, s inspect.Samples, c wire.Command) (inspect.Samples, error) {
	size := t.GAN.Data.Sample.Size()
	if len(c.Bytes) != size {
		return s, fmt.Errorf("the image has %d bytes: it must have %d", len(c.Bytes), size)
	}
	images := append([]float32(nil), g.Pictures(s)...)
	for i, v := range c.Bytes {
		images[i] = img.Value(v)
	}
	s.Noise, s.Images = nil, images
	if s.Labels != nil {
		if c.Digit < 0 || c.Digit >= t.GAN.Data.Classes {
			return s, fmt.Errorf("digit is %d: it must be from 0 to %d, since D judges an image together with its digit", c.Digit, t.GAN.Data.Classes-1)
		}
		s.Labels = append([]int32{int32(c.Digit)}, s.Labels[1:]...)
	}
	return s, nil
}

// look begins to answer a question about the networks' inside.
func (s *Session) look(c wire.Command) (time.Time, *inspect.Glass, inspect.Samples, error) {
	if s.t == nil {
		return time.Time{}, nil, inspect.Samples{}, errNoRun
	}
	began := s.Now()
	g, err := s.glass()
	if err == nil {
		err = s.t.refer()
	}
	if err != nil {
		return began, nil, inspect.Samples{}, err
	}
	samples, err := s.t.looked(c.Of)
	return began, g, samples, err
}

func kind(of string) string {
	if of == "" {
		return "fake"
	}
	return of
}

// since is the milliseconds since then.
func (s *Session) since(then time.Time) float64 {
	return float64(s.Now().Sub(then)) / float64(time.Millisecond)
}
