package gan

import (
	"fmt"
	"slices"

	"ganvas/core/arch"
	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/weights"
)

// growth is where a growing run is: its stage, from 0 for 4×4 pictures, and how far the newest resolution has faded in.
type growth struct {
	stage int
	alpha float32
}

// growthAt follows from how many real images the discriminator has seen: the first resolution takes one phase of
// stage_images, every other fades in over a phase and settles over another, and the last one stays.
func growthAt(r config.Recipe, images int) growth {
	if !arch.Grows(r.Arch) {
		return growth{alpha: 1}
	}
	n, last := r.StageImages, len(r.Generator)-1
	if images < n || last == 0 {
		return growth{0, 1}
	}
	stage, within := 1+(images-n)/(2*n), (images-n)%(2*n)
	if stage > last {
		return growth{last, 1}
	}
	return growth{stage, float32(min(1, float64(within)/float64(n)))}
}

// Grow brings networks that grow to where they are after that many real images, and reports whether they reached
// another resolution: the new networks take over every weight that the old ones have, and their optimizers begin anew.
func (m *GAN) Grow(images int) (bool, error) {
	at := growthAt(m.Recipe, images)
	if at.stage == m.grown.stage {
		m.grown = at
		m.changes++
		return false, nil
	}
	g, d, average, held := m.G, m.D, m.Average, m.held()
	if err := m.become(at); err != nil {
		return false, err
	}
	defer release(held)
	for _, pair := range []struct{ to, from engine.Net }{{m.G, g}, {m.D, d}, {m.Average, average}} {
		if pair.from == nil || pair.to == nil {
			continue
		}
		if err := takeOver(pair.to, pair.from); err != nil {
			return false, err
		}
	}
	return true, m.Engine.Err()
}

// Grows reports whether the networks grow.
func (m *GAN) Grows() bool { return m.nets.Prepare != nil }

// Side is the width and height of the images that the networks work on.
func (m *GAN) Side() int {
	if m.nets.Prepare == nil {
		return m.Data.Sample.Width
	}
	return arch.Smallest << m.grown.stage
}

// FadeIn is how far the newest resolution has faded in, from 0 to 1.
func (m *GAN) FadeIn() float64 { return float64(m.grown.alpha) }

// Finish is what brings the images of networks that grow to the data's size; nil for the others.
func (m *GAN) Finish() *net.Spec { return m.nets.Finish }

// takeOver gives to the weights that from has under the same name.
func takeOver(to, from engine.Net) error {
	old, err := from.State()
	if err != nil {
		return err
	}
	state, err := to.State()
	if err != nil {
		return err
	}
	for i, t := range state {
		k := slices.IndexFunc(old, func(o weights.Tensor) bool { return o.Name == t.Name })
		if k >= 0 {
			state[i] = old[k]
		}
	}
	if err := to.Load(state); err != nil {
		return fmt.Errorf("growing: %w", err)
	}
	return nil
}
