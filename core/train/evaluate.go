package train

import (
	"fmt"
	"strings"

	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/metrics"
	"ganvas/core/rng"
)

// Evaluation says how good a generator is, on images made from one seed against held-out real ones.
type Evaluation struct {
	Step    int     `json:"step"`
	Count   int     `json:"count"`
	Classes []int   `json:"classes,omitempty"` // fakes nearest to a real image of each class
	Covered int     `json:"covered"`           // classes with at least 2 % of the fakes
	LossD   float64 `json:"lossD"`
	LossG   float64 `json:"lossG"`
	PReal   float64 `json:"pReal"` // mean of D's probability for held-out real images
	PFake   float64 `json:"pFake"` // and for fakes
	Says    string  `json:"says"`  // what the losses' values mean
	HasD    bool    `json:"hasDiscriminator"`
}

// Evaluate makes count images and judges them by their nearest neighbours among held-out real images, and by D where the
// file had one.
func Evaluate(m *gan.GAN, in Info, held *data.Set, count int, seed uint64) (*Evaluation, error) {
	size := m.Data.Sample.Size()
	if held.Size() != size {
		return nil, fmt.Errorf("the weights make samples of %d values and the data set has %d", size, held.Size())
	}
	images, err := Generate(m, count, seed, -1)
	if err != nil {
		return nil, err
	}
	e := &Evaluation{Step: in.Step, Count: count, HasD: in.Discriminator}
	if held.Classes() > 0 {
		e.Classes = metrics.NearestClasses(images, held)
		e.Covered = metrics.Covered(e.Classes, 0.02)
	}
	if in.Discriminator {
		e.judge(m, held, seed)
	}
	return e, m.Engine.Err()
}

// judge runs D over held-out real images and fresh fakes, in evaluation mode.
func (e *Evaluation) judge(m *gan.GAN, held *data.Set, seed uint64) {
	const rows, batches = 100, 20
	s, err := m.NewSampler(rows)
	if err != nil || held.Arrived() < rows*batches {
		return
	}
	size := m.Data.Sample.Size()
	images, noise := make([]float32, rows*size), make([]float32, rows*m.Recipe.Noise)
	at, labels := make([]int32, rows), []int32(nil)
	if m.Recipe.Conditional {
		labels = make([]int32, rows)
	}
	stream := rng.New(seed, "evaluation")
	for b := range batches {
		for i := range at {
			at[i] = int32(b*rows + i)
		}
		held.Gather(images, at)
		if labels != nil {
			held.GatherLabels(labels, at)
		}
		real := append([]float64(nil), s.Logits(images, labels)...)
		stream.Normal(noise)
		s.Images(images, noise, labels)
		r := m.Losses(real, s.Logits(images, labels))
		e.LossD, e.LossG = e.LossD+r.D/batches, e.LossG+r.G/batches
		e.PReal, e.PFake = e.PReal+r.PReal/batches, e.PFake+r.PFake/batches
		e.Says = r.Says
	}
}

// String is the evaluation for a person.
func (e *Evaluation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d images after %d steps\n", e.Count, e.Step)
	if e.Classes != nil {
		fmt.Fprintf(&b, "digits covered  %d of %d (at least 2 %% of the images each)\n", e.Covered, len(e.Classes))
		for c, n := range e.Classes {
			fmt.Fprintf(&b, "  %d  %5.1f %%  %s\n", c, 100*float64(n)/float64(e.Count), strings.Repeat("█", (n*100+e.Count)/(2*e.Count)))
		}
	}
	if e.HasD {
		fmt.Fprintf(&b, "loss            D %.3f  G %.3f   %s\n", e.LossD, e.LossG, e.Says)
		fmt.Fprintf(&b, "D's verdict     %.2f on held-out real images, %.2f on fakes\n", e.PReal, e.PFake)
	}
	return b.String()
}
