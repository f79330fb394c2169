package session

import (
	"fmt"

	"ganvas/core/img"
	"ganvas/core/inspect"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// wish answers with D's wishes, or with the way of a sample that follows them. Bytes may hold an image in a sample's place.
func (s *Session) wish(_ run.Cancel, c wire.Command) (answer, error) {
	began, g, samples, err := s.look(c)
	if err != nil {
		return answer{}, err
	}
	if len(c.Bytes) > 0 {
		if samples, err = ownImage(s.run.Trainer, g, samples, c); err != nil {
			return answer{}, err
		}
		c.Index = 0
	}
	var out *wire.Wishes
	var b []byte
	if c.Steps > 0 || len(c.Bytes) > 0 {
		out, b, err = g.Follow(samples, c.Index, c.Steps)
	} else {
		out, b = g.Wishes(samples)
	}
	if err != nil {
		return answer{}, err
	}
	out.Step, out.Of, out.Ms = s.run.Steps(), kind(c.Of), s.since(began)
	return answer{bytes: b, data: map[string]any{"wishes": out}}, s.run.GAN.Engine.Err()
}

// ownImage puts an image of one's own in the place of the first sample.
func ownImage(t *run.Trainer, g *inspect.Glass, s inspect.Samples, c wire.Command) (inspect.Samples, error) {
	size := t.GAN.Data.Sample.Size()
	if len(c.Bytes) != size {
		return s, fmt.Errorf("the image has %d bytes: it must have %d", len(c.Bytes), size)
	}
	images := append([]float32(nil), g.Pictures(s)...)
	for i, v := range c.Bytes {
		images[i] = img.Value(v)
	}
	s.Noise, s.Images = nil, images
	if s.Labels != nil {
		if c.Digit < 0 || c.Digit >= t.GAN.Data.Classes {
			return s, fmt.Errorf("digit is %d: it must be from 0 to %d, since D judges an image together with its digit", c.Digit, t.GAN.Data.Classes-1)
		}
		s.Labels = append([]int32{int32(c.Digit)}, s.Labels[1:]...)
	}
	return s, nil
}
