package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ganvas/core/arch"
	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/core/weights"

	"github.com/alecthomas/kong"
)

// runFlags say what a run is made of, and where it lies.
type runFlags struct {
	Preset string `help:"Start from this preset's recipe (${presets})." placeholder:"NAME"`
	engineFlags
	weightsFlags
	dataFlags
	Accept bool   `group:"changed" name:"accept-changed-data" help:"Go on with a run whose own data have changed since."`
	Out    string `help:"Folder for samples, checkpoints and the log, in which no run lies yet; without it a new one in runs." placeholder:"DIR"`
	Resume string `help:"Go on with this checkpoint's run, in its own folder; with --out in another, with a copy of it." placeholder:"FILE"`
	kong.Plugins
}

// saveFlags say how often a run's checkpoint is written.
type saveFlags struct {
	Save    int     `group:"run" name:"checkpoint-every" help:"Steps between checkpoints; 0 saves at the end of each epoch." placeholder:"N"`
	Minutes float64 `group:"run" name:"checkpoint-minutes" help:"Minutes after which a checkpoint is written in any case; 0 for never." default:"5" placeholder:"N"`
}

func (f saveFlags) check() error {
	if f.Save < 0 {
		return fmt.Errorf("checkpoint-every is %d: it must be 0 or more", f.Save)
	}
	if !(f.Minutes >= 0) {
		return fmt.Errorf("checkpoint-minutes is %v: it must be 0 or more", f.Minutes)
	}
	return nil
}

// due reports whether a checkpoint is to be written now, so many minutes after the last one.
func (f saveFlags) due(step, perEpoch int, minutes float64) bool {
	return f.Minutes > 0 && minutes >= f.Minutes || f.Save > 0 && step%f.Save == 0 || f.Save == 0 && step%perEpoch == 0
}

// recipe is the preset's or the checkpoint's, with the flags over it.
func (c *runFlags) recipe(w *world) (config.Recipe, *weights.File, error) {
	var r config.Recipe
	var file *weights.File
	if c.Resume != "" {
		if about, err := os.Stat(c.Resume); err == nil && about.IsDir() {
			c.Resume = filepath.Join(c.Resume, checkpointFile)
		}
		if c.Preset != "" {
			return r, nil, errors.New("a resumed run has its own recipe: leave out --preset")
		}
		f, err := c.weights(w, c.Resume)
		if err != nil {
			return r, nil, err
		}
		w.unchecked(c.Resume, f)
		in, err := run.Inspect(f)
		if err != nil {
			return r, nil, about(c.Resume, err)
		}
		r, file, c.Until = in.Recipe, f, in.Engine
		if in.Foreign { // all that the run is to be is still open
			err := applyFlags(&r, c.Plugins[0])
			f.Meta["recipe"] = string(r.JSON())
			return r, f, err
		}
	} else {
		preset := c.Preset
		if preset == "" {
			preset = "classic"
		}
		p, err := config.FindPreset(preset)
		if err != nil {
			return r, nil, err
		}
		r = p
	}
	return r, file, applyFlags(&r, c.Plugins[0])
}

// trainer makes the run on e, or on what is faster for it.
func (c *runFlags) trainer(w *world, e engine.Engine, r config.Recipe, f *weights.File) (*run.Trainer, error) {
	var like sample.Shape
	if f != nil {
		in, err := run.Inspect(f)
		if err != nil {
			return nil, about(c.Resume, err)
		}
		like = in.Data.Sample
	}
	if known := data.Find(r.Dataset); f == nil && c.Data != "" && known.IsMade() && !given(c.Plugins[0], "dataset") {
		r.Dataset = run.Own // in place of what the preset has
	}
	set, err := c.samples(w, r.Dataset, data.TrainSplit, like)
	if err != nil {
		return nil, err
	}
	if f == nil && c.Data != "" && !given(c.Plugins[0], "dataset") && !mnist.Is(set) {
		r.Dataset = run.Own
	}
	if f != nil {
		t, err := c.goOn(w, c.faster(w, e, r, set), f, set, r)
		if errors.As(err, new(weights.Damaged)) {
			err = about(c.Resume, err)
		}
		return t, err
	}
	if r.Conditional && set.Classes() == 0 && !given(c.Plugins[0], "conditional") {
		r.Conditional, r.LabelMode = false, arch.OneHot // there is nothing to ask for
	}
	r = fitted(w, r, c.Preset, c.Plugins[0], set.Shape())
	return run.New(c.faster(w, e, r, set), r, set)
}
