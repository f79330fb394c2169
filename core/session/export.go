package session

import (
	"errors"
	"fmt"

	"ganvas/core/img"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// export draws the fixed noise's images, now as a picture, over time as a film; or those of given noise; or writes what the
// steps measured, as CSV or JSON.
func (s *Session) export(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run != nil && len(c.Bytes) > 0 {
		return s.exportFrom(c)
	}
	if s.run == nil || len(s.run.past.Moments) == 0 {
		return answer{}, errNoRun
	}
	h := s.run.past.Moments
	last := h[len(h)-1]
	var d img.Drawer = img.Grid{Sample: s.run.GAN.Data.Sample, Columns: 8, Gap: 2, Scale: 3}
	if s.run.GAN.Data.Sample.Kind() == sample.Point { // drawn over the real ones
		d = img.Scatter{Side: 512, Under: last.Reals}
	}
	switch c.Format {
	case "picture":
		return drawn(d, [][]byte{last.Fakes}, 0)
	case "film":
		frames := make([][]byte, len(h))
		for i, f := range h {
			frames[i] = f.Fakes
		}
		return drawn(d, frames, runRate)
	case "csv":
		return answer{bytes: s.run.past.Log.CSV()}, nil
	case "json":
		b, err := s.run.past.Log.JSON(s.run.GAN.Recipe)
		return answer{bytes: b}, err
	}
	return answer{}, fmt.Errorf("format is %q: it must be picture, film, csv or json", c.Format)
}

// exportFrom draws the images of the command's noise: a picture with Count rows of noise in each line, or a film that shows
// them one after the other.
func (s *Session) exportFrom(c wire.Command) (answer, error) {
	noise, w, err := s.given(c)
	if err != nil {
		return answer{}, err
	}
	if s.run.GAN.Data.Sample.Kind() == sample.Point {
		return answer{}, errors.New("a run on points makes no pictures that could be laid out: export it without noise")
	}
	images, err := s.run.From(noise, w)
	if err != nil {
		return answer{}, err
	}
	shape, each := s.run.GAN.Data.Sample, max(1, len(c.Text))
	grid := img.Grid{Sample: shape, Scale: 3}
	switch c.Format {
	case "picture":
		grid.Columns = max(1, c.Count) * each
		return drawn(grid, [][]byte{images}, 0)
	case "film":
		grid.Columns = each
		var frames [][]byte
		for line := each * shape.Size(); len(images) > 0; images = images[line:] {
			frames = append(frames, images[:line])
		}
		return drawn(grid, frames, walkRate)
	}
	return answer{}, fmt.Errorf("format is %q: it must be picture or film", c.Format)
}

// runRate is hundredths of a second for each picture of a run.
const runRate = 10

// walkRate is hundredths of a second for each image of a walk through given noise.
const walkRate = 6

// drawn answers with a film: its pixels, and what a file of them needs beside. It is the page that writes such files.
func drawn(d img.Drawer, frames [][]byte, delay int) (answer, error) {
	f, err := img.NewFilm(d, frames, delay)
	if err != nil {
		return answer{}, err
	}
	return answer{bytes: f.Pix, data: map[string]any{"film": f}}, nil
}
