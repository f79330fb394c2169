package quality

import (
	"fmt"
	"math"
	"slices"

	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/quality/judge"
	"ganvas/core/quality/likeness"
	"ganvas/core/quality/metrics"
	"ganvas/core/rng"
	"ganvas/core/run"
)

// Evaluation says how good a generator is, on images made from one seed against real ones that it never saw.
type Evaluation struct {
	Step     int                `json:"step"`
	Count    int                `json:"count"`
	Quality  *judge.Quality     `json:"quality,omitempty"`  // nil where the judge does not know the data
	Beside   *Beside            `json:"beside,omitempty"`   // with Quality
	Why      string             `json:"why,omitempty"`      // it does not, or nothing can be measured
	Likeness *likeness.Likeness `json:"likeness,omitempty"` // of pictures that the judge does not know
	Asked    *float64           `json:"asked,omitempty"`    // share of images that show the digit asked for; conditional runs only
	Modes    map[string]float64 `json:"modes,omitempty"`    // of points and of stacked digits: how many modes there are, how many are covered, share of the samples at one, and of the latter kl
	Memory   *Memory            `json:"memory,omitempty"`
	D        *Discriminator     `json:"discriminator,omitempty"` // where the file had one
}

// Beside is what the judge's features say besides, of the images and of other real ones.
type Beside struct {
	judge.Beside
	Real judge.Beside `json:"real"`
}

// Memory compares how near fakes and held-out real images are to their nearest training image, in Euclidean distance of
// pixels from −1 to 1.
type Memory struct {
	Samples int     `json:"samples"` // fakes looked at
	Ratio   float64 `json:"ratio"`   // of the median distances, fakes' to real ones'
	Nearer  float64 `json:"nearer"`  // share of fakes nearer than all but 1 % of the real ones
}

// Discriminator is what D says in evaluation mode.
type Discriminator struct {
	LossD     float64 `json:"lossD"`
	LossG     float64 `json:"lossG"`
	Says      string  `json:"says"`             // what the losses' values mean
	Scores    bool    `json:"scores,omitempty"` // D gives scores, of which the next two are the means
	PReal     float64 `json:"pReal"`            // mean probability for held-out real images
	PFake     float64 `json:"pFake"`            // and for fakes
	Right     float64 `json:"right"`            // share of held-out real images and fakes together that it takes for what they are
	HeldRight float64 `json:"heldRight"`        // of the held-out ones alone
	SeenRight float64 `json:"seenRight"`        // and of training images: far more than of held-out ones is overfitting
}

// Real is the data that generators are evaluated against. What is measured of it alone is measured once.
type Real struct {
	Train, Held *data.Set
	Judge       *judge.Judge

	right float64      // share of the held-out images that the judge names as they are labelled; 0 before it was asked
	reals *judge.Reals // nil until the first measurement
	far   []float64    // how far held-out images are from their nearest training images

	eye  *likeness.Eye // for pictures that the judge does not know; nil until the first measurement
	like *likeness.Reals
}

// known is what the judge makes of the data, or why it can say nothing about them.
func (r *Real) known(tell Progress) (reals *judge.Reals, why string, err error) {
	if r.right == 0 {
		tell("looking at real images", 0, 0)
		r.right = r.Judge.Accuracy(r.Held)
	}
	if r.right < knows {
		return nil, fmt.Sprintf("the judge knows only MNIST's digits: of these held-out images it names %.0f %% as they are labelled", 100*r.right), nil
	}
	if r.reals == nil {
		n := r.Held.Arrived()
		other := min(n, r.Train.Arrived())
		rest := tell.counted("looking at real images", (n+other)/r.Judge.Rows())
		held := r.Judge.See(pictures(r.Held, 0, n), rest)
		trained := r.Judge.See(pictures(r.Train, 0, other), rest)
		tell("measuring real images", 0, 0)
		r.reals, err = judge.NewReals(held, trained)
	}
	return r.reals, "", err
}

// copied looks for the training images nearest to some images; nil where there is nothing to compare them with.
func (r *Real) copied(images []byte, tell Progress) *Memory {
	n := min(compared, len(images)/r.Held.Size(), r.Held.Arrived())
	if n == 0 || r.Train.Pixels(0) == nil {
		return nil
	}
	if r.far == nil {
		tell("looking for copies", 0, 0)
		r.far, _ = metrics.Nearest(pictures(r.Held, 0, min(compared, r.Held.Arrived())), r.Train, r.Train.Arrived())
	}
	tell("looking for copies", 1, 2)
	fakes, _ := metrics.Nearest(images[:n*r.Held.Size()], r.Train, r.Train.Arrived())
	m := &Memory{Samples: n}
	if m.Ratio, m.Nearer = metrics.Copied(fakes, r.far); math.IsNaN(m.Ratio) || math.IsInf(m.Ratio, 0) {
		return nil // the held-out images are training images themselves
	}
	return m
}

const (
	knows        = 0.95 // of held-out images the judge must name rightly to be asked at all
	mostCompared = 5000 // images on each side of a comparison by features
	compared     = 500  // images whose nearest training image is looked for
	judgeRows    = 100
	judgeParts   = 20
)

// Progress is told how much is done of one part of what takes a while; 0 of 0 where that cannot be said.
type Progress func(part string, done, total int)

// counted is told of each of total equal pieces that is done.
func (p Progress) counted(part string, total int) func() {
	done := 0
	p(part, 0, total)
	return func() {
		done++
		p(part, min(done, total), total)
	}
}

// Evaluate makes count images and measures them against the data, and D where the file had one. tell, if there is one, is
// told how far that is.
func Evaluate(m *gan.GAN, in run.Info, real *Real, count int, seed uint64, tell Progress) (*Evaluation, error) {
	if tell == nil {
		tell = func(string, int, int) {}
	}
	size := m.Data.Sample.Size()
	switch {
	case real.Held.Size() != size || real.Train.Size() != size:
		return nil, fmt.Errorf("the weights make samples of %d values and the data set has %d", size, real.Held.Size())
	case count < 10:
		return nil, fmt.Errorf("%d images are too few to measure: take at least 10", count)
	}
	e := &Evaluation{Step: in.Step, Count: count}
	var err error
	if modes := real.Train.Modes(); modes != nil {
		e.Count = measuredPoints
		e.Modes, err = new(points).measure(m, modes)
	} else {
		err = e.pictures(m, real, seed, tell)
	}
	if err != nil {
		return nil, err
	}
	if in.Discriminator {
		if e.D, err = discriminator(m, real, seed, tell); err != nil {
			return nil, err
		}
	}
	return e, m.Engine.Err()
}

// pictures makes images and measures them.
func (e *Evaluation) pictures(m *gan.GAN, real *Real, seed uint64, tell Progress) error {
	images, err := run.MakeTelling(m, run.Request{Count: e.Count, Seed: seed, Digit: -1}, func(done int) { tell("making images", done, e.Count) })
	if err != nil {
		return err
	}
	if err := e.ask(m, images, real, tell); err != nil {
		return err
	}
	e.Memory = real.copied(images, tell)
	return nil
}

// pictures are the samples [lo, hi) of a set of bytes.
func pictures(set *data.Set, lo, hi int) []byte {
	b := make([]byte, 0, (hi-lo)*set.Size())
	for i := lo; i < hi; i++ {
		b = append(b, set.Pixels(i)...)
	}
	return b
}

// ask lets the judge measure the images, if it knows what the data show.
func (e *Evaluation) ask(m *gan.GAN, images []byte, real *Real, tell Progress) error {
	if digits := real.Train.Digits(); digits != nil {
		e.stacked(images, real, digits, tell)
	}
	if !knownShape(m) || real.Held.Arrived() == 0 {
		return e.compare(m, images, real, tell)
	}
	reals, why, err := real.known(tell)
	if err != nil {
		return err
	}
	if why != "" {
		return e.compare(m, images, real, tell)
	}
	seen := real.Judge.See(images, tell.counted("looking at the images", e.Count/real.Judge.Rows()))
	tell("measuring the images", 0, 0)
	q, err := reals.Measure(seen, nil)
	if err != nil {
		return err
	}
	e.Quality = &q
	tell("measuring neighbours", 0, 0)
	e.Beside = &Beside{reals.Beside(seen), reals.BesideReal(e.Count)}
	if m.Recipe.Conditional {
		right := 0.0
		for i := range seen.Len() {
			if c, _ := seen.Class(i); c == i%judge.Classes { // the order in which Generate asks
				right += 1 / float64(seen.Len())
			}
		}
		e.Asked = &right
	}
	return nil
}

// compare measures by the features of a network that knows no kind of picture, against as many real pictures as were made, at
// most mostCompared: those held out where there are enough, else one half of those to train on, whose other half says what real
// pictures reach.
func (e *Evaluation) compare(m *gan.GAN, images []byte, real *Real, tell Progress) (err error) {
	if real.Train.Pixels(0) == nil {
		e.Why = "the data are no pictures"
		return nil
	}
	if real.like == nil {
		if real.eye, err = likeness.NewEye(m.Engine, judgeRows, real.Train.Shape()); err != nil {
			return err
		}
		reference, others := real.halves(e.Count)
		rest := tell.counted("looking at real images", (len(reference)+len(others))/real.Train.Size()/judgeRows)
		seen := real.eye.See(reference, rest)
		beside := real.eye.See(others, rest)
		if min(len(seen), len(beside)) < likeness.Least*likeness.Features {
			e.Why = fmt.Sprintf("%d real pictures are too few to measure against: it takes %d", real.Train.Arrived(), 2*likeness.Least)
			return nil
		}
		if real.like, err = likeness.NewReals(seen, beside); err != nil {
			return err
		}
	}
	n := min(len(images), min(mostCompared, max(e.Count, likeness.Least))*real.Train.Size())
	seen := real.eye.See(images[:n], tell.counted("looking at the images", n/real.Train.Size()/judgeRows))
	if len(seen) < likeness.Least*likeness.Features {
		e.Why = fmt.Sprintf("%d images are too few to measure: take at least %d", e.Count, likeness.Least)
		return nil
	}
	tell("measuring the images", 0, 0)
	l, err := real.like.Measure(seen, nil)
	e.Likeness = &l
	return err
}

// halves are real pictures to measure against, at most count of them, and others: those held out and those to train on, or
// where too few are held out, or the same, parts of the latter.
func (r *Real) halves(count int) (reference, others []byte) {
	count = min(count, mostCompared)
	if n := min(count, r.Train.Arrived()); r.Held.Arrived() >= n && r.Held.Look().Digest != r.Train.Look().Digest {
		return pictures(r.Held, 0, n), pictures(r.Train, 0, n)
	}
	order := make([]int32, r.Train.Arrived()) // classes may lie one behind the other, or in turn
	for i := range order {
		order[i] = int32(i)
	}
	rng.New(1, "halves").Shuffle(order)
	for i := range min(count, len(order)/2) {
		reference = append(reference, r.Train.Pixels(int(order[2*i]))...)
		others = append(others, r.Train.Pixels(int(order[2*i+1]))...)
	}
	return reference, others
}

// discriminator runs D over held-out real images, training images and fresh fakes, in evaluation mode; nil where there are too
// few of them.
func discriminator(m *gan.GAN, real *Real, seed uint64, tell Progress) (*Discriminator, error) {
	if min(real.Held.Arrived(), real.Train.Arrived()) < judgeRows*judgeParts {
		return nil, nil
	}
	s, err := m.NewSampler(judgeRows)
	if err != nil {
		return nil, err
	}
	defer s.Release()
	images, noise := make([]float32, judgeRows*m.Data.Sample.Size()), make([]float32, judgeRows*m.Recipe.Noise)
	at, labels := make([]int32, judgeRows), []int32(nil)
	if m.Recipe.Conditional {
		labels = make([]int32, judgeRows)
	}
	company := make([]int32, m.Pack()-1)
	for i := range company {
		company[i] = int32(i)
	}
	real.Train.Gather(images, company)
	m.Accompany(images[:len(company)*m.Data.Sample.Size()])
	var said verdicts
	v, stream := &Discriminator{}, rng.New(seed, "evaluation")
	done := tell.counted("asking D", judgeParts)
	for b := range judgeParts {
		for i := range at {
			at[i] = int32(b*judgeRows + i)
		}
		look := func(set *data.Set) []float64 {
			set.Gather(images, at)
			if labels != nil {
				set.GatherLabels(labels, at)
			}
			return slices.Clone(s.Logits(images, labels))
		}
		said.seen = append(said.seen, look(real.Train)...)
		held := look(real.Held)
		stream.Normal(noise)
		s.Images(images, noise, labels)
		fakes := slices.Clone(s.Logits(images, labels))
		r := m.Losses(held, fakes)
		said.held, said.fakes = append(said.held, held...), append(said.fakes, fakes...)
		v.LossD, v.LossG = v.LossD+r.D/judgeParts, v.LossG+r.G/judgeParts
		v.Scores = m.Scores()
		v.PReal, v.PFake = v.PReal+r.PReal/judgeParts, v.PFake+r.PFake/judgeParts
		v.Says = r.Says
		done()
	}
	said.right(m, v)
	return v, nil
}
