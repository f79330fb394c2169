package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"ganvas/core/img"
	"ganvas/core/train"
)

type generateCmd struct {
	engineFlags
	Weights string `required:"" help:"Checkpoint or generator to use." placeholder:"FILE"`
	Count   int    `help:"How many images." default:"64"`
	Digit   int    `help:"Which digit, from a conditional generator; -1 takes all in turn." default:"-1"`
	Seed    uint64 `help:"Where the noise comes from." default:"1"`
	Out     string `required:"" help:"File to write: .png, .gif (one image a frame) or .npy (uint8, N×28×28)." placeholder:"FILE"`
}

// formats is the table of files that generate writes, by their ending.
var formats = map[string]func(images []byte, h, w int) ([]byte, error){
	".png": func(images []byte, h, w int) ([]byte, error) {
		n := len(images) / (h * w)
		return img.Grid{Height: h, Width: w, Columns: columns(n), Gap: 2, Scale: 2}.PNG(images)
	},
	".gif": func(images []byte, h, w int) ([]byte, error) {
		var frames [][]byte
		for at := 0; at < len(images); at += h * w {
			frames = append(frames, images[at:at+h*w])
		}
		return img.Grid{Height: h, Width: w, Columns: 1, Scale: 4}.GIF(frames, 20)
	},
	".npy": func(images []byte, h, w int) ([]byte, error) { return img.NPY(images, h, w), nil },
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
	write, ok := formats[strings.ToLower(filepath.Ext(c.Out))]
	if !ok {
		return fmt.Errorf("--out %s: the ending must be .png, .gif or .npy", c.Out)
	}
	f, err := readWeights(c.Weights)
	if err != nil {
		return err
	}
	e, err := c.open(w)
	if err != nil {
		return err
	}
	defer e.Close()
	m, _, err := train.Open(e, f)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Weights, err)
	}
	images, err := train.Generate(m, c.Count, c.Seed, c.Digit)
	if err != nil {
		return err
	}
	s := m.Data.Sample
	b, err := write(images, s.H, s.W)
	if err != nil {
		return err
	}
	if err := writeFile(c.Out, b); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%d images of %d×%d in %s\n", c.Count, s.W, s.H, c.Out)
	return nil
}
