package run

import (
	"ganvas/core/img"
	"ganvas/core/wire"
)

// Sheet is the fixed noise's images now beside the data set's first ones, each with D's verdict on what is seen of it. The bytes are those of
// [wire.Sheet]: fakes, then reals (none before they have arrived), then D's field where the samples are points.
func (t *Trainer) Sheet() (*wire.Sheet, []byte, error) {
	if err := t.bindFixed(); err != nil {
		return nil, nil, err
	}
	if err := t.Refer(); err != nil {
		return nil, nil, err
	}
	f, shape := &t.fixed, t.GAN.Data.Sample
	s := &wire.Sheet{Sample: shape, Fakes: f.n, FakeLabels: f.labels}
	if t.GAN.Grows() {
		s.Side, s.FadeIn = t.GAN.Side(), t.GAN.FadeIn()
	}
	f.fakes.Images(f.images, f.noise, f.labels)
	pixels := img.ToBytes(nil, f.images)
	s.Scores, s.Fresh = t.GAN.Scores(), t.Fresh()
	img.Rounded(f.images)
	f.fakes.Verdicts(f.scores, f.images, f.labels)
	if !s.Fresh {
		s.FakeScores = append([]float32(nil), f.scores...)
	}
	if n := len(f.present); t.set.Arrived() >= n && t.set.Len() >= n {
		real := f.images[:n*shape.Size()]
		t.set.Gather(real, f.present)
		f.reals.AsSeen(real)
		img.Rounded(real)
		labels := make([]int32, n)
		if t.set.Classes() > 0 {
			t.set.GatherLabels(labels, f.present)
			s.RealLabels = labels
		}
		pixels = img.ToBytes(pixels, real)
		f.reals.Verdicts(f.scores[:n], real, labels)
		if s.Reals = n; !s.Fresh {
			s.RealScores = append([]float32(nil), f.scores[:n]...)
		}
	}
	if f.field.sampler != nil && !s.Fresh {
		s.Field = fieldSide
		pixels = f.field.add(pixels, s.Scores)
	}
	return s, pixels, t.GAN.Engine.Err()
}
