package gan

import (
	"ganvas/core/engine"
	"ganvas/core/loss"
)

// Sampler makes images with the generator, the averaged one where there is one, and asks D about images; both in
// evaluation mode and for a fixed number of rows. It never waits for other programs.
type Sampler struct {
	m       *GAN
	rows    int
	g, d    engine.Pass
	noise   engine.Array
	image   engine.Array
	outputs []float32 // (rows, heads), D's
	logits  []float64
	packs   []float32 // (rows, D's input): images with their company, where D judges several samples together

	single []float32    // (rows, heads) Slopes: 1 at the verdicts asked for
	dy     engine.Array // the same in the engine's memory, made at its first use

	times   int // the networks' making that this is bound to
	prepare engine.Pass
	finish  engine.Pass
}

// NewSampler binds to that many rows.
func (m *GAN) NewSampler(rows int) (*Sampler, error) {
	s := &Sampler{m: m, rows: rows, outputs: make([]float32, rows*m.heads)}
	s.noise = m.Engine.NewArray(rows, m.Recipe.Noise)
	s.image = m.Engine.NewArray(rows*m.Pack(), m.Data.Sample.Size())
	m.samplers = append(m.samplers, s)
	if err := s.bind(); err != nil {
		s.Release()
		return nil, err
	}
	return s, m.Engine.Err()
}

// bind binds to the networks as they are now.
func (s *Sampler) bind() (err error) {
	s.unbind()
	m := s.m
	if s.g, err = m.Shown().Bind(s.rows); err != nil {
		return err
	}
	if s.d, err = m.D.Bind(s.rows); err != nil {
		return err
	}
	s.times = m.times
	if m.nets.Prepare == nil {
		return nil
	}
	if s.prepare, err = bindWay(m.Engine, *m.nets.Prepare, s.rows); err != nil {
		return err
	}
	s.finish, err = bindWay(m.Engine, *m.nets.Finish, s.rows)
	return err
}

// follow binds anew when the networks have grown since. What fits once fits again, so nothing can fail but memory.
func (s *Sampler) follow() {
	if s.times == s.m.times {
		return
	}
	if err := s.bind(); err != nil {
		panic("gan: a sampler that was bound before cannot be bound again")
	}
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
	s.follow()
	s.noise.Write(noise)
	mode := engine.Mode{Alpha: s.m.grown.alpha}
	made := s.g.Forward(engine.Batch{X: s.noise, Labels: labels}, mode)
	if s.finish != nil {
		made = s.finish.Forward(engine.Batch{X: made}, mode)
	}
	made.Read(images)
}

// AsSeen brings images (rows, sample) to the resolution that growing networks work at and back, so that they show what D
// is shown of them; of other networks' images it leaves each value.
func (s *Sampler) AsSeen(images []float32) {
	seen := s.seen(images)
	if s.finish != nil {
		s.finish.Forward(engine.Batch{X: seen}, engine.Mode{Alpha: s.m.grown.alpha}).Read(images)
	}
}

// Verdicts: p (rows), D's verdict on each of the images (rows, sample).
func (s *Sampler) Verdicts(p, images []float32, labels []int32) {
	for i, logit := range s.Logits(images, labels) {
		p[i] = s.m.Verdict(logit)
	}
}

// Verdict is what is shown of a logit: the probability that it stands for, or the score that it is.
func (m *GAN) Verdict(logit float64) float32 {
	if m.loss.Score {
		return float32(logit)
	}
	return float32(loss.Sigmoid(logit))
}

// Scores reports whether D's verdicts are scores on a scale of their own, not probabilities.
func (m *GAN) Scores() bool { return m.loss.Score }

// Logits: D's logits (rows) of images (rows, sample), valid until the next call: each sample's by itself, with the
// statistics of the batch that [GAN.Refer] names, or the running ones where there is none. A D that judges several samples
// together is shown each beside the company that [GAN.Accompany] names.
func (s *Sampler) Logits(images []float32, labels []int32) []float64 {
	x := s.seen(images)
	s.d.Forward(engine.Batch{X: x, Labels: labels}, s.m.Judging()).Read(s.outputs)
	s.logits = s.logits[:0]
	for i := range s.rows {
		s.logits = append(s.logits, float64(s.outputs[i*s.m.heads]))
	}
	return s.logits
}

// seen is images (rows, sample) as D is fed them.
func (s *Sampler) seen(images []float32) engine.Array {
	s.follow()
	s.image.Write(s.packed(images))
	if s.prepare == nil {
		return s.image
	}
	return s.prepare.Forward(engine.Batch{X: s.image}, engine.Mode{Alpha: s.m.grown.alpha})
}

// packed is images (rows, sample) with each one's company behind it; where nobody has named any, a sample is its own.
func (s *Sampler) packed(images []float32) []float32 {
	pack, size := s.m.Pack(), s.m.Data.Sample.Size()
	if pack == 1 {
		return images
	}
	s.packs = s.packs[:0]
	for i := range s.rows {
		image := images[i*size:][:size]
		s.packs = append(s.packs, image...)
		if s.m.company != nil {
			s.packs = append(s.packs, s.m.company...)
			continue
		}
		for range pack - 1 {
			s.packs = append(s.packs, image...)
		}
	}
	return s.packs
}

// Seen: x (rows, D's input) is what D is fed of images (rows, sample): the same, or at the resolution it has grown to.
func (s *Sampler) Seen(x, images []float32) { s.seen(images).Read(x) }

// Verdicts is both networks' losses on given logits, and D's mean probabilities, or its mean scores where it gives such.
type Verdicts struct {
	D, G         float64
	PReal, PFake float64
	Says         string // what the losses' values mean
}

// Losses computes the recipe's losses on logits of real samples and fakes, without the penalty and without learning.
func (m *GAN) Losses(real, fake []float64) Verdicts {
	s := loss.Scores{Real: real, Fake: fake, DReal: make([]float64, len(real)), DFake: make([]float64, len(fake)),
		Smoothing: m.Recipe.LabelSmoothing, Drift: m.Recipe.Drift}
	v := Verdicts{D: m.loss.D.Compute(&s), G: m.loss.G.Compute(&s), PReal: probability(real), PFake: probability(fake), Says: m.loss.Says}
	if m.loss.Score {
		v.PReal, v.PFake = loss.MeanOf(real), loss.MeanOf(fake)
	}
	return v
}

// Zeroless reports whether the loss fixes no zero for D's scores, so that all of them may drift together.
func (m *GAN) Zeroless() bool { return m.loss.Relative }

// Undecided is the logit at which D takes a sample for real as much as for fake; where the loss leaves that open it is
// midway between D's mean logits of real samples and of fakes, which ask gives.
func (m *GAN) Undecided(ask func() (real, fake []float64)) float64 {
	if !m.loss.Relative {
		return m.loss.Middle
	}
	return m.loss.Undecided(ask())
}
