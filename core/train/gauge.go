package train

import (
	"errors"
	"fmt"
	"time"

	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/quality/judge"
	"ganvas/core/rng"
	"ganvas/core/wire"
)

const (
	gaugeAtMost = 0.03 // of the time may go into measurements
	gaugeRows   = 50   // images in one part of a measurement
	gaugeFakes  = 500
	gaugeReals  = 1000
	gaugeOthers = gaugeFakes // real images that the distance's floor is taken from: as many as there are fakes
)

// gauge measures a run's images while it trains, a part after each step, so that the program stays open to messages. One
// measurement's images are made by the generator as it is over some ten steps, always from the same noise.
type gauge struct {
	file    chan gaugeFile // nil before the judge was asked for
	judge   *judge.Judge
	bytes   []byte       // the judge's file
	one     *judge.Judge // that looks at one picture, nil before it was asked to
	against *data.Set    // what reals were taken from
	seen    judge.Seen   // of it so far
	others  judge.Seen   // and further ones
	reals   *judge.Reals
	off     error // why nothing can be measured

	fakes   gaugeFakery
	dots    dots      // instead, where the samples are points
	began   time.Time // the last part
	spent   time.Duration
	trained time.Duration
}

type gaugeFile struct {
	b   []byte
	err error
}

// gaugeFakery is a measurement under way.
type gaugeFakery struct {
	of      *gan.GAN
	sampler *gan.Sampler
	noise   []float32
	images  []float32
	bytes   []byte
	labels  []int32
	stream  *rng.Stream
	seen    judge.Seen
}

// restart makes the gauge ready for another run; the judge stays.
func (g *gauge) restart() {
	g.fakes, g.off, g.spent, g.trained, g.began = gaugeFakery{}, nil, 0, 0, time.Time{}
}

// due reports whether the next part may be done now: those of a measurement follow each other, and the next one begins
// when the time since has paid for all before.
func (g *gauge) due() bool {
	return g.off == nil && (g.fakes.seen.Len() > 0 || float64(g.spent) <= gaugeAtMost*float64(g.trained))
}

// gauge does one part of the present measurement, if it is due.
func (s *Session) gaugePart() {
	dots := s.t.set.Modes() != nil
	if s.Judge == nil && !dots || !s.gauge.due() {
		return
	}
	began := s.Now()
	if dots && began.Sub(s.gauge.began) < dotsEvery {
		return
	}
	s.gauge.began = began
	m, err := s.gaugeNext()
	s.gauge.spent += s.Now().Sub(began)
	if err != nil {
		s.gauge.off = err
	} else if m != nil {
		s.tellQuality(m)
	}
}

// tellQuality sends a measurement, and what the doctor makes of it.
func (s *Session) tellQuality(m map[string]float64) {
	s.Emit(s.event(wire.Event{Type: wire.Measured, Metrics: m}))
	s.past.Log.Measured(s.t.Steps(), m)
	s.doctor.Measured(m)
	s.diagnose(true)
}

// gaugeNext does one part of a measurement, the judge's arrival first; points need no judge.
func (s *Session) gaugeNext() (map[string]float64, error) {
	if s.gauge.judge == nil && s.t.set.Modes() == nil {
		return nil, s.gauge.receive(s)
	}
	return s.gauge.advance(s.t, s.Yield)
}

// advance does one part of what a measurement takes, and returns it with the last part.
func (g *gauge) advance(t *Trainer, rest func()) (map[string]float64, error) {
	switch {
	case t.set.Modes() != nil:
		return g.dots.measure(t.GAN, t.set.Modes())
	case t.set.Err() != nil:
		return nil, t.set.Err()
	case g.against != t.set:
		g.against, g.seen, g.others, g.reals = t.set, judge.Seen{}, judge.Seen{}, nil
		if sample, classes := t.GAN.Data.Sample, t.GAN.Data.Classes; sample.Size() != judge.Side*judge.Side || classes != judge.Classes {
			return nil, errUnknown
		}
		return nil, nil
	case t.set.Arrived() < gaugeReals+gaugeOthers:
		if t.set.Len() < gaugeReals+gaugeOthers {
			return nil, fmt.Errorf("the data set has %d samples: measuring takes %d", t.set.Len(), gaugeReals+gaugeOthers)
		}
		return nil, nil
	case g.seen.Len() < gaugeReals:
		g.judge.Look(&g.seen, pictures(t.set, g.seen.Len(), g.seen.Len()+gaugeRows))
		return nil, nil
	case g.others.Len() < gaugeOthers:
		at := gaugeReals + g.others.Len()
		g.judge.Look(&g.others, pictures(t.set, at, at+gaugeRows))
		return nil, nil
	case g.reals == nil:
		return nil, g.settle()
	case g.fakes.seen.Len() < gaugeFakes:
		return nil, g.fakes.look(g.judge, t.GAN)
	}
	q, err := g.reals.Measure(g.fakes.seen, rest)
	g.fakes.seen = judge.Seen{}
	return q.Map(), err
}

var errUnknown = errors.New("the judge knows only MNIST's digits")

// receive asks for the judge's file, and takes it when it has come.
func (g *gauge) receive(s *Session) error {
	if g.file == nil {
		g.file = make(chan gaugeFile, 1)
		go func() {
			b, err := s.Judge()
			g.file <- gaugeFile{b, err}
		}()
	}
	select {
	case f := <-g.file:
		if f.err != nil {
			return f.err
		}
		var err error
		g.bytes = f.b
		g.judge, err = judge.Load(s.Engine, gaugeRows, f.b)
		return err
	default:
		return nil
	}
}

// settle takes the real images to measure against, if the judge knows what they show.
func (g *gauge) settle() (err error) {
	right := 0
	for i := range g.seen.Len() {
		if c, _ := g.seen.Class(i); c == g.against.Label(i) {
			right++
		}
	}
	if float64(right) < knows*float64(g.seen.Len()) {
		return errUnknown
	}
	g.reals, err = judge.NewReals(g.seen, g.others)
	return err
}

// look makes some more fakes and shows them to the judge.
func (f *gaugeFakery) look(j *judge.Judge, m *gan.GAN) (err error) {
	if f.of != m {
		*f = gaugeFakery{of: m, noise: make([]float32, gaugeRows*m.Recipe.Noise), images: make([]float32, gaugeRows*m.Data.Sample.Size()),
			labels: cycle(m.Recipe, m.Data.Classes, gaugeRows)}
		if f.sampler, err = m.NewSampler(gaugeRows); err != nil {
			return err
		}
	}
	if f.seen.Len() == 0 {
		f.stream = rng.New(m.Recipe.Seed, "measured noise")
	}
	f.stream.Normal(f.noise)
	f.sampler.Images(f.images, f.noise, f.labels)
	f.bytes = img.ToBytes(f.bytes[:0], f.images)
	j.Look(&f.seen, f.bytes)
	return nil
}

// measure answers with a whole measurement of the run as it is.
func (s *Session) measure(ctx Ending, _ wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	if s.Judge == nil && s.t.set.Modes() == nil {
		return answer{}, errors.New("this program has no judge to measure with")
	}
	g := &s.gauge
	g.fakes.seen = judge.Seen{}
	for waited := s.Now(); ; {
		m, err := s.gaugeNext()
		switch {
		case err != nil:
			g.off = err
			return answer{}, err
		case m != nil:
			s.tellQuality(m)
			data := map[string]any{}
			for name, v := range m {
				data[name] = v
			}
			return answer{data: data}, nil
		case ctx.Err() != nil:
			return answer{}, ctx.Err()
		case (g.judge == nil || s.t.set.Arrived() < gaugeReals+gaugeOthers) && s.Now().Sub(waited) > patience:
			return answer{}, errors.New("the digits to measure against have not arrived yet: try again in a moment")
		}
		if g.judge == nil {
			time.Sleep(time.Millisecond)
		}
		if s.Yield != nil {
			s.Yield()
		}
	}
}

// patience is how long a measurement waits for what it needs.
const patience = 5 * time.Second

// Gauge measures a run's images all at once, for programs that may wait for that.
type Gauge struct{ gauge }

// NewGauge is a gauge with the judge that lies in the file, computed by e.
func NewGauge(e engine.Engine, file []byte) (*Gauge, error) {
	j, err := judge.Load(e, gaugeRows, file)
	return &Gauge{gauge{judge: j}}, err
}

// Measure makes images with the run's generator as it is and measures them. An error says that the judge does not know
// what the data show, or that they are too few.
func (g *Gauge) Measure(t *Trainer) (map[string]float64, error) {
	if g.off != nil {
		return nil, g.off
	}
	for {
		if m, err := g.advance(t, nil); m != nil || err != nil {
			g.off = err
			return m, err
		}
	}
}
