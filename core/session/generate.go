package session

import (
	"fmt"

	"ganvas/core/img"
	"ganvas/core/latent"
	"ganvas/core/run"
	"ganvas/core/wire"
)

func (s *Session) generate(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	if len(c.Bytes) > 0 {
		return s.generateFrom(c)
	}
	b, err := run.Make(s.run.GAN, run.Request{Count: c.Count, Seed: c.Seed, Digit: c.Digit, Text: c.Text, To: c.To, At: c.At})
	return answer{bytes: b}, err
}

// given is the noise that a command carries, and the wish that goes with it.
func (s *Session) given(c wire.Command) ([]float32, run.Request, error) {
	w := run.Request{Digit: c.Digit, Text: c.Text}
	noise, err := latent.Values(c.Bytes, s.run.GAN.Recipe.Noise)
	if err != nil {
		return nil, w, err
	}
	if n := len(noise) / s.run.GAN.Recipe.Noise * max(1, len(c.Text)); n > run.MostAsked {
		return nil, w, fmt.Errorf("the noise is for %d images: at most %d can be asked for at once", n, run.MostAsked)
	}
	return noise, w, nil
}

// generateFrom answers with the images of the command's noise, and how many milliseconds they took; of Format "float"
// they are float32 in [−1, 1] instead of bytes, for points, which a byte would put on a grid.
func (s *Session) generateFrom(c wire.Command) (answer, error) {
	noise, w, err := s.given(c)
	if err != nil {
		return answer{}, err
	}
	began := s.Now()
	values, err := s.run.Values(noise, w)
	b := img.ToBytes(nil, values)
	if c.Format == "float" {
		b = latent.Bytes(values)
	}
	return answer{bytes: b, data: map[string]any{"ms": 1000 * s.Now().Sub(began).Seconds()}}, err
}
