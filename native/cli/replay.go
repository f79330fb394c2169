package cli

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"

	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/img/imgfile"
	"ganvas/core/run"
	"ganvas/core/weights"
)

const (
	reelSteps = 5 // frames from one moment of a tape to the next
	reelRate  = 6 // hundredths of a second for each
)

// source reads the tape, if one is asked for. A tape names the generator's file that lies beside it.
func (c *generateCmd) source() (*weights.File, error) {
	switch {
	case c.Tape == "" && c.Weights == "":
		return nil, errors.New("nothing to generate with: name a file with --weights, or a run's tape with --tape")
	case c.Tape == "":
		return nil, nil
	case c.To != nil:
		return nil, errors.New("--tape moves along a run and --to along the noise: take one of them")
	}
	f, err := c.read(c.Tape)
	if err != nil {
		return nil, err
	}
	if base := f.Meta["base"]; c.Weights == "" {
		if base == "" || base != filepath.Base(base) {
			return nil, fmt.Errorf("%s does not say which generator it belongs to: name that one's file with --weights", c.Tape)
		}
		c.Weights = filepath.Join(filepath.Dir(c.Tape), base)
	}
	return f, nil
}

// replay writes the images that are wished for along a tape: moment by moment, or in an animation with blends of two
// moments between them.
func (c *generateCmd) replay(m *gan.GAN, r *run.Replay, wish run.Request, ending string, works *busy) ([]byte, error) {
	fine := 1
	if ending == ".gif" {
		fine = reelSteps
	}
	last := len(r.Steps()) - 1
	s := m.Data.Sample
	var frames [][]byte
	var all []byte
	for k := range last*fine + 1 {
		works.at("making frames", k, last*fine+1)
		if err := r.Seek(float64(k) / float64(fine)); err != nil {
			return nil, err
		}
		images, err := run.Make(m, wish)
		if err != nil {
			return nil, err
		}
		frames, all = append(frames, images), append(all, images...)
	}
	switch n := len(frames[0]) / s.Size(); ending {
	case ".gif":
		return imgfile.GIF(c.drawer(n, s), frames, reelRate)
	case ".png":
		return imgfile.PNG(img.Grid{Sample: s, Columns: n, Gap: 2, Scale: cmp.Or(c.Scale, 1)}, all)
	}
	return imgfile.NPY(all, s), nil
}
