package session

import (
	"fmt"

	"ganvas/core/img"
	"ganvas/core/inspect"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// Wish asks what D wishes of samples, or with Steps for the way of one that follows its wishes. It is answered with wire.Wishes
// and their bytes.
type Wish struct {
	Of    string `json:"of,omitempty"`    // "fake" or "real"
	Index int    `json:"index,omitempty"` // of the sample that goes a way
	Steps int    `json:"steps,omitempty"`
	Digit int    `json:"digit,omitempty"` // of the image, in a conditional run
	Image []byte `json:"-"`               // an own one in a sample's place, or none
}

func (c *Wish) beside() *[]byte { return &c.Image }

func (*Wish) command() {}

func (c *Wish) do(s *Session, _ run.Cancel) (Answer, error) {
	began := s.Now()
	g, samples, err := s.look(c.Of)
	if err != nil {
		return Answer{}, err
	}
	index := c.Index
	if len(c.Image) > 0 {
		if samples, err = c.inPlace(s.run.Trainer, g, samples); err != nil {
			return Answer{}, err
		}
		index = 0
	}
	var out *wire.Wishes
	var b []byte
	if c.Steps > 0 || len(c.Image) > 0 {
		out, b, err = g.Follow(samples, index, c.Steps)
	} else {
		out, b = g.Wishes(samples)
	}
	if err != nil {
		return Answer{}, err
	}
	out.Step, out.Of, out.Ms = s.run.Steps(), kind(c.Of), s.since(began)
	return Answer{Bytes: b, Data: out}, s.run.GAN.Engine.Err()
}

// inPlace puts the own image in the place of the first sample.
func (c *Wish) inPlace(t *run.Trainer, g *inspect.Glass, s inspect.Samples) (inspect.Samples, error) {
	size := t.GAN.Data.Sample.Size()
	if len(c.Image) != size {
		return s, fmt.Errorf("the image has %d bytes: it must have %d", len(c.Image), size)
	}
	images := append([]float32(nil), g.Pictures(s)...)
	for i, v := range c.Image {
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
