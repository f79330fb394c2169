package train

import (
	"fmt"

	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/rng"
)

const generateRows = 100 // images made at once

// Generate makes count images (count, H, W), 0 black to 255 white, from the noise that seed gives; of one digit in a
// conditional run, or of any for −1. The same call gives the same images on every engine, within rounding.
func Generate(m *gan.GAN, count int, seed uint64, digit int) ([]byte, error) {
	labels, err := wanted(m, count, digit)
	if err != nil {
		return nil, err
	}
	rows := min(count, generateRows)
	s, err := m.NewSampler(rows)
	if err != nil {
		return nil, err
	}
	size, width := m.Data.Sample.Size(), m.Recipe.Noise
	noise, images := make([]float32, rows*width), make([]float32, rows*size)
	out := make([]byte, 0, (count+rows)*size)
	stream := rng.New(seed, "generate")
	for at := 0; at < count; at += rows {
		stream.Normal(noise)
		s.Images(images, noise, labels.rows(at, rows))
		out = img.ToBytes(out, images)
	}
	return out[:count*size], m.Engine.Err()
}

// choice is the labels asked for.
type choice struct {
	on      bool
	digit   int
	classes int
	buf     []int32
}

func wanted(m *gan.GAN, count, digit int) (*choice, error) {
	if count < 1 || count > 1_000_000 {
		return nil, fmt.Errorf("count is %d: it must be from 1 to 1000000", count)
	}
	if !m.Recipe.Conditional {
		if digit >= 0 {
			return nil, fmt.Errorf("this generator was not told digits while it learned, so it cannot be asked for a %d: take a conditional one", digit)
		}
		return &choice{}, nil
	}
	if digit >= m.Data.Classes {
		return nil, fmt.Errorf("digit is %d: it must be from 0 to %d", digit, m.Data.Classes-1)
	}
	return &choice{on: true, digit: digit, classes: m.Data.Classes}, nil
}

// rows is the labels of images at…at+n: the digit asked for, or all in turn.
func (c *choice) rows(at, n int) []int32 {
	if !c.on {
		return nil
	}
	c.buf = c.buf[:0]
	for i := range n {
		d := c.digit
		if d < 0 {
			d = (at + i) % c.classes
		}
		c.buf = append(c.buf, int32(d))
	}
	return c.buf
}
