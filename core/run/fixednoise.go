package run

import (
	"math"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/rng"
	"ganvas/core/sample"
)

const (
	shownFakes = 64  // of the fixed noise
	shownReals = 16  // the data set's first
	referred   = 32  // fakes, and real samples, in the batch that D's verdicts refer to
	shownDots  = 512 // of each kind, where they are points of the plane
)

// fixed is the noise whose images are shown all along a run, so that one sees them change.
type fixed struct {
	n       int       // fakes
	noise   []float32 // (n, noise)
	labels  []int32   // 0…9 again and again, conditional runs only
	fakes   *gan.Sampler
	reals   *gan.Sampler
	images  []float32
	scores  []float32
	present []int32 // row numbers of the shown reals
	field   field   // of points only
	refers  int     // real samples in the batch that D's verdicts refer to; −1 before there is one
}

// show makes the noise of that seed the one that is shown.
func (t *Trainer) show(seed uint64) {
	t.shown, t.fixed = seed, newFixed(t.GAN.Recipe, seed, t.set)
}

func newFixed(r config.Recipe, seed uint64, set *data.Set) fixed {
	n, reals := shownFakes, shownReals
	if set.Shape().Kind() == sample.Point {
		n, reals = shownDots, shownDots
	}
	f := fixed{n: n, refers: -1, noise: make([]float32, n*r.Noise), labels: Labels(r, set.Classes(), n)}
	rng.New(seed, "fixed noise").Normal(f.noise)
	f.present = make([]int32, reals)
	for i := range f.present {
		f.present[i] = int32(i)
	}
	return f
}

// FixedNoise is the noise (rows, noise) whose images are shown all along, and its labels in a conditional run.
func (t *Trainer) FixedNoise() (noise []float32, labels []int32) {
	return t.fixed.noise, t.fixed.labels
}

// FixedBytes is the fixed noise with a byte a value: −3…3 as 0…255.
func (t *Trainer) FixedBytes() []byte {
	b := make([]byte, len(t.fixed.noise))
	for i, v := range t.fixed.noise {
		b[i] = byte(math.Round(255 * float64(min(max((v+3)/6, 0), 1))))
	}
	return b
}

// Labels is n labels that go through the classes in turn; nil for an unconditional recipe.
func Labels(r config.Recipe, classes, n int) []int32 {
	if !r.Conditional {
		return nil
	}
	labels := make([]int32, n)
	for i := range labels {
		labels[i] = int32(i % classes)
	}
	return labels
}

// leading is the first n labels; nil where there are none.
func leading(labels []int32, n int) []int32 { return labels[:min(n, len(labels))] }

// bindFixed makes the samplers, at their first use and whenever the networks have been replaced.
func (t *Trainer) bindFixed() (err error) {
	f := &t.fixed
	if f.fakes != nil {
		return nil
	}
	if f.fakes, err = t.GAN.NewSampler(f.n); err != nil {
		return err
	}
	if f.reals, err = t.GAN.NewSampler(len(f.present)); err != nil {
		return err
	}
	size := t.GAN.Data.Sample.Size()
	f.images, f.scores = make([]float32, f.n*size), make([]float32, f.n)
	if t.set.Shape().Kind() == sample.Point {
		f.field, err = newField(t.GAN)
	}
	return err
}

// Refer names the batch whose statistics D takes for its verdicts: the first of the shown fakes, and as many real samples
// once they are there.
func (t *Trainer) Refer() error {
	f, reals := &t.fixed, min(referred, t.set.Len())
	if t.set.Arrived() < reals {
		reals = 0
	}
	if f.refers == reals {
		return nil
	}
	images, labels := make([]float32, reals*t.set.Size()), make([]int32, reals)
	rows := make([]int32, reals)
	for i := range rows {
		rows[i] = int32(i)
	}
	t.set.Gather(images, rows)
	if t.set.Classes() > 0 {
		t.set.GatherLabels(labels, rows)
	}
	f.refers = reals
	return t.GAN.Refer(f.noise[:referred*t.GAN.Recipe.Noise], leading(f.labels, referred), images, labels)
}
