package quality

import (
	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/quality/judge"
	"ganvas/core/rng"
	"ganvas/core/run"
)

// maker makes the images of a measurement, always of the same noise.
type maker struct {
	of      *gan.GAN
	sampler *gan.Sampler
	noise   []float32
	images  []float32
	bytes   []byte
	labels  []int32
	stream  *rng.Stream
}

// some are the next gaugeRows images as bytes, valid until the next call; those after first are the first ones.
func (f *maker) some(m *gan.GAN, first bool) (b []byte, err error) {
	if f.of != m {
		*f = maker{of: m, noise: make([]float32, gaugeRows*m.Recipe.Noise), images: make([]float32, gaugeRows*m.Data.Sample.Size()),
			labels: run.Labels(m.Recipe, m.Data.Classes, gaugeRows)}
		if f.sampler, err = m.NewSampler(gaugeRows); err != nil {
			return nil, err
		}
	}
	if first || f.stream == nil {
		f.stream = rng.New(m.Recipe.Seed, "measured noise")
	}
	f.stream.Normal(f.noise)
	f.sampler.Images(f.images, f.noise, f.labels)
	f.bytes = img.ToBytes(f.bytes[:0], f.images)
	return f.bytes, nil
}

// fakes are the images of a measurement under way.
type fakes struct {
	maker
	seen judge.Seen
}

// look makes some more fakes and shows them to the judge.
func (f *fakes) look(j *judge.Judge, m *gan.GAN) error {
	if f.of != m {
		f.seen = judge.Seen{}
	}
	b, err := f.some(m, f.seen.Len() == 0)
	if err == nil {
		j.Look(&f.seen, b)
	}
	return err
}
