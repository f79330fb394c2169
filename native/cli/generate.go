package cli

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/img/imgfile"
	"ganvas/core/train"
)

type generateCmd struct {
	engineFlags
	changedFlag
	Weights string  `help:"Checkpoint or generator to use." placeholder:"FILE"`
	Tape    string  `help:"A run's tape instead: all images at each of its moments, frame by frame in a .gif, row by row in a .png." placeholder:"FILE"`
	Count   int     `help:"How many images." default:"64"`
	Digit   int     `help:"Which digit, from a conditional generator; -1 takes all in turn." default:"-1"`
	Write   string  `help:"A number to write, from a conditional generator: --count lines of it, each in one hand." placeholder:"DIGITS"`
	Seed    uint64  `help:"Where the noise comes from." default:"1"`
	To      *uint64 `help:"With a .gif: move the noise on to this seed's and back, all images in each frame." placeholder:"SEED"`
	Out     string  `required:"" help:"File to write: .png, .gif (one image a frame) or .npy (uint8, N×28×28)." placeholder:"FILE"`
}

// formats is the table of files that generate writes, by their ending.
var formats = map[string]func(c *generateCmd, images []byte, h, w int) ([]byte, error){
	".png": func(c *generateCmd, images []byte, h, w int) ([]byte, error) {
		return imgfile.PNG(c.drawer(len(images)/(h*w), h, w), images)
	},
	".gif": func(_ *generateCmd, images []byte, h, w int) ([]byte, error) {
		d := drawer(h, w, nil)
		if g, ok := d.(img.Grid); ok {
			g.Columns, g.Gap, g.Scale = 1, 0, 4
			d = g
		}
		var frames [][]byte
		for at := 0; at < len(images); at += h * w {
			frames = append(frames, images[at:at+h*w])
		}
		return imgfile.GIF(d, frames, 20)
	},
	".npy": func(_ *generateCmd, images []byte, h, w int) ([]byte, error) { return imgfile.NPY(images, h, w), nil },
}

// drawer lays n images out: a line of a number that is written in each row, else about as many rows as columns. Points are
// drawn in one square.
func (c *generateCmd) drawer(n, h, w int) img.Drawer {
	if h == 1 && w == 2 {
		return drawer(h, w, nil)
	}
	across := columns(n)
	if c.Write != "" {
		across = len(c.Write)
	}
	return img.Grid{Height: h, Width: w, Columns: across, Gap: 2, Scale: 2}
}

const (
	filmSteps = 24 // frames from one seed to the other
	filmRate  = 8  // hundredths of a second for each
)

// film is the images on their way from one noise to another and back.
func (c *generateCmd) film(m *gan.GAN, wish train.Wish) ([]byte, error) {
	var frames [][]byte
	for k := range 2 * filmSteps {
		wish.At = 1 - math.Abs(1-float64(k)/filmSteps)
		images, err := train.Make(m, wish)
		if err != nil {
			return nil, err
		}
		frames = append(frames, images)
	}
	h, width := train.Extent(m)
	return imgfile.GIF(c.drawer(len(frames[0])/(h*width), h, width), frames, filmRate)
}

// columns is the width of a grid of n images about as wide as high.
func columns(n int) int {
	c := 1
	for c*c < n {
		c++
	}
	return c
}

func (c *generateCmd) Run(w *world) error {
	ending := strings.ToLower(filepath.Ext(c.Out))
	write, ok := formats[ending]
	if !ok {
		return fmt.Errorf("--out %s: the ending must be .png, .gif or .npy", c.Out)
	}
	if c.To != nil && ending != ".gif" {
		return fmt.Errorf("--to moves from frame to frame, so --out must end in .gif, not %s", ending)
	}
	if c.Write != "" && c.Digit >= 0 {
		return errors.New("--write and --digit cannot be used together: each says which digits are drawn")
	}
	reel, err := c.source()
	if err != nil {
		return err
	}
	e, f, err := c.begin(w, c.changedFlag, c.Weights)
	if err != nil {
		return err
	}
	defer e.Close()
	m, _, err := train.Open(e, f)
	if err != nil {
		return about(c.Weights, err)
	}
	wish := train.Wish{Count: c.Count, Seed: c.Seed, Digit: c.Digit, Text: c.Write}
	high, wide := train.Extent(m)
	var b []byte
	if reel != nil {
		var r *train.Replay
		if r, err = train.NewReplay(m, reel); err == nil {
			b, err = c.replay(m, r, wish, ending)
		}
	} else if c.To != nil {
		wish.To = *c.To
		b, err = c.film(m, wish)
	} else {
		var images []byte
		if images, err = train.Make(m, wish); err == nil {
			b, err = write(c, images, high, wide)
		}
	}
	if err != nil {
		return err
	}
	if err := writeFile(c.Out, b); err != nil {
		return err
	}
	what := fmt.Sprintf("images of %d×%d", wide, high)
	if high == 1 && wide == 2 {
		what = "points"
	}
	fmt.Fprintf(w.out, "%d %s in %s\n", c.Count*max(1, len(c.Write)), what, c.Out)
	return nil
}
