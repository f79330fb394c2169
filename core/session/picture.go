package session

import (
	"fmt"

	"ganvas/core/img"
	"ganvas/core/run"
	"ganvas/core/sample"
)

// Picture is answered with the fixed noise's images: Format "picture" as they were shown last, "film" over the run. It is the page
// that writes files of them.
type Picture struct {
	Format string `json:"format"`
}

// runRate is hundredths of a second for each picture of a run.
const runRate = 10

func (*Picture) command() {}

func (c *Picture) do(s *Session, _ run.Cancel) (Answer, error) {
	h := s.run.past.Moments
	if len(h) == 0 {
		return Answer{}, errNoRun
	}
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
	}
	return Answer{}, errNoPicture(c.Format)
}

// drawn answers with a film: its pixels, and as data an img.Film, what a file of them needs beside.
func drawn(d img.Drawer, frames [][]byte, delay int) (Answer, error) {
	f, err := img.NewFilm(d, frames, delay)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Bytes: f.Pix, Data: f}, nil
}

func errNoPicture(format string) error {
	return fmt.Errorf("format is %q: it must be picture or film", format)
}
