package session

import (
	"fmt"

	"ganvas/core/latent"
	"ganvas/core/run"
)

// GivenNoise is noise that a command brings, and what is asked for with it.
type GivenNoise struct {
	Digit int    `json:"digit,omitempty"` // −1 for any
	Text  string `json:"text,omitempty"`  // digits that each row writes instead
	Noise []byte `json:"-"`               // rows of float32
}

func (c *GivenNoise) beside() *[]byte { return &c.Noise }

// read is the noise (rows, noise) as the run's generator takes it, and the request that goes with it.
func (c *GivenNoise) read(t *run.Trainer) ([]float32, run.Request, error) {
	q := run.Request{Digit: c.Digit, Text: c.Text}
	noise, err := latent.Values(c.Noise, t.GAN.Recipe.Noise)
	if err != nil {
		return nil, q, err
	}
	if n := len(noise) / t.GAN.Recipe.Noise * max(1, len(c.Text)); n > run.MostAsked {
		return nil, q, fmt.Errorf("the noise is for %d images: at most %d can be asked for at once", n, run.MostAsked)
	}
	return noise, q, nil
}
