// Package quality says how good a run's images are: measured a part at a time while it trains, or all at once for a file.
package quality

import (
	"errors"
	"time"

	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/quality/judge"
	"ganvas/core/run"
	"ganvas/core/sample"
)

const (
	gaugeAtMost = 0.03 // of the time may go into measurements
	gaugeRows   = 50   // images in one part of a measurement
	gaugeFakes  = 500
	gaugeReals  = 1000
	gaugeOthers = gaugeFakes             // real images that the distance's floor is taken from: as many as there are fakes
	pointsEvery = 500 * time.Millisecond // between measurements of points, which cost next to nothing
)

// Gauge measures a run's images while it trains, a part after each step, so that the program stays open to messages. One
// measurement's images are made by the generator as it is over some ten steps, always from the same noise.
type Gauge struct {
	engine  engine.Engine
	fetch   func() ([]byte, error)
	arrives chan judgeFile // nil before the judge was asked for
	judge   *judge.Judge
	file    []byte       // the judge's
	single  *judge.Judge // looks at one picture, nil before it was asked to
	against *data.Set    // what reals were taken from
	seen    judge.Seen   // of it so far
	others  judge.Seen   // and further ones
	reals   *judge.Reals
	off     error // why nothing can be measured

	strange  bool     // the judge does not know what against shows
	unjudged unjudged // measures it then

	fakes   fakes
	points  points        // instead, where the samples are points
	began   time.Time     // the last part
	spent   time.Duration // on all parts since Restart
	trained time.Duration // as long as steps took since then
}

type judgeFile struct {
	b   []byte
	err error
}

// NewGauge is a gauge with the judge that lies in the file, computed by e.
func NewGauge(e engine.Engine, file []byte) (*Gauge, error) {
	j, err := judge.Load(e, gaugeRows, file)
	return &Gauge{engine: e, judge: j, file: file}, err
}

// FetchingGauge is a gauge that fetches its judge's file when it is first needed, in its own time. Without fetch only points
// are measured.
func FetchingGauge(e engine.Engine, fetch func() ([]byte, error)) *Gauge {
	return &Gauge{engine: e, fetch: fetch}
}

// Restart makes the gauge ready for another run; the judge stays.
func (g *Gauge) Restart() {
	g.unjudged.fakes = nil
	g.fakes, g.off, g.spent, g.trained, g.began = fakes{}, nil, 0, 0, time.Time{}
}

// Trained takes how long a step took: measurements have their share of that.
func (g *Gauge) Trained(d time.Duration) { g.trained += d }

// Can reports whether the run's images can be measured at all, as far as is known before they are looked at.
func (g *Gauge) Can(t *run.Trainer) bool {
	return g.fetch != nil || !g.asksJudge(t)
}

// asksJudge reports whether the next part of a measurement needs the judge and it is not there.
func (g *Gauge) asksJudge(t *run.Trainer) bool {
	set := t.Samples()
	return g.judge == nil && set.Modes() == nil && knownShape(t.GAN) && !(g.strange && g.against == set)
}

// due reports whether the next part may be done now: those of a measurement follow each other, and the next one begins
// when the time since has paid for all before.
func (g *Gauge) due() bool {
	return g.off == nil && (g.fakes.seen.Len() > 0 || len(g.unjudged.fakes) > 0 || float64(g.spent) <= gaugeAtMost*float64(g.trained))
}

// Part does one part of the present measurement, if it is due; nil unless it was the last. rest, if there is one, is called
// within the longest part.
func (g *Gauge) Part(t *run.Trainer, now func() time.Time, rest func()) map[string]float64 {
	if !g.Can(t) || !g.due() {
		return nil
	}
	began := now()
	if t.Samples().Modes() != nil && began.Sub(g.began) < pointsEvery {
		return nil
	}
	g.began = began
	m, err := g.next(t, rest)
	g.spent += now().Sub(began)
	if err != nil {
		g.off = err
		return nil
	}
	return m
}

// next does one part of a measurement, the judge's arrival first; points need no judge.
func (g *Gauge) next(t *run.Trainer, rest func()) (map[string]float64, error) {
	if g.asksJudge(t) {
		return nil, g.receive()
	}
	return g.advance(t, rest)
}

// Anew drops the measurement under way.
func (g *Gauge) Anew() { g.fakes.seen, g.unjudged.fakes = judge.Seen{}, nil }

// Next does one part of a measurement whether it is due or not; nil unless it was the last.
func (g *Gauge) Next(t *run.Trainer, rest func()) (map[string]float64, error) {
	m, err := g.next(t, rest)
	if err != nil {
		g.off = err
		return nil, err
	}
	return m, nil
}

// Fetching reports whether a measurement waits for the judge, which has not come yet.
func (g *Gauge) Fetching(t *run.Trainer) bool { return g.asksJudge(t) }

// Lacks reports whether a measurement waits for the judge, or for real images.
func (g *Gauge) Lacks(t *run.Trainer) bool {
	set := t.Samples()
	if !knownShape(t.GAN) {
		return !set.Whole()
	}
	return g.asksJudge(t) || set.Arrived() < min(set.Len(), gaugeReals+gaugeOthers)
}

// Measure makes images with the run's generator as it is and measures them all at once, for programs that may wait for that.
// An error says that the data are too few.
func (g *Gauge) Measure(t *run.Trainer) (map[string]float64, error) {
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

// advance does one part of what a measurement takes, and returns it with the last part.
func (g *Gauge) advance(t *run.Trainer, rest func()) (map[string]float64, error) {
	set := t.Samples()
	switch {
	case set.Modes() != nil:
		return g.points.measure(t.GAN, set.Modes())
	case set.Err() != nil:
		return nil, set.Err()
	case set.Shape().Kind() == sample.Point:
		return nil, errors.New("of points that somebody gives it is not known where they lie close, so that nothing counts what is covered")
	case g.against != set:
		g.against, g.seen, g.others, g.reals, g.strange = set, judge.Seen{}, judge.Seen{}, nil, false
		return nil, nil
	case !g.strange && (!knownShape(t.GAN) || set.Len() < gaugeReals+gaugeOthers):
		return nil, g.meet(set)
	case g.strange:
		return g.unjudged.advance(t.GAN, rest)
	case set.Arrived() < gaugeReals+gaugeOthers:
		return nil, nil
	case g.seen.Len() < gaugeReals:
		g.judge.Look(&g.seen, pictures(set, g.seen.Len(), g.seen.Len()+gaugeRows))
		return nil, nil
	case g.others.Len() < gaugeOthers:
		at := gaugeReals + g.others.Len()
		g.judge.Look(&g.others, pictures(set, at, at+gaugeRows))
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

// meet measures from now on as what the judge does not know, once all of it is there.
func (g *Gauge) meet(set *data.Set) error {
	if !set.Whole() {
		return nil
	}
	err := g.unjudged.begin(g.engine, set)
	g.strange = err == nil // of too few pictures nothing is there to go on with
	return err
}

// receive asks for the judge's file, and takes it when it has come.
func (g *Gauge) receive() error {
	if g.arrives == nil {
		g.arrives = make(chan judgeFile, 1)
		go func() {
			b, err := g.fetch()
			g.arrives <- judgeFile{b, err}
		}()
	}
	select {
	case f := <-g.arrives:
		if f.err != nil {
			return f.err
		}
		var err error
		g.file = f.b
		g.judge, err = judge.Load(g.engine, gaugeRows, f.b)
		return err
	default:
		return nil
	}
}

// settle takes the real images to measure against, as the judge sees them if it knows what they show.
func (g *Gauge) settle() (err error) {
	right := 0
	for i := range g.seen.Len() {
		if c, _ := g.seen.Class(i); c == g.against.Label(i) {
			right++
		}
	}
	if float64(right) < knows*float64(g.seen.Len()) {
		return g.meet(g.against)
	}
	g.reals, err = judge.NewReals(g.seen, g.others)
	return err
}
