package session

import (
	"ganvas/core/latent"
	"ganvas/core/run"
)

// Noise is answered with the noise whose images are shown all along, as float32.
type Noise struct{}

// FixedNoise is the shape of that noise.
type FixedNoise struct {
	Rows    int     `json:"rows"`
	Values  int     `json:"values"` // of a row
	Classes int     `json:"classes"`
	Labels  []int32 `json:"labels,omitempty"` // of the rows, conditional runs only
}

func (*Noise) command() {}

func (*Noise) do(s *Session, _ run.Cancel) (Answer, error) {
	m := s.run.GAN
	noise, labels := s.run.FixedNoise()
	return Answer{Bytes: latent.Bytes(noise), Data: FixedNoise{Rows: len(noise) / m.Recipe.Noise, Values: m.Recipe.Noise, Classes: m.Data.Classes, Labels: labels}}, nil
}
