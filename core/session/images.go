package session

import (
	"fmt"

	"ganvas/core/img"
	"ganvas/core/latent"
	"ganvas/core/run"
)

// Images is answered with the images of given noise as bytes, or in Format "float" as float32 in [−1, 1], for points, which a
// byte would put on a grid.
type Images struct {
	GivenNoise
	Format string `json:"format,omitempty"`
}

// Took is the answer's data where it matters how long it took.
type Took struct {
	Ms float64 `json:"ms"`
}

func (*Images) command() {}

func (c *Images) do(s *Session, _ run.Cancel) (Answer, error) {
	if c.Format != "" && c.Format != "float" {
		return Answer{}, fmt.Errorf("format is %q: it must be float, or none for bytes", c.Format)
	}
	noise, q, err := c.read(s.run.Trainer)
	if err != nil {
		return Answer{}, err
	}
	began := s.Now()
	values, err := s.run.Values(noise, q)
	b := img.ToBytes(nil, values)
	if c.Format == "float" {
		b = latent.Bytes(values)
	}
	return Answer{Bytes: b, Data: Took{s.since(began)}}, err
}
