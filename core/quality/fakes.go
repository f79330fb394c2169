package quality

import (
	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/quality/judge"
	"ganvas/core/rng"
	"ganvas/core/run"
)

// fakes are the images of a measurement under way.
type fakes struct {
	of      *gan.GAN
	sampler *gan.Sampler
	noise   []float32
	images  []float32
	bytes   []byte
	labels  []int32
	stream  *rng.Stream
	seen    judge.Seen
}

// look makes some more fakes and shows them to the judge.
func (f *fakes) look(j *judge.Judge, m *gan.GAN) (err error) {
	if f.of != m {
		*f = fakes{of: m, noise: make([]float32, gaugeRows*m.Recipe.Noise), images: make([]float32, gaugeRows*m.Data.Sample.Size()),
			labels: run.Labels(m.Recipe, m.Data.Classes, gaugeRows)}
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
