package gan

import (
	"ganvas/core/engine"
	"ganvas/core/nn"
)

// Sampler makes images with the generator, the averaged one where there is one, and asks D about images; both in
// evaluation mode and for a fixed number of rows. It never waits for other programs.
type Sampler struct {
	m     *GAN
	rows  int
	g, d  engine.Pass
	noise engine.Array
	image engine.Array
	judge []float32 // (rows, heads)
}

// NewSampler binds to that many rows.
func (m *GAN) NewSampler(rows int) (*Sampler, error) {
	s := &Sampler{m: m, rows: rows, judge: make([]float32, rows*m.heads)}
	var err error
	if s.g, err = m.Shown().Bind(rows); err != nil {
		return nil, err
	}
	if s.d, err = m.D.Bind(rows); err != nil {
		return nil, err
	}
	s.noise = m.Engine.NewArray(rows, m.Recipe.Noise)
	s.image = m.Engine.NewArray(rows, m.Data.Sample.Size())
	return s, m.Engine.Err()
}

// Shown is the generator whose images are shown: the averaged one where there is one.
func (m *GAN) Shown() engine.Net {
	if m.Average != nil {
		return m.Average
	}
	return m.G
}

// Rows is how many samples one call takes.
func (s *Sampler) Rows() int { return s.rows }

// Images: images (rows, sample) in [−1, 1] of noise (rows, noise); labels (rows) in a conditional run.
func (s *Sampler) Images(images, noise []float32, labels []int32) {
	s.noise.Write(noise)
	s.g.Forward(engine.Batch{X: s.noise, Labels: labels}, nn.Mode{Alpha: s.m.Alpha}).Read(images)
}

// Judge: p (rows), D's probability that each of the images (rows, sample) is real: the sigmoid of its logit.
func (s *Sampler) Judge(p, images []float32, labels []int32) {
	s.image.Write(images)
	s.d.Forward(engine.Batch{X: s.image, Labels: labels}, nn.Mode{Alpha: s.m.Alpha}).Read(s.judge)
	for i := range s.rows {
		p[i] = float32(sigmoid(float64(s.judge[i*s.m.heads])))
	}
}
