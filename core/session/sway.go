package session

import "ganvas/core/run"

// Sway is answered with how much each value of the first row of given noise changes its image.
type Sway struct{ GivenNoise }

// Swayed is, for each value, the mean difference of a pixel, as a share of black to white, between the images with that value at
// one end of where noise lies and at the other.
type Swayed struct {
	Sway []float64 `json:"sway"`
}

func (*Sway) command() {}

func (c *Sway) do(s *Session, _ run.Cancel) (Answer, error) {
	noise, q, err := c.read(s.run.Trainer)
	if err != nil {
		return Answer{}, err
	}
	by, err := sway(s.run.Trainer, noise[:s.run.GAN.Recipe.Noise], q)
	return Answer{Data: Swayed{by}}, err
}

// Nearly all values of a normal distribution lie between these.
const (
	swayFrom = -2
	swayTo   = 2
)

// swayPairs are made at once.
const swayPairs = 32

// sway measures how much each value of one row of noise changes its image, from 0 to 1.
func sway(t *run.Trainer, noise []float32, q run.Request) ([]float64, error) {
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
		if q.Digit < 0 && t.GAN.Recipe.Conditional {
			q.Digit = 0 // the two of a pair must be of one class
		}
		images, err := t.From(pairs, q)
		if err != nil {
			return nil, err
		}
		for ; len(images) > 0; images = images[2*size:] {
			by = append(by, meanDifference(images[:size], images[size:2*size]))
		}
	}
	return by, nil
}

// meanDifference is that of two images' bytes, as a share of the largest possible.
func meanDifference(a, b []byte) float64 {
	sum := 0.0
	for i, x := range a {
		d := float64(x) - float64(b[i])
		sum += max(d, -d)
	}
	return sum / 255 / float64(len(a))
}
