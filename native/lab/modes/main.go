// Modes trains a recipe for points of the plane from several seeds and counts what its generators cover, by the protocol of PacGAN
// (Lin et al. 2018): of 2,500 samples those within three deviations of a mode are of high quality, and a mode is covered by one of them.
//
//	go run ./native/lab/modes --preset points --dataset grid-sharp
package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"time"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/quality/metrics"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/native/lab/program"
)

func main() {
	os.Exit(program.Main("modes", "Counts the modes that a recipe for points covers.", new(command)))
}

type command struct {
	program.Flags
	Preset  string   `help:"The recipe to train." default:"points"`
	Dataset string   `help:"Points to learn, in place of the preset's." placeholder:"NAME"`
	Set     []string `help:"Another value of a field." placeholder:"FIELD=VALUE"`
	Seeds   int      `help:"Runs, with seeds from 1 up." default:"10"`
	Samples int      `help:"Points to count of each generator." default:"2500"`
}

// Run trains every seed and writes a line for each, and the means with their standard errors.
func (c *command) Run(ctx context.Context, out, errs io.Writer) error {
	switch {
	case c.Seeds < 1 || c.Seeds > 1000:
		return fmt.Errorf("seeds is %d: it must be from 1 to 1000", c.Seeds)
	case c.Samples < 1 || c.Samples > 1_000_000:
		return fmt.Errorf("samples is %d: it must be from 1 to 1000000", c.Samples)
	}
	r, err := c.recipe()
	if err != nil {
		return err
	}
	set := data.Made(r.Dataset, data.TrainSplit)
	if set == nil || set.Modes() == nil {
		return fmt.Errorf("dataset %s has no modes to count: take ring, grid, ring-sharp or grid-sharp", r.Dataset)
	}
	e, err := c.Engine()
	if err != nil {
		return err
	}
	defer e.Close()
	var covered, quality []float64
	for seed := range c.Seeds {
		r.Seed = uint64(seed + 1)
		began := time.Now()
		counts, steps, err := c.one(ctx, e, r, set)
		if err != nil {
			return fmt.Errorf("seed %d: %w", r.Seed, err)
		}
		covered, quality = append(covered, float64(metrics.Covered(counts.Each, 0))), append(quality, 100*counts.Quality())
		fmt.Fprintf(out, "seed %d: %.0f of %d modes, %.1f %% of high quality, %d steps, %.0f s\n", r.Seed, covered[seed], len(counts.Each), quality[seed], steps, time.Since(began).Seconds())
	}
	fmt.Fprintf(out, "%s, %d runs: %s modes, %s %% of high quality\n", r.Dataset, c.Seeds, meanOf(covered), meanOf(quality))
	return nil
}

func (c *command) recipe() (config.Recipe, error) {
	r, err := config.FindPreset(c.Preset)
	if err != nil {
		return r, err
	}
	set := c.Set
	if c.Dataset != "" {
		set = append([]string{"dataset=" + c.Dataset}, set...)
	}
	for _, s := range set {
		name, value, found := strings.Cut(s, "=")
		if !found {
			return r, fmt.Errorf("set is %q: it must be a field and its value, such as lr_g=0.001", s)
		}
		if err := r.Set(name, value); err != nil {
			return r, err
		}
	}
	return r, r.Validate()
}

// one trains a recipe to its end and counts its points.
func (c *command) one(ctx context.Context, e engine.Engine, r config.Recipe, set *data.Set) (counts metrics.ModeCounts, steps int, err error) {
	t, err := run.New(e, r, set)
	if err != nil {
		return counts, 0, err
	}
	defer t.GAN.Release()
	for !t.Done() {
		if err := ctx.Err(); err != nil {
			return counts, 0, err
		}
		if _, err := t.Step(); err != nil {
			return counts, 0, err
		}
	}
	s, err := t.GAN.NewSampler(c.Samples)
	if err != nil {
		return counts, 0, err
	}
	noise, points := make([]float32, c.Samples*r.Noise), make([]float32, 2*c.Samples)
	rng.New(r.Seed, "points to count").Normal(noise)
	s.Images(points, noise, nil)
	modes := set.Modes()
	return metrics.CountModes(points, modes.Centres, 3*modes.Spread), t.Steps(), e.Err()
}

// meanOf is the mean of values with its standard error.
func meanOf(values []float64) string {
	n, sum, squares := float64(len(values)), 0.0, 0.0
	for _, v := range values {
		sum += v
	}
	mean := sum / n
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	if n < 2 {
		return fmt.Sprintf("%.2f", mean)
	}
	return fmt.Sprintf("%.2f ± %.2f", mean, math.Sqrt(squares/(n-1)/n))
}
