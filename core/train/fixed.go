package train

import (
	"math"

	"ganvas/core/config"
	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/rng"
	"ganvas/core/wire"
)

const (
	shownFakes = 64 // of the fixed noise
	shownReals = 16 // the data set's first
)

// fixed is the noise whose images are shown all along a run, so that one sees them change.
type fixed struct {
	noise   []float32 // (shownFakes, noise)
	labels  []int32   // 0…9 again and again, conditional runs only
	fakes   *gan.Sampler
	reals   *gan.Sampler
	images  []float32
	scores  []float32
	present []int32 // row numbers of the shown reals
}

func newFixed(r config.Recipe, classes int) fixed {
	f := fixed{noise: make([]float32, shownFakes*r.Noise), labels: cycle(r, classes, shownFakes)}
	rng.New(r.Seed, "fixed noise").Normal(f.noise)
	f.present = make([]int32, shownReals)
	for i := range f.present {
		f.present[i] = int32(i)
	}
	return f
}

// bytes is the noise with a byte a value: −3…3 as 0…255.
func (f *fixed) bytes() []byte {
	b := make([]byte, len(f.noise))
	for i, v := range f.noise {
		b[i] = byte(math.Round(255 * float64(min(max((v+3)/6, 0), 1))))
	}
	return b
}

// cycle is n labels that go through the classes in turn; nil for an unconditional recipe.
func cycle(r config.Recipe, classes, n int) []int32 {
	if !r.Conditional {
		return nil
	}
	labels := make([]int32, n)
	for i := range labels {
		labels[i] = int32(i % classes)
	}
	return labels
}

// bind makes the samplers, at their first use and whenever the networks have been replaced.
func (t *Trainer) bindFixed() (err error) {
	f := &t.fixed
	if f.fakes != nil {
		return nil
	}
	if f.fakes, err = t.GAN.NewSampler(shownFakes); err != nil {
		return err
	}
	f.reals, err = t.GAN.NewSampler(shownReals)
	size := t.GAN.Data.Sample.Size()
	f.images, f.scores = make([]float32, shownFakes*size), make([]float32, shownFakes)
	return err
}

// Sheet is the fixed noise's images now beside the data set's first ones, each with D's verdict. The bytes are those of
// [wire.Sheet]: fakes, then reals (none before they have arrived).
func (t *Trainer) Sheet() (*wire.Sheet, []byte, error) {
	if err := t.bindFixed(); err != nil {
		return nil, nil, err
	}
	f, shape := &t.fixed, t.GAN.Data.Sample
	s := &wire.Sheet{Height: shape.H, Width: shape.W, Fakes: shownFakes, FakeLabels: f.labels}
	if shape.H == 1 && shape.W == 1 {
		s.Width = shape.C // points of the plane
	}
	if t.GAN.Grows() {
		s.Side, s.FadeIn = t.GAN.Side(), t.GAN.FadeIn()
	}
	f.fakes.Images(f.images, f.noise, f.labels)
	pixels := img.ToBytes(nil, f.images)
	f.fakes.Judge(f.scores, f.images, f.labels)
	s.FakeScores = append([]float32(nil), f.scores...)
	if n := shownReals; t.set.Arrived() >= n && t.set.Len() >= n {
		real := f.images[:n*shape.Size()]
		t.set.Gather(real, f.present)
		labels := make([]int32, n)
		if t.set.Classes() > 0 {
			t.set.GatherLabels(labels, f.present)
			s.RealLabels = labels
		}
		pixels = img.ToBytes(pixels, real)
		f.reals.Judge(f.scores[:n], real, labels)
		s.Reals, s.RealScores = n, append([]float32(nil), f.scores[:n]...)
	}
	return s, pixels, t.GAN.Engine.Err()
}
