package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/session"
	"ganvas/core/wire"
	"ganvas/native/live"
)

type studioCmd struct {
	runFlags
	saveFlags
	Addr string   `group:"watch" first:"" help:"Address to serve on." default:"127.0.0.1:8081" placeholder:"HOST:PORT"`
	Runs []string `group:"watch" first:"" help:"Show the runs of other processes that train with --watch, side by side: their addresses, or the links that they print." placeholder:"A,B,…"`
	watchFlags
}

// Run serves the page until somebody ends it.
func (c *studioCmd) Run(w *world) error {
	if err := errors.Join(c.saveFlags.check(), c.watchFlags.check(c.Addr)); err != nil {
		return err
	}
	relays, err := c.relays()
	if err != nil {
		return err
	}
	if len(relays) > 0 {
		return c.show(w, relays)
	}
	if c.Preset == "" && c.Resume == "" {
		c.Preset = "quick" // which the page opens with
	}
	recipe, file, err := c.recipe(w)
	if err != nil {
		return err
	}
	e, err := c.open(w)
	if err != nil {
		return err
	}
	defer func() { e.Close() }()
	t, err := c.trainer(w, e, recipe, file)
	if err != nil {
		return err
	}
	e = t.GAN.Engine
	page := c.page(w.ctx, w.line)
	dir, err := page() // first, so that what is wrong with it is told
	if err != nil {
		return err
	}
	if w.computes != "" {
		fmt.Fprintln(w.err, w.computes)
	}
	w.sayFound()
	x, err := c.letIn(w.line, c.Addr, live.New(live.About{Where: hostname()}), func() (string, error) { return dir, nil })
	if err != nil {
		return err
	}
	defer x.close()
	return c.serve(w, e, x, t)
}

// serve carries runs for the page, the first of which is t, until the context ends.
func (c *studioCmd) serve(w *world, e engine.Engine, x *watched, t *run.Trainer) error {
	k := &keeper{w: w, c: c, out: c.Out, first: true}
	defer func() { k.folder.release() }()
	w.holds.Store(true)
	s := x.carry(w, e, shareOfStudio)
	s.Begin = &session.Beginning{Trainer: t, Preset: c.Preset, Paused: true}
	if c.Data != "" {
		s.Own = t.Samples()
	}
	emit := s.Emit
	s.Emit = func(event wire.Event) { k.event(event); emit(event) }
	s.Stepped = func() bool { return k.stepped(s) }
	s.Leaving = k.leave
	_ = s.Run(w.ctx)
	if err := s.Settle(); err != nil {
		return err
	}
	return k.end(s.Present())
}

// show serves the page for the runs of other processes, until the context ends.
func (c *studioCmd) show(w *world, relays []live.Relay) error {
	dir, err := c.page(w.ctx, w.line)()
	if err != nil {
		return err
	}
	x, err := c.letIn(w.line, c.Addr, nil, func() (string, error) { return dir, nil }, relays...)
	if err != nil {
		return err
	}
	defer x.close()
	w.holds.Store(true) // it ends by itself
	<-w.ctx.Done()
	return nil
}

func (c *studioCmd) relays() (all []live.Relay, err error) {
	for _, text := range c.Runs {
		r, err := live.ParseRelay(text)
		if err != nil {
			return nil, fmt.Errorf("--runs: %w", err)
		}
		all = append(all, r)
	}
	return all, nil
}

// keeper writes the checkpoints of a studio's runs, each into a folder of its own.
type keeper struct {
	w      *world
	c      *studioCmd
	out    string // folder in which the runs' lie; "" for runs
	first  bool   // the next run is the first
	folder *runFolder
	name   string    // of the next folder
	step   int       // at which the run was last saved, or began
	saved  time.Time // when
	said   time.Time // when it was last said that nothing can be saved
}

// event notes that another run has begun.
func (k *keeper) event(e wire.Event) {
	if e.Type != wire.Started || e.Continues {
		return
	}
	k.folder.release()
	k.folder, k.name, k.step, k.saved = nil, e.Preset, e.Step, time.Now()
	if k.name == "" {
		k.name = "run"
	}
	if c := k.c; k.first && c.Resume != "" && filepath.Base(c.Resume) == checkpointFile && c.Out == "" { // it goes on where it lies
		var err error
		if k.folder, err = holdFolder(filepath.Dir(c.Resume)); err != nil {
			k.say(err)
		}
	}
	k.first = false
}

// stepped saves where that is due; false where the run turns out to have failed.
func (k *keeper) stepped(s *session.Session) bool {
	t := s.Present()
	if !k.c.due(t.Steps(), t.StepsPerEpoch(), time.Since(k.saved).Minutes()) {
		return true
	}
	if !s.Hear() {
		return false
	}
	if err := k.save(t); err != nil {
		k.say(err)
	}
	return true
}

// worth is how many steps of a run are kept when another takes its place; fewer are tries.
const worth = 20

// leave saves a run that another takes the place of.
func (k *keeper) leave(t *run.Trainer) {
	if t.Steps()-k.step >= worth {
		if err := k.save(t); err != nil {
			k.say(err)
		}
	}
}

// end saves the last run.
func (k *keeper) end(t *run.Trainer) error {
	if t != nil && t.Steps() != k.step {
		if err := k.save(t); err != nil {
			return err
		}
	}
	if k.folder != nil {
		path := k.folder.file(checkpointFile)
		fmt.Fprintf(k.w.err, "Saved in %s. To go on: %s\n", path, k.w.goOnWith("studio", path))
	}
	return nil
}

func (k *keeper) save(t *run.Trainer) error {
	k.saved = time.Now() // a disk that is full is not asked at every step
	f, err := t.Checkpoint(false)
	if err != nil {
		return err
	}
	b, err := f.Encode()
	if err != nil {
		return err
	}
	if k.folder != nil && k.folder.gone() { // deleted, and another run's perhaps
		k.folder.release()
		k.folder = nil
	}
	if k.folder == nil {
		in := k.out
		if in == "" {
			in = "runs"
		}
		if k.folder, err = holdFolder(freshName(in, k.name)); err != nil {
			return err
		}
	}
	if err := k.folder.put(checkpointFile, b); err != nil {
		return err
	}
	k.step = t.Steps()
	return nil
}

// say says, now and then, what went wrong with a checkpoint: the next one may be written again.
func (k *keeper) say(err error) {
	if time.Since(k.said) > patience {
		k.said = time.Now()
		fmt.Fprintf(k.w.err, "%v; the run goes on and tries again\n", err)
	}
}
