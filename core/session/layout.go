package session

import (
	"errors"

	"ganvas/core/img"
	"ganvas/core/run"
	"ganvas/core/sample"
)

// Layout draws the images of given noise: in Format "picture" Columns rows of noise in each line, in "film" one after the other.
type Layout struct {
	GivenNoise
	Format  string `json:"format"`
	Columns int    `json:"columns,omitempty"`
}

// walkRate is hundredths of a second for each image of a walk through given noise.
const walkRate = 6

func (*Layout) command() {}

func (c *Layout) do(s *Session, _ run.Cancel) (Answer, error) {
	noise, q, err := c.read(s.run.Trainer)
	if err != nil {
		return Answer{}, err
	}
	if s.run.GAN.Data.Sample.Kind() == sample.Point {
		return Answer{}, errors.New("a run on points makes no pictures that could be laid out: export it without noise")
	}
	images, err := s.run.From(noise, q)
	if err != nil {
		return Answer{}, err
	}
	shape, each := s.run.GAN.Data.Sample, max(1, len(c.Text))
	grid := img.Grid{Sample: shape, Scale: 3}
	switch c.Format {
	case "picture":
		grid.Columns = max(1, c.Columns) * each
		return drawn(grid, [][]byte{images}, 0)
	case "film":
		grid.Columns = each
		var frames [][]byte
		for line := each * shape.Size(); len(images) > 0; images = images[line:] {
			frames = append(frames, images[:line])
		}
		return drawn(grid, frames, walkRate)
	}
	return Answer{}, errNoPicture(c.Format)
}
