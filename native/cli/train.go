package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/doctor"
	"ganvas/core/engine"
	"ganvas/core/judge/trained"
	"ganvas/core/train"
	"ganvas/core/weights"
	"ganvas/core/wire"

	"github.com/alecthomas/kong"
)

type trainCmd struct {
	Preset string `help:"Start from this preset's recipe (${presets})." placeholder:"NAME"`
	engineFlags
	changedFlag
	dataFlags
	Accept bool   `group:"changed" name:"accept-changed-data" help:"Go on with a run whose own data have changed since."`
	Out    string `help:"Folder for samples, checkpoints and the log." placeholder:"DIR"`
	Resume string `help:"Go on with this checkpoint's run." placeholder:"FILE"`
	Save   int    `group:"run" name:"checkpoint-every" help:"Steps between checkpoints; 0 saves at the end of each epoch." placeholder:"N"`
	Tape   bool   `group:"run" help:"Keep the generator at moments along the run, and make the tape that replays it."`
	Plain  bool   `group:"run" help:"Plain lines instead of a progress bar."`
	kong.Plugins
}

// The files of a run, in its folder.
const (
	checkpointFile = "checkpoint.safetensors"
	generatorFile  = "generator.safetensors"
	tapeFile       = "tape.safetensors"
	samplesFolder  = "samples"
	gifFile        = "samples.gif"
	logFile        = "events.jsonl"
)

// run is one training run from the command line.
type run struct {
	*trainCmd
	w      *world
	t      *train.Trainer
	log    *log
	report reporter
	gauge  *train.Gauge
	doctor *doctor.Doctor
	found  doctor.State // what it said last
	due    []int        // steps at which the generator is still to be kept, for a tape
}

func (c *trainCmd) Run(w *world) error {
	r, err := c.begin(w)
	if err != nil {
		return err
	}
	defer r.t.GAN.Engine.Close()
	defer r.log.close()
	return r.train(w.ctx)
}

// begin builds the trainer and the run's folder; nothing is written before all inputs have proved good.
func (c *trainCmd) begin(w *world) (*run, error) {
	recipe, file, err := c.recipe(w)
	if err != nil {
		return nil, err
	}
	e, err := c.open(w)
	if err != nil {
		return nil, err
	}
	t, err := c.trainer(w, e, recipe, file)
	if err != nil {
		e.Close()
		return nil, err
	}
	w.sayFound()
	if c.Out == "" {
		c.Out = filepath.Join("runs", c.name())
	}
	if err := os.MkdirAll(filepath.Join(c.Out, samplesFolder), 0o777); err != nil {
		return nil, fmt.Errorf("the run's folder cannot be made: %w", err)
	}
	log, err := openLog(filepath.Join(c.Out, logFile), file != nil)
	if err != nil {
		return nil, err
	}
	log.plan(recipe.Epochs * t.StepsPerEpoch())
	r := &run{trainCmd: c, w: w, t: t, log: log, doctor: doctor.New(recipe.Loss)}
	if c.Tape {
		if r.due, err = c.moments(t); err != nil {
			return nil, err
		}
	}
	if r.gauge, err = train.NewGauge(e, trained.File); err != nil {
		return nil, err
	}
	r.report = newReporter(w, r.t, c.Plain)
	recipe = t.GAN.Recipe.Clone()
	r.emit(wire.Event{Type: wire.Started, Recipe: &recipe, Preset: c.Preset, Engine: e.Name(), Threads: e.Threads(),
		Weights: &wire.Weights{G: t.GAN.G.Count(), D: t.GAN.D.Count()}})
	return r, nil
}

func (c *trainCmd) name() string {
	switch {
	case c.Resume != "":
		return filepath.Base(filepath.Dir(c.Resume))
	case c.Preset != "":
		return c.Preset
	}
	return "classic"
}

// recipe is the preset's or the checkpoint's, with the flags over it.
func (c *trainCmd) recipe(w *world) (config.Recipe, *weights.File, error) {
	var r config.Recipe
	var file *weights.File
	if c.Resume != "" {
		if c.Preset != "" {
			return r, nil, errors.New("a resumed run has its own recipe: leave out --preset")
		}
		f, err := c.read(c.Resume)
		if err != nil {
			return r, nil, err
		}
		w.unchecked(c.Resume, f)
		in, err := train.Inspect(f)
		if err != nil {
			return r, nil, about(c.Resume, err)
		}
		r, file = in.Recipe, f
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

func (c *trainCmd) trainer(w *world, e engine.Engine, r config.Recipe, f *weights.File) (*train.Trainer, error) {
	set, err := c.samples(w, r.Dataset, data.TrainSplit)
	if err != nil {
		return nil, err
	}
	if f == nil && c.Data != "" && !given(c.Plugins[0], "dataset") && !mnist.Is(set) {
		r.Dataset = train.Own
	}
	if f != nil {
		t, err := c.goOn(w, e, f, set, r)
		if errors.As(err, new(weights.Damaged)) {
			err = about(c.Resume, err)
		}
		return t, err
	}
	return train.New(e, r, set)
}

// train steps until the epochs are over or somebody interrupts.
func (r *run) train(ctx context.Context) error {
	if r.t.Steps() == 0 {
		if err := r.sample(0); err != nil {
			return err
		}
	}
	for !r.t.Done() {
		if ctx.Err() != nil {
			return r.interrupted()
		}
		p, err := r.t.Step()
		if err != nil {
			return r.failed(err)
		}
		r.report.step(p)
		r.log.step(p, r.t)
		r.doctor.Step(p, r.t.Steps())
		if err := r.keepMoment(); err != nil {
			return err
		}
		if err := r.afterStep(); err != nil {
			return err
		}
	}
	return r.finish()
}

// afterStep saves and samples where that is due.
func (r *run) afterStep() error {
	step, perEpoch := r.t.Steps(), r.t.StepsPerEpoch()
	epochEnds := step%perEpoch == 0
	if step%logged == 0 {
		r.diagnose(false)
	}
	if epochEnds && r.shown(step/perEpoch) {
		r.measure()
		if err := r.sample(step / perEpoch); err != nil {
			return err
		}
	}
	if r.Save > 0 && step%r.Save == 0 || r.Save == 0 && epochEnds {
		return r.save()
	}
	return nil
}

// measure lets the judge look at images of the generator as it is. On data that the judge does not know nothing is said.
func (r *run) measure() {
	if m, err := r.gauge.Measure(r.t); err == nil {
		r.emit(wire.Event{Type: wire.Measured, Metrics: m})
		r.doctor.Measured(m)
		r.diagnose(true)
	}
}

// diagnose says how the run is when that has changed, or when there are new numbers to it.
func (r *run) diagnose(anew bool) {
	f := r.doctor.Look()
	if f.State == r.found && !anew || f.State == doctor.Young {
		return
	}
	r.found = f.State
	r.emit(wire.Event{Type: wire.Diagnosed, Reason: string(f.State), Says: f.Says, Metrics: f.Values})
}

func (r *run) save() error {
	f, err := r.t.Checkpoint(false)
	if err != nil {
		return err
	}
	path := filepath.Join(r.Out, checkpointFile)
	if err := writeWeights(path, f); err != nil {
		return err
	}
	r.emit(wire.Event{Type: wire.Saved, Path: path})
	return nil
}

// interrupted saves and says how to go on.
func (r *run) interrupted() error {
	r.report.done()
	if err := r.save(); err != nil {
		return err
	}
	r.emit(wire.Event{Type: wire.Stopped, Reason: "stopped"})
	fmt.Fprintf(r.w.err, "Stopped after %d steps. To go on: go run ./native train --resume %s%s --out %s\n",
		r.t.Steps(), filepath.Join(r.Out, checkpointFile), r.again(), r.Out)
	return errExit(130)
}

// failed keeps the last good state of a run that diverged.
func (r *run) failed(err error) error {
	r.report.done()
	reason := "failed"
	if errors.Is(err, train.ErrDiverged) {
		reason = "diverged"
		if saved := r.save(); saved == nil {
			err = fmt.Errorf("%w; that state is in %s", err, filepath.Join(r.Out, checkpointFile))
		}
	}
	r.emit(wire.Event{Type: wire.Stopped, Reason: reason, Error: err.Error()})
	return err
}

// finish writes what the run was for: the generator by itself and the animation of all epochs.
func (r *run) finish() error {
	r.report.done()
	if err := r.save(); err != nil {
		return err
	}
	f, err := train.GeneratorFile(r.t.GAN, r.t.Steps(), r.t.Images())
	if err != nil {
		return err
	}
	if err := writeWeights(filepath.Join(r.Out, generatorFile), f); err != nil {
		return err
	}
	if err := animate(filepath.Join(r.Out, samplesFolder), filepath.Join(r.Out, gifFile), mostPixels); err != nil {
		return err
	}
	if r.Tape {
		b, err := encodeTape(r.w, r.t.GAN.Engine, f, r.changedFlag, filepath.Join(r.Out, momentsFolder), generatorFile)
		if err != nil {
			return err
		}
		if err := writeFile(filepath.Join(r.Out, tapeFile), b); err != nil {
			return err
		}
	}
	r.emit(wire.Event{Type: wire.Stopped, Reason: "finished"})
	fmt.Fprintf(r.w.out, "Done: %d steps. In %s: %s, %s, %s and %s.\n", r.t.Steps(), r.Out, generatorFile, checkpointFile, gifFile, samplesFolder)
	return nil
}

// emit completes an event and logs it.
func (r *run) emit(e wire.Event) {
	e.Step, e.Images, e.Epoch, e.Epochs = r.t.Steps(), r.t.Images(), r.t.Epoch(), r.t.GAN.Recipe.Epochs
	r.log.flush()
	r.log.write(e)
	r.report.event(e)
}
