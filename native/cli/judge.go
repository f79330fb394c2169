package cli

import (
	"fmt"
	"time"

	"ganvas/core/data"
	"ganvas/core/quality/judge"
)

type judgeCmd struct {
	engineFlags
	Out string `required:"" help:"Where to write the classifier." placeholder:"FILE"`
	dataFlags
	Epochs int     `help:"Passes over the training images." default:"15"`
	Batch  int     `help:"Images in each step." default:"100"`
	Rate   float64 `help:"Adam's highest learning rate." default:"0.003"`
	Seed   uint64  `help:"Where weights, order and moves come from." default:"1"`
}

// Run trains the classifier on the training images and says how many held-out ones it names rightly.
func (c *judgeCmd) Run(w *world) error {
	switch {
	case c.Epochs < 1 || c.Epochs > 1000:
		return fmt.Errorf("epochs is %d: it must be from 1 to 1000", c.Epochs)
	case c.Batch < 2 || c.Batch > 10000:
		return fmt.Errorf("batch is %d: it must be from 2 to 10000", c.Batch)
	case !(c.Rate > 0 && c.Rate <= 1):
		return fmt.Errorf("rate is %v: it must be above 0 and at most 1", c.Rate)
	}
	if err := writable(c.Out); err != nil {
		return err
	}
	set, err := c.samples(w, "mnist", data.TrainSplit)
	if err != nil {
		return err
	}
	w.sayFound()
	held, err := c.samples(w, "mnist", data.TestSplit)
	if err != nil {
		return err
	}
	if c.Batch > set.Len() {
		return fmt.Errorf("batch is %d and there are %d training images", c.Batch, set.Len())
	}
	e, err := c.open(w)
	if err != nil {
		return err
	}
	defer e.Close()
	began := time.Now()
	works := w.busy("training")
	defer works.end()
	plan := judge.Plan{Epochs: c.Epochs, Batch: c.Batch, Rate: c.Rate, Seed: c.Seed, Tell: func(done, all int) { works.at("training", done, all) }}
	j, err := judge.Train(w.ctx, e, set, plan, func(epoch int, loss float64) {
		works.say(w.out, fmt.Sprintf("epoch %d of %d   loss %.4f   %.0f s", epoch, c.Epochs, loss, time.Since(began).Seconds()))
	})
	if err != nil {
		return err
	}
	f, err := j.File()
	if err != nil {
		return err
	}
	b, err := f.Encode()
	if err != nil {
		return err
	}
	rounded, err := judge.Load(e, 200, b) // what the file holds, in float16
	if err != nil {
		return err
	}
	if err := writeFile(c.Out, b); err != nil {
		return err
	}
	works.at("looking at held-out images", 0, 0)
	right := rounded.Accuracy(held)
	works.end()
	fmt.Fprintf(w.out, "%s: %d kB, names %.2f %% of %d held-out images rightly\n", c.Out, len(b)/1000, 100*right, held.Len())
	return nil
}
