// Judge trains the classifier of digits that generators are measured with, and says how many held-out digits it names
// rightly. What it makes is kept in core/quality/judge/trained.
//
//	go run ./native/lab/judge --out runs/judge.safetensors
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"ganvas/core/quality/judge"
	"ganvas/native/lab/program"
)

func main() {
	os.Exit(program.Main("judge", "Trains the classifier that eval measures with.", new(command)))
}

type command struct {
	program.Flags
	Out    string  `required:"" help:"Where to write the classifier." placeholder:"FILE"`
	Epochs int     `help:"Passes over the training images." default:"15"`
	Batch  int     `help:"Images in each step." default:"100"`
	Rate   float64 `help:"Adam's highest learning rate." default:"0.003"`
	Seed   uint64  `help:"Where weights, order and moves come from." default:"1"`
}

// tells is how long at most nothing is said while it trains.
var tells = 10 * time.Second

// Run trains the classifier on the training images and says how many held-out ones it names rightly.
func (c *command) Run(ctx context.Context, out, errs io.Writer) error {
	switch {
	case c.Epochs < 1 || c.Epochs > 1000:
		return fmt.Errorf("epochs is %d: it must be from 1 to 1000", c.Epochs)
	case c.Batch < 2 || c.Batch > 10000:
		return fmt.Errorf("batch is %d: it must be from 2 to 10000", c.Batch)
	case !(c.Rate > 0 && c.Rate <= 1):
		return fmt.Errorf("rate is %v: it must be above 0 and at most 1", c.Rate)
	}
	if about, err := os.Stat(filepath.Dir(c.Out)); err != nil || !about.IsDir() {
		return fmt.Errorf("%s cannot be written: there is no folder %s", c.Out, filepath.Dir(c.Out))
	}
	e, err := c.Engine()
	if err != nil {
		return err
	}
	defer e.Close()
	set, held, err := c.Halves(ctx)
	if err != nil {
		return err
	}
	if c.Batch > set.Len() {
		return fmt.Errorf("batch is %d and there are %d training images", c.Batch, set.Len())
	}
	began := time.Now()
	told := began
	plan := judge.Plan{Epochs: c.Epochs, Batch: c.Batch, Rate: c.Rate, Seed: c.Seed, Tell: func(done, all int) {
		if time.Since(told) >= tells {
			told = time.Now()
			fmt.Fprintf(errs, "%d %% (%.0f s)\n", 100*done/all, time.Since(began).Seconds())
		}
	}}
	j, err := judge.Train(ctx, e, set, plan, func(epoch int, loss float64) {
		told = time.Now()
		fmt.Fprintf(out, "epoch %d of %d   loss %.4f   %.0f s\n", epoch, c.Epochs, loss, time.Since(began).Seconds())
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
	if err := program.Write(c.Out, b); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %d kB, names %.2f %% of %d held-out images rightly\n", c.Out, len(b)/1000, 100*rounded.Accuracy(held), held.Len())
	return nil
}
