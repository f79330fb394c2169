package session

import (
	"errors"
	"fmt"
	"time"

	"ganvas/core/inspect"
	"ganvas/core/run"
)

const (
	lookedAt     = 8     // samples that can be looked at: the first of the fixed noise's, and of the data set
	recordAtMost = 0.005 // of the time may go into histograms
)

// inside is what a session knows of its networks' inside.
type inside struct {
	glass *inspect.Glass
	of    *run.Trainer // that glass looks into
	off   error        // why there is no glass
	past  inspect.Past
	spent time.Duration // on the past

	plane   *inspect.Plane
	planeOf *run.Trainer // that plane looks at
}

// glass looks into the present run.
func (s *Session) glass() (*inspect.Glass, error) {
	in := &s.run.inside
	if in.of != s.run.Trainer {
		in.of = s.run.Trainer
		in.glass, in.off = inspect.New(s.run.GAN, lookedAt, &in.past)
	}
	return in.glass, in.off
}

// record keeps histograms of weights and gradients, when the time since has paid for it.
func (s *Session) record() {
	g, err := s.glass()
	in := &s.run.inside
	if err != nil || !in.past.Due(s.run.Steps()) || float64(in.spent) > recordAtMost*float64(s.run.trained) {
		return
	}
	began := s.Now()
	in.off = g.Record(s.run.Steps())
	in.spent += s.Now().Sub(began)
}

// looked is the samples of that kind, for looking into the networks.
func looked(t *run.Trainer, of string) (inspect.Samples, error) {
	r := t.GAN.Recipe
	switch of {
	case "fake", "":
		noise, labels := t.FixedNoise()
		return inspect.Samples{Noise: noise[:lookedAt*r.Noise], Labels: labels[:min(lookedAt, len(labels))]}, nil
	case "real":
		if n := t.Samples().Len(); n < lookedAt {
			return inspect.Samples{}, fmt.Errorf("the data set has only %d samples, and %d are looked at together", n, lookedAt)
		}
		if t.Samples().Arrived() < lookedAt {
			return inspect.Samples{}, errors.New("the real samples have not arrived yet: try again in a moment")
		}
		s := inspect.Samples{Images: make([]float32, lookedAt*t.GAN.Data.Sample.Size())}
		rows := make([]int32, lookedAt)
		for i := range rows {
			rows[i] = int32(i)
		}
		t.Samples().Gather(s.Images, rows)
		if err := t.AsSeen(s.Images); err != nil {
			return s, err
		}
		if r.Conditional {
			s.Labels = make([]int32, lookedAt)
			t.Samples().GatherLabels(s.Labels, rows)
		}
		return s, nil
	}
	return inspect.Samples{}, fmt.Errorf("of is %q: it must be fake or real", of)
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
