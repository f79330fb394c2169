package session

import (
	"errors"

	"ganvas/core/img"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// deal answers with one picture that is real or fake with equal chance: a sample of the data set, or an image of the
// generator as it is. D judges the bytes that the visitor sees, so that neither has more to go by.
func (s *Session) deal(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	t, set := s.run.Trainer, s.run.Samples()
	if set.Arrived() == 0 {
		return answer{}, errors.New("the real samples have not arrived yet: try again in a moment")
	}
	stream, label := rng.New(c.Seed, "deal"), -1
	real := stream.IntN(2) == 1
	var picture []byte
	if real {
		row := []int32{int32(stream.IntN(set.Arrived()))}
		image := make([]float32, set.Size())
		set.Gather(image, row)
		if err := t.AsSeen(image); err != nil {
			return answer{}, err
		}
		picture = img.ToBytes(nil, image)
		if t.GAN.Recipe.Conditional {
			label = set.Label(int(row[0]))
		}
	} else {
		if t.GAN.Recipe.Conditional {
			label = stream.IntN(t.GAN.Data.Classes)
		}
		noise := make([]float32, t.GAN.Recipe.Noise)
		stream.Normal(noise)
		var err error
		if picture, err = t.From(noise, run.Request{Digit: label}); err != nil {
			return answer{}, err
		}
	}
	v, err := t.Verdict(picture, label)
	if err != nil {
		return answer{}, err
	}
	data := s.told(v)
	data["real"], data["label"], data["takenForReal"] = real, label, v.Logits[0] > v.Middle
	return answer{bytes: picture, data: data}, nil
}
