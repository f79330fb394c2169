package session

import (
	"ganvas/core/run"
	"ganvas/core/wire"
)

// Nearly all values of a normal distribution lie between these.
const (
	swayFrom = -2
	swayTo   = 2
)

// swayPairs are looked at at once.
const swayPairs = 32

// sway answers with how much each noise value changes an image: the mean difference of a pixel, as a share of black to
// white, between the images with that value at one end of where noise lies and at the other.
func (s *Session) sway(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	noise, w, err := s.given(c)
	if err != nil {
		return answer{}, err
	}
	by, err := sway(s.run.Trainer, noise[:s.run.GAN.Recipe.Noise], w)
	return answer{data: map[string]any{"sway": by}}, err
}

// sway measures how much each value of one row of noise changes its image, from 0 to 1.
func sway(t *run.Trainer, noise []float32, w run.Request) ([]float64, error) {
	width, size := len(noise), t.GAN.Data.Sample.Size()
	by := make([]float64, 0, width)
	for len(by) < width {
		n := min(width-len(by), swayPairs)
		var pairs []float32
		for i := len(by); i < len(by)+n; i++ {
			for _, v := range [2]float32{swayFrom, swayTo} {
				pairs = append(pairs, noise...)
				pairs[len(pairs)-width+i] = v
			}
		}
		if w.Digit < 0 && t.GAN.Recipe.Conditional {
			w.Digit = 0 // the two of a pair must be of one class
		}
		images, err := t.From(pairs, w)
		if err != nil {
			return nil, err
		}
		for ; len(images) > 0; images = images[2*size:] {
			by = append(by, meanDifference(images[:size], images[size:2*size]))
		}
	}
	return by, nil
}

// meanDifference is the mean difference of two images' bytes, as a share of the largest possible.
func meanDifference(a, b []byte) float64 {
	sum := 0.0
	for i, x := range a {
		d := float64(x) - float64(b[i])
		sum += max(d, -d)
	}
	return sum / 255 / float64(len(a))
}
