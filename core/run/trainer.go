// Package run is one run of a GAN over a data set: the order of the data, every random number, epochs, the guard that goes
// back from losses that are no numbers, samples, and checkpoints to go on from.
package run

import (
	"errors"
	"fmt"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/net"
	"ganvas/core/wire"
)

// ErrWaiting means that the next batch's images have not arrived yet; the step was not done and can be tried again.
var ErrWaiting = errors.New("the next batch has not arrived yet")

// ErrDiverged means that a loss was no number any more, or that the losses stayed far above any that is of use; the trainer went back to its last good state.
var ErrDiverged = errors.New("the training diverged")

// Trainer is one run: a GAN, its data and where it is in them.
type Trainer struct {
	GAN      *gan.GAN
	set      *data.Set
	table    engine.Table
	order    *data.Order
	random   streams
	fixed    fixed
	samplers samplers
	fresh    int  // the step at which D had learned nothing
	lacksD   bool // since the file that was opened has none

	shown  uint64      // seed of the fixed noise
	step   int         // done
	at     int         // updates done of the next one
	begun  []begun     // oldest first
	point  wire.Point  // of the last step that has reported, or of the one that reports
	update wire.Update // that has reported last
	came   []Reported  // not handed out yet,
	spare  []Reported  // and those that were
	images int         // real images seen
	drawn  bool
	mark   []byte // order's state before the drawn rows
	rows   []int32
	d      []gan.DInput
	g      []gan.GInput
	good   *snapshot
	strain strain
}

// New begins a run. The set's rows may still be arriving.
func New(e engine.Engine, r config.Recipe, set *data.Set) (*Trainer, error) {
	m, err := gan.New(e, r, DataOf(set))
	if err != nil {
		return nil, err
	}
	m.Classes = set.ClassNames()
	if err := Enough(r, set.Len()); err != nil {
		return nil, err
	}
	t := &Trainer{GAN: m, set: set, order: data.NewOrder(r.Seed, set.Len(), r.Batch), random: newStreams(r.Seed)}
	if t.table, err = e.Table(set); err != nil {
		return nil, err
	}
	t.allocate()
	t.show(r.Seed)
	return t, nil
}

// DataOf is what networks must fit.
func DataOf(set *data.Set) gan.Data {
	return gan.Data{Sample: set.Shape(), Classes: set.Classes()}
}

// Enough checks that so many samples fill a batch.
func Enough(r config.Recipe, samples int) error {
	if r.Batch > samples {
		return fmt.Errorf("batch is %d and the data set has only %d samples: take a smaller batch", r.Batch, samples)
	}
	return nil
}

// allocate makes the buffers of a step's random numbers, so that steps need no more memory.
func (t *Trainer) allocate() {
	r := t.GAN.Recipe
	t.rows = make([]int32, r.DSteps*r.Batch)
	t.d, t.g = make([]gan.DInput, r.DSteps), make([]gan.GInput, r.GSteps)
	for j := range t.d {
		d := gan.DInput{Table: t.table, Rows: t.rows[j*r.Batch:][:r.Batch], Noise: make([]float32, r.Batch*r.Noise), Epsilon: make([]float32, r.Batch/t.GAN.Pack())}
		if r.Conditional {
			d.Labels, d.FakeLabels = make([]int32, r.Batch), make([]int32, r.Batch)
		}
		allocateDraws(r, d.Augment[:])
		t.d[j] = d
	}
	for j := range t.g {
		t.g[j].Noise = make([]float32, r.Batch*r.Noise)
		if r.Conditional {
			t.g[j].FakeLabels = make([]int32, r.Batch)
		}
		allocateDraws(r, t.g[j].Augment[:])
	}
}

// allocateDraws makes room for the random numbers of passes with augmentation.
func allocateDraws(r config.Recipe, passes [][]float32) {
	for i := range passes {
		if r.Augment != "none" {
			passes[i] = make([]float32, r.Batch*net.AugmentDraws)
		}
	}
}

// Steps is how many steps are done, since the run's first start.
func (t *Trainer) Steps() int { return t.step }

// Images is how many real images D has seen.
func (t *Trainer) Images() int { return t.images }

// StepsPerEpoch is how many steps one pass over the data set takes; what does not fill a batch is left out.
func (t *Trainer) StepsPerEpoch() int {
	r := t.GAN.Recipe
	return max(1, t.set.Len()/r.Batch/r.DSteps)
}

// ImagesPerEpoch is how many images one pass over the data set shows. Epochs are counted by images seen, since steps may have
// shown fewer or more before the run branched off.
func (t *Trainer) ImagesPerEpoch() int {
	return t.StepsPerEpoch() * t.GAN.Recipe.Batch * t.GAN.Recipe.DSteps
}

// Epoch is the pass over the data set that the last step was in, from 1; 0 before the first step.
func (t *Trainer) Epoch() int { return t.epochOf(t.images) }

// epochOf is the pass that the last of so many images was in.
func (t *Trainer) epochOf(images int) int {
	return (images + t.ImagesPerEpoch() - 1) / t.ImagesPerEpoch()
}

// Done reports whether the recipe's epochs are over.
func (t *Trainer) Done() bool { return t.images >= t.GAN.Recipe.Epochs*t.ImagesPerEpoch() }

// Samples is the data set.
func (t *Trainer) Samples() *data.Set { return t.set }

// Lacks is why the run cannot train at all: its data are not here and will not come.
func (t *Trainer) Lacks() error {
	if t.set.Arrived() > 0 {
		return nil
	}
	return t.set.Err()
}

// Fresh reports whether D has learned nothing because the file that was opened has none: then it has no verdicts.
func (t *Trainer) Fresh() bool { return t.lacksD && t.step == t.fresh && t.at == 0 }

// Learned is how many steps D has learned in, as far as is known: weights of a generator alone come with a fresh D.
func (t *Trainer) Learned() int { return t.step - t.fresh }

// Ready draws the next step's rows, once, and reports whether all of them have arrived.
func (t *Trainer) Ready() bool {
	if !t.drawn {
		t.mark = t.order.AppendState(t.mark[:0])
		for j := range t.d {
			t.order.Next(t.d[j].Rows)
		}
		t.drawn = true
	}
	have := int32(t.set.Arrived())
	for _, row := range t.rows {
		if row >= have {
			return false
		}
	}
	return true
}

// draw draws a step's labels and random numbers.
func (t *Trainer) draw() {
	r := &t.GAN.Recipe
	for j := range t.d {
		d := &t.d[j]
		t.random.noiseD.Normal(d.Noise)
		t.random.epsilon.Uniform(d.Epsilon, 0, 1)
		d.Seed = t.random.masks.Uint64()
		t.random.draws(d.Augment[:])
		if r.Conditional {
			t.set.GatherLabels(d.Labels, d.Rows)
			t.random.classes(d.FakeLabels, t.set.Classes())
		}
	}
	for j := range t.g {
		g := &t.g[j]
		t.random.noiseG.Normal(g.Noise)
		g.Seed = t.random.masks.Uint64()
		t.random.draws(g.Augment[:])
		if r.Conditional {
			t.random.classes(g.FakeLabels, t.set.Classes())
		}
	}
}
