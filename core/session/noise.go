package session

import (
	"ganvas/core/latent"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// noise answers with the noise whose images are shown all along.
func (s *Session) noise(run.Cancel, wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	m := s.run.GAN
	noise, labels := s.run.FixedNoise()
	data := map[string]any{"rows": len(noise) / m.Recipe.Noise, "values": m.Recipe.Noise, "classes": m.Data.Classes}
	if labels != nil {
		data["labels"] = labels
	}
	return answer{bytes: latent.Bytes(noise), data: data}, nil
}
