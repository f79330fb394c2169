package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/quality"
	"ganvas/core/quality/doctor"
	"ganvas/core/quality/judge/trained"
	"ganvas/core/run"
	"ganvas/core/weights"
	"ganvas/core/wire"
	"ganvas/native/endings"
	"ganvas/native/live"
	"ganvas/native/rerun"
)

type trainCmd struct {
	runFlags
	saveFlags

	Overwrite bool   `group:"run" help:"Remove the run that lies in the folder, and begin there."`
	Tape      bool   `group:"run" help:"Keep the generator at moments along the run, and make the tape that replays it."`
	Plain     bool   `group:"run" help:"Plain lines instead of a progress bar."`
	Watch     string `group:"watch" help:"Let pages watch the run, and one of them drive it, at this address; without one at 127.0.0.1:8081." placeholder:"[HOST:PORT]"`
	watchFlags
}

// training is a run from the command line.
type training struct {
	*trainCmd
	w       *world
	t       *run.Trainer
	folder  *runFolder
	log     *log
	saved   time.Time // when the last checkpoint was
	said    time.Time // when it was last said that something cannot be written
	report  reporter
	gauge   *quality.Gauge
	doctor  *doctor.Doctor
	found   doctor.State // what it said last
	watched *watched     // by pages; nil where they are not let in
	moments []int        // steps at which the generator is still to be kept, for a tape
	settle  func() error // has heard called with all that steps have measured so far
}

func (c *trainCmd) Run(w *world) error {
	r, err := c.begin(w)
	if err != nil {
		return err
	}
	defer r.t.GAN.Engine.Close()
	defer func() {
		r.log.close()
		r.folder.release()
	}()
	if c.Watch != "" {
		hub := live.New(live.About{Where: hostname(), Given: true})
		if r.watched, err = c.letIn(r.report.say, c.Watch, hub, c.page(w.ctx, r.report.say)); err != nil {
			return err
		}
		defer r.watched.close()
	}
	return r.train(w.ctx)
}

// begin builds the trainer and the run's folder; nothing is written before all inputs have proved good.
func (c *trainCmd) begin(w *world) (*training, error) {
	if err := errors.Join(c.saveFlags.check(), c.watchFlags.check(c.Watch)); err != nil {
		return nil, err
	}
	recipe, file, err := c.recipe(w)
	if err != nil {
		return nil, err
	}
	p, err := c.place()
	if err != nil {
		return nil, err
	}
	bare := len(w.given) == 0
	if bare && !rerun.Done() { // the program that this one takes the place of has said it
		fmt.Fprintf(w.err, "%s\nCtrl-C saves and says how to go on; %s --help lists what else there is.\n", c.where(p, recipe, nil), w.itself())
	}
	e, err := c.open(w)
	if err != nil {
		return nil, err
	}
	r, err := c.beginOn(w, e, recipe, file, p, bare)
	if err != nil {
		e.Close()
	}
	return r, err
}

// beginOn is begin once the engine is there.
func (c *trainCmd) beginOn(w *world, e engine.Engine, recipe config.Recipe, file *weights.File, p place, told bool) (_ *training, err error) {
	r := &training{trainCmd: c, w: w, doctor: doctor.New(recipe.Loss), saved: time.Now()}
	if r.t, err = c.trainer(w, e, recipe, file); err != nil {
		return nil, err
	}
	r.settle = func() error { return r.come(true) }
	if err := c.over(p, r.t); err != nil {
		return nil, err
	}
	if c.Tape {
		if r.moments, err = moments(r.t); err != nil {
			return nil, err
		}
	}
	if r.gauge, err = quality.NewGauge(r.t.GAN.Engine, trained.File); err != nil {
		return nil, err
	}
	if err := context.Cause(w.ctx); err != nil {
		return nil, err
	}
	announced := p.path
	if r.folder, err = p.hold(c.Overwrite); err != nil {
		return nil, err
	}
	if err = r.folder.ready(p, r.t); err == nil {
		err = r.openLog()
	}
	if err != nil {
		r.folder.release()
		return nil, err
	}
	if !told || announced != p.path {
		fmt.Fprintln(w.err, c.where(p, r.t.GAN.Recipe, r.t))
	}
	if w.computes != "" {
		fmt.Fprintln(w.err, w.computes)
	}
	w.sayFound()
	r.report = newReporter(w, r.t, c.Plain)
	r.started()
	return r, nil
}

// openLog writes on in the log that lies in the folder.
func (r *training) openLog() error {
	l, err := openLog(r.folder.file(logFile))
	if err == nil {
		l.plan(r.t.GAN.Recipe.Epochs * r.t.StepsPerEpoch())
		r.log = l
	}
	return err
}

// started is the first event of a run, or of its going on.
func (r *training) started() {
	recipe, e := r.t.GAN.Recipe.Clone(), r.t.GAN.Engine
	r.emit(wire.Event{Type: wire.Started, Recipe: &recipe, Preset: r.Preset, Engine: e.Name(), Threads: e.Threads(), Sample: r.t.GAN.Data.Sample,
		Weights: &wire.Weights{G: r.t.GAN.G.Count(), D: r.t.GAN.D.Count()}})
}

// where says what is about to begin, and in which folder; t is nil where there is no trainer yet.
func (c *trainCmd) where(p place, r config.Recipe, t *run.Trainer) string {
	switch {
	case t != nil && p.own:
		return fmt.Sprintf("Going on from step %d in %s.", t.Steps(), p.path)
	case t != nil && p.copied != "":
		return fmt.Sprintf("Going on from step %d in %s, with a copy of the run in %s, which stays as it is.", t.Steps(), p.path, p.copied)
	case c.Resume != "":
		return fmt.Sprintf("Going on from %s in %s.", c.Resume, p.path)
	}
	on := r.Dataset
	if c.Data != "" {
		on = c.Data
	}
	preset := c.Preset
	if preset == "" {
		preset = "classic"
	}
	return fmt.Sprintf("Training a GAN by the recipe %s on %s, %s, into %s.", preset, on, epochs(r.Epochs, "", ""), shown(p.path))
}

// epochs is a number of them in words, with what follows one and what follows more.
func epochs(n int, one, more string) string {
	if n == 1 {
		return "1 epoch" + one
	}
	return fmt.Sprint(n, " epochs", more)
}

// over refuses to go on with a run that has nothing left to do.
func (c *trainCmd) over(p place, t *run.Trainer) error {
	if c.Resume == "" || !t.Done() {
		return nil
	}
	names := []string{generatorFile, gifFile}
	if c.Tape {
		names = append(names, tapeFile)
	}
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(p.path, name)); p.own && err != nil {
			return nil // it was stopped before this was written
		}
	}
	n, done := t.GAN.Recipe.Epochs, t.Steps()/t.StepsPerEpoch()
	if done > n {
		return fmt.Errorf("the run in %s is over: it has done %d epochs, and --epochs is %d; give it more, such as --epochs %d", c.Resume, done, n, 2*done)
	}
	return fmt.Errorf("the run in %s is over: its %s done; give it more by --epochs, such as --epochs %d", c.Resume, epochs(n, " is", " are"), 2*n)
}

// train steps until the epochs are over or somebody interrupts.
func (r *training) train(ctx context.Context) error {
	r.w.holds.Store(true)
	if perEpoch := r.t.StepsPerEpoch(); r.t.Steps()%perEpoch == 0 {
		r.epochEnd(r.t.Steps() / perEpoch)
	}
	if r.watched != nil && !r.t.Done() {
		return r.trainWatched(ctx)
	}
	for !r.t.Done() {
		if ctx.Err() != nil {
			return r.interrupted(ctx)
		}
		err := r.t.Ahead()
		if failed := r.come(false); err == nil { // steps before one that failed are in the log, too
			err = failed
		}
		if err == nil {
			err = r.afterStep()
		}
		if err != nil {
			return r.failed(err)
		}
	}
	if err := r.come(true); err != nil {
		return r.failed(err)
	}
	return r.finish(ctx)
}

// come takes in what steps have measured, with all what every step has that was begun.
func (r *training) come(all bool) error {
	came, err := r.t.Come(all)
	for _, step := range came {
		r.heard(step)
	}
	return err
}

// heard takes in what a step has measured.
func (r *training) heard(step run.Reported) {
	r.report.step(step.Point)
	r.log.step(step)
	r.doctor.Step(step.Point, step.Step)
}

// afterStep does what is due, for which all that was measured must be known. A checkpoint comes before all pictures.
func (r *training) afterStep() error {
	step, perEpoch := r.t.Steps(), r.t.StepsPerEpoch()
	epochEnds, saves := step%perEpoch == 0, r.due(step, perEpoch, time.Since(r.saved).Minutes())
	if step%logged == 0 {
		r.diagnose(false)
	}
	if epochEnds || saves || r.momentDue() {
		if err := r.settle(); err != nil {
			return err
		}
	}
	if saves {
		r.try(r.save())
	}
	r.try(r.keepMoment())
	if epochEnds {
		r.epochEnd(step / perEpoch)
	}
	return nil
}

// epochEnd measures and draws, unless that was done before the run went on.
func (r *training) epochEnd(epoch int) {
	if !r.shown(epoch) {
		return
	}
	if _, err := os.Stat(r.folder.file(samplesFolder, pictureName(epoch))); err == nil {
		return
	}
	if _, plain := r.report.(*lines); plain {
		b := r.w.busy("measuring and drawing")
		defer b.end()
	}
	if epoch > 0 {
		r.measure()
	}
	r.try(r.sample(epoch))
}

// patience is how often it is said that something cannot be written.
const patience = time.Minute

// try says what went wrong with a file that the run can do without for now: the next one may be written again.
func (r *training) try(err error) {
	if err != nil && time.Since(r.said) > patience {
		r.said = time.Now()
		r.report.say(fmt.Sprintf("step %d: %v; the run goes on and tries again", r.t.Steps(), err))
	}
}

// measure lets the judge look at images of the generator as it is. On data that the judge does not know nothing is said.
func (r *training) measure() {
	if m, err := r.gauge.Measure(r.t); err == nil {
		r.emit(wire.Event{Type: wire.Measured, Metrics: m})
		r.doctor.Measured(m)
		r.diagnose(true)
	}
}

// diagnose says how the run is when that has changed, or when there are new numbers to it.
func (r *training) diagnose(anew bool) {
	f := r.doctor.Look()
	if f.State == r.found && !anew || f.State == doctor.Young {
		return
	}
	r.found = f.State
	r.emit(wire.Event{Type: wire.Diagnosed, Reason: string(f.State), Says: f.Says, Metrics: f.Values})
}

func (r *training) save() error {
	if err := r.home(); err != nil {
		return err
	}
	f, err := r.t.Checkpoint(false)
	if err != nil {
		return err
	}
	b, err := f.Encode()
	if err != nil {
		return err
	}
	r.log.flush()        // first: a log without the steps up to a checkpoint could not be completed
	r.saved = time.Now() // a disk that is full is not asked at every step
	if err := r.put(checkpointFile, b); err != nil {
		return err
	}
	r.emit(wire.Event{Type: wire.Saved, Path: r.folder.file(checkpointFile)})
	return nil
}

// put writes a file of the run.
func (r *training) put(name string, b []byte) error {
	if err := r.home(); err != nil {
		return err
	}
	return r.folder.put(name, b)
}

// home makes the run's folder and its log anew where they were deleted meanwhile. A folder that is another run's by now is left to it.
func (r *training) home() error {
	path, log, says := r.folder.path, r.folder.file(logFile), ""
	switch {
	case r.folder.gone():
		f, err := r.folder.anew()
		if err != nil {
			return err
		}
		r.folder = f
		says = fmt.Sprintf("%s was deleted while the run went on: it is made again, and holds what comes from here on", path)
		if f.path != path {
			says = fmt.Sprintf("%s was deleted while the run went on, and is another run's now: this one goes on in %s", path, f.path)
		}
	case r.log.deleted(log):
		says = fmt.Sprintf("%s was deleted while the run went on: it is begun again, and tells of what comes from here on", log)
	default:
		return nil
	}
	r.log.close()
	if err := r.openLog(); err != nil {
		return err
	}
	r.report.say(says)
	r.started()
	return nil
}

// interrupted saves and says how to go on.
func (r *training) interrupted(ctx context.Context) error {
	if err := r.settle(); err != nil {
		return r.failed(err)
	}
	r.report.done()
	if err := r.save(); err != nil {
		return r.unsaved(err)
	}
	r.emit(wire.Event{Type: wire.Stopped, Reason: "stopped"})
	fmt.Fprintf(r.w.err, "Stopped after %d steps. To go on: %s\n", r.t.Steps(), r.w.goOnLine(r.folder.file(checkpointFile)))
	return errExit(endings.Code(ctx))
}

// unsaved says what is left of a run whose end cannot be saved.
func (r *training) unsaved(err error) error {
	if _, missing := os.Stat(r.folder.file(checkpointFile)); missing != nil {
		return err
	}
	return fmt.Errorf("%w. The last whole checkpoint goes on: %s", err, r.w.goOnLine(r.folder.file(checkpointFile)))
}

// failed keeps the last good state of a run that diverged.
func (r *training) failed(err error) error {
	r.report.done()
	reason := "failed"
	if errors.Is(err, run.ErrDiverged) {
		reason = "diverged"
		if saved := r.save(); saved == nil {
			err = fmt.Errorf("%w; that state is in %s", err, r.folder.file(checkpointFile))
		}
	}
	r.emit(wire.Event{Type: wire.Stopped, Reason: reason, Error: err.Error()})
	return err
}

// finish writes what the run was for: the generator by itself and the animation of all epochs. With the checkpoint all that
// cannot be made again is safe, and a signal is obeyed at once.
func (r *training) finish(ctx context.Context) error {
	r.report.done()
	if err := r.save(); err != nil {
		return r.unsaved(err)
	}
	r.w.afterwards.Store(fmt.Sprintf("; all %d steps are done and saved, and what is still to be written is by %s", r.t.Steps(), r.w.goOnLine(r.folder.file(checkpointFile))))
	r.w.holds.Store(false)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	f, err := run.GeneratorFile(r.t.GAN, r.t.Steps(), r.t.Images())
	if err != nil {
		return err
	}
	b, err := f.Encode()
	if err != nil {
		return err
	}
	if err := r.put(generatorFile, b); err != nil {
		return err
	}
	works := r.w.busy("drawing the animation")
	err = animate(r.folder.file(samplesFolder), r.folder.file(gifFile), mostPixels)
	works.end()
	if err != nil {
		return err
	}
	if r.Tape {
		b, err := encodeTape(r.w, r.t.GAN.Engine, f, r.changedFlag, r.folder.file(momentsFolder), generatorFile)
		if err != nil {
			return err
		}
		if err := r.put(tapeFile, b); err != nil {
			return err
		}
	}
	r.emit(wire.Event{Type: wire.Stopped, Reason: "finished"})
	fmt.Fprintf(r.w.out, "Done: %d steps. In %s: %s, %s, %s and %s.\n", r.t.Steps(), r.folder.path, generatorFile, checkpointFile, gifFile, samplesFolder)
	return nil
}

// emit completes an event and logs it.
func (r *training) emit(e wire.Event) {
	e.Step, e.Images, e.Epoch, e.Epochs = r.t.Steps(), r.t.Images(), r.t.Epoch(), r.t.GAN.Recipe.Epochs
	r.log.flush()
	r.log.write(e)
	r.report.event(e)
}
