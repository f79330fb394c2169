package cli

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/img/imgfile"
	"ganvas/core/quality/metrics"
	"ganvas/core/run"
	"ganvas/core/sample"
)

type generateCmd struct {
	engineFlags
	weightsFlags
	Weights string  `help:"Checkpoint or generator to use." placeholder:"FILE"`
	Tape    string  `help:"A run's tape instead: all images at each of its moments, frame by frame in a .gif, row by row in a .png." placeholder:"FILE"`
	Count   int     `help:"How many images." default:"64"`
	Digit   int     `help:"Which digit, from a conditional generator; -1 takes all in turn." default:"-1"`
	Class   string  `help:"Which class, from a conditional generator, by its name or its number." placeholder:"NAME"`
	Write   string  `help:"A number to write, from a conditional generator: --count lines of it, each in one hand." placeholder:"DIGITS"`
	Seed    uint64  `help:"Where the noise comes from." default:"1"`
	To      *uint64 `help:"With a .gif: move the noise on to this seed's and back, all images in each frame." placeholder:"SEED"`
	Scale   int     `help:"Pixels of the picture for each of a sample's: by default 1 for one sample, 2 on a sheet." placeholder:"N"`
	Nearest bool    `help:"Beside each image of a .png the picture nearest to it of those that were learned from: is it a copy? Somebody's own are given with --data."`
	dataFlags
	Noise  string `name:"noise-out" help:"Write the noise of the images here, too: a .npy of float32 (N, noise)." placeholder:"FILE"`
	Out    string `required:"" help:"File to write: .png, .gif (one image a frame) or .npy (uint8, N×H×W, in colour N×H×W×3); - for stdout." placeholder:"FILE"`
	Format string `help:"What to write where the file's ending does not say it (png, gif, npy); png to stdout." placeholder:"NAME"`
}

// formats is the table of files that generate writes, by their ending.
var formats = map[string]func(c *generateCmd, images []byte, s sample.Shape) ([]byte, error){
	".png": func(c *generateCmd, images []byte, s sample.Shape) ([]byte, error) {
		return imgfile.PNG(c.drawer(len(images)/s.Size(), s), images)
	},
	".gif": func(c *generateCmd, images []byte, s sample.Shape) ([]byte, error) {
		d := drawer(s, nil)
		if g, ok := d.(img.Grid); ok {
			g.Columns, g.Gap, g.Scale = 1, 0, cmp.Or(c.Scale, 4)
			d = g
		}
		var frames [][]byte
		for at := 0; at < len(images); at += s.Size() {
			frames = append(frames, images[at:][:s.Size()])
		}
		return imgfile.GIF(d, frames, 20)
	},
	".npy": func(_ *generateCmd, images []byte, s sample.Shape) ([]byte, error) {
		return imgfile.NPY(images, s), nil
	},
}

// drawer lays n images out: one without a margin; a line of a number that is written in each row, else about as many rows as columns. Points are
// drawn in one square.
func (c *generateCmd) drawer(n int, s sample.Shape) img.Drawer {
	if s.Kind() == sample.Point {
		return drawer(s, nil)
	}
	across := columns(n)
	if c.Nearest {
		across = 2 * columns(n/2)
	}
	if c.Write != "" {
		across = len(c.Write)
	}
	if n == 1 { // by itself, as it is
		return img.Grid{Sample: s, Columns: 1, Scale: cmp.Or(c.Scale, 1)}
	}
	return img.Grid{Sample: s, Columns: across, Gap: 2, Scale: cmp.Or(c.Scale, 2)}
}

const (
	filmSteps = 24 // frames from one seed to the other
	filmRate  = 8  // hundredths of a second for each
)

// film is the images on their way from one noise to another and back.
func (c *generateCmd) film(m *gan.GAN, wish run.Request, works *busy) ([]byte, error) {
	var frames [][]byte
	for k := range 2 * filmSteps {
		works.at("making frames", k, 2*filmSteps)
		wish.At = 1 - math.Abs(1-float64(k)/filmSteps)
		images, err := run.Make(m, wish)
		if err != nil {
			return nil, err
		}
		frames = append(frames, images)
	}
	s := m.Data.Sample
	return imgfile.GIF(c.drawer(len(frames[0])/s.Size(), s), frames, filmRate)
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
	to, ending, err := c.output(w)
	if err != nil {
		return err
	}
	write := formats[ending]
	if c.To != nil && ending != ".gif" {
		return fmt.Errorf("--to moves from frame to frame, so --out must end in .gif, not %s", ending)
	}
	if err := c.besides(ending); err != nil {
		return err
	}
	if c.Write != "" && c.Digit >= 0 {
		return errors.New("--write and --digit cannot be used together: each says which digits are drawn")
	}
	if c.Class != "" && (c.Write != "" || c.Digit >= 0) {
		return errors.New("--class says what is drawn, and so do --digit and --write: take one of them")
	}
	if err := c.noiseOut(); err != nil {
		return err
	}
	reel, err := c.source()
	if err != nil {
		return err
	}
	e, f, err := c.begin(w, c.weightsFlags, c.Weights)
	if err != nil {
		return err
	}
	defer e.Close()
	m, _, err := run.Open(e, f)
	if err != nil {
		return about(c.Weights, err)
	}
	if c.Class != "" {
		if c.Digit, err = classOf(m, c.Class); err != nil {
			return err
		}
	}
	wish := run.Request{Count: c.Count, Seed: c.Seed, Digit: c.Digit, Text: c.Write}
	s := m.Data.Sample
	if err := c.fits(s, ending); err != nil {
		return err
	}
	var b []byte
	nearest := "" // in words
	works := w.busy("making images")
	defer works.end()
	if reel != nil {
		var r *run.Replay
		if r, err = run.NewReplay(m, reel); err == nil {
			b, err = c.replay(m, r, wish, ending, works)
		}
	} else if c.To != nil {
		wish.To = *c.To
		b, err = c.film(m, wish, works)
	} else {
		var images []byte
		var noise []float32
		var keep func([]float32)
		if c.Noise != "" {
			keep = func(z []float32) { noise = append(noise, z...) }
		}
		all := wish.Count * max(1, len(wish.Text))
		if images, err = run.MakeKeeping(m, wish, func(done int) { works.at("making images", done, all) }, keep); err == nil {
			if c.Nearest {
				works.at("looking for the nearest pictures", 0, 0)
				images, nearest, err = c.besideNearest(w, m, images)
			}
			works.at("drawing them", 0, 0)
			if err == nil {
				b, err = write(c, images, s)
			}
		}
		if err == nil && c.Noise != "" {
			err = c.writeNoise(noise, m.Recipe.Noise)
		}
	}
	if err != nil {
		return err
	}
	works.end()
	if err := to.write(b); err != nil {
		return err
	}
	what := fmt.Sprintf("images of %v", s)
	if c.Count*max(1, len(c.Write)) == 1 {
		what = fmt.Sprintf("image of %v", s)
	}
	if s.Kind() == sample.Point {
		what = "points"
	}
	fmt.Fprintf(to.words, "%d %s %s%s\n", c.Count*max(1, len(c.Write)), what, to.place, c.named(m)+nearest)
	return nil
}

// besides says what the flags for data are good for here.
func (c *generateCmd) besides(ending string) error {
	switch {
	case !c.Nearest && c.Data != "":
		return errors.New("--data is looked through for the pictures nearest to those that are made: ask for that with --nearest")
	case c.Nearest && (ending != ".png" || c.Tape != "" || c.Write != ""):
		return errors.New("--nearest puts a picture beside each image of a .png: leave out --tape and --write, and let --out end in .png")
	}
	return nil
}

// besideNearest is images, each followed by the picture nearest to it of the data that the generator learned from, and how far they are apart in
// words.
func (c *generateCmd) besideNearest(w *world, m *gan.GAN, images []byte) (pairs []byte, says string, err error) {
	set, err := c.samples(w, m.Recipe.Dataset, data.TrainSplit, m.Data.Sample)
	if err != nil {
		return nil, "", err
	}
	if set.Pixels(0) == nil {
		return nil, "", fmt.Errorf("--nearest compares pictures, and the data have %v: leave it out", set.Shape())
	}
	if set.Shape() != m.Data.Sample {
		return nil, "", fmt.Errorf("--nearest compares pictures of one size, and the generator makes %v where the data have %v", m.Data.Sample, set.Shape())
	}
	size := set.Size()
	far, which := metrics.Nearest(images, set, set.Arrived())
	for i, row := range which {
		pairs = append(append(pairs, images[i*size:][:size]...), set.Pixels(int(row))...)
	}
	slices.Sort(far)
	return pairs, fmt.Sprintf("; right of each the nearest of %d pictures, whose values are off by %.1f %% of black to white (median)", set.Arrived(), 50*far[len(far)/2]/math.Sqrt(float64(size))), nil
}

// classOf is the class of a conditional generator that has that name, or that number.
func classOf(m *gan.GAN, name string) (int, error) {
	if !m.Recipe.Conditional {
		return 0, errors.New("--class asks for a class, and the generator was trained without labels")
	}
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		if k := slices.IndexFunc(m.Classes, func(each string) bool { return same(each, name) }); k >= 0 {
			return k, nil
		}
	}
	if k, err := strconv.Atoi(name); err == nil && k >= 0 && k < m.Data.Classes {
		return k, nil
	}
	if m.Classes == nil {
		return 0, fmt.Errorf("class is %q: the classes have no names, only numbers from 0 to %d", name, m.Data.Classes-1)
	}
	return 0, fmt.Errorf("there is no class %q: there are %s", name, enumerated(m.Classes))
}

// named says which classes the images are of, where those have names; "" where not.
func (c *generateCmd) named(m *gan.GAN) string {
	switch {
	case !m.Recipe.Conditional || m.Classes == nil || c.Write != "":
		return ""
	case c.Digit >= 0:
		return ": " + m.Classes[c.Digit]
	case c.Count == 1:
		return ": " + m.Classes[0]
	}
	return printable(": in turn "+enumerated(m.Classes[:min(c.Count, len(m.Classes))]), "")
}

// enumerated is names with commas between, of many the first ones.
func enumerated(names []string) string {
	if len(names) > classesListed {
		return strings.Join(names[:classesListed], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// most is how many pixels all that is drawn may have.
const most = 1 << 28

// fits refuses a scale that nothing is drawn in, and more pixels than a picture should have.
func (c *generateCmd) fits(s sample.Shape, ending string) error {
	if c.Scale != 0 && (ending == ".npy" || s.Kind() == sample.Point) {
		return errors.New("--scale enlarges pictures of samples, and this writes numbers or points: leave it out")
	}
	if n := int64(max(1, len(c.Write))) * int64(c.Count); ending != ".npy" && (n > most || n*int64(s.Area())*int64(max(1, c.Scale*c.Scale)) > most) {
		return fmt.Errorf("count %d at scale %d gives a picture of more than %d million pixels: take fewer, or .npy", c.Count, max(1, c.Scale), most>>20)
	}
	return nil
}
