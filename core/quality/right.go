package quality

import (
	"ganvas/core/gan"
	"ganvas/core/loss"
)

// verdicts are D's logits of held-out real images, of training images and of fakes.
type verdicts struct{ held, seen, fakes []float64 }

// right says how often D is right: as in training, a verdict counts as real above the logit at which the run's loss leaves D
// undecided, which is midway between what it says of held-out images and of fakes where only differences mean something.
func (s *verdicts) right(m *gan.GAN, d *Discriminator) {
	middle := m.Undecided(func() (real, fake []float64) { return s.held, s.fakes })
	d.HeldRight, d.SeenRight = loss.Above(s.held, middle), loss.Above(s.seen, middle)
	d.Right = (d.HeldRight + loss.Below(s.fakes, middle)) / 2 // there are as many of each
}
