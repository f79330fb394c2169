package run

import (
	"encoding/base64"
	"fmt"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/weights"
)

// Resume goes on with a checkpoint's run as if it had never stopped. A file without optimizer and random state begins
// anew from its weights.
func Resume(e engine.Engine, f *weights.File, set *data.Set) (*Trainer, error) {
	in, err := Inspect(f)
	if err != nil {
		return nil, err
	}
	return ResumeAs(e, f, set, in.Recipe)
}

// ResumeAs is Resume with some of the recipe changed: live fields only.
func ResumeAs(e engine.Engine, f *weights.File, set *data.Set, r config.Recipe) (*Trainer, error) {
	in, err := Inspect(f)
	if err != nil {
		return nil, err
	}
	if in.Fits(set) == nil {
		if err := in.Same(set); err != nil {
			return nil, err
		}
	}
	return ResumeOn(e, f, set, r)
}

// ResumeOn is ResumeAs on data that may be others than those that the run learned from, of the same shape and classes. Where
// they are more or fewer, the order in which they are shown begins anew.
func ResumeOn(e engine.Engine, f *weights.File, set *data.Set, r config.Recipe) (*Trainer, error) {
	in, err := Inspect(f)
	if err != nil {
		return nil, err
	}
	for _, name := range r.Diff(in.Recipe) {
		if !config.Find(name).Live {
			return nil, fmt.Errorf("%s cannot change in a run that goes on: the checkpoint has %s", name, config.Find(name).Get(&in.Recipe))
		}
	}
	if r.EMA == 0 && has(f, prefixEMA) { // whose pictures are those that the file checks itself by
		return nil, fmt.Errorf("ema cannot be switched off in a run that goes on: the checkpoint has %s", config.Find("ema").Get(&in.Recipe))
	}
	if err := in.Fits(set); err != nil {
		return nil, err
	}
	if err := holds(f, in); err != nil {
		return nil, err
	}
	t, err := New(e, r, set)
	if err != nil {
		return nil, err
	}
	return t, t.restore(f, in)
}

// restore puts a checkpoint of the same recipe into the trainer.
func (t *Trainer) restore(f *weights.File, in Info) error {
	if _, err := t.GAN.Grow(in.Images); err != nil {
		return err
	}
	for _, p := range parts(t.GAN, !in.Resumable) {
		switch {
		case p.prefix == prefixD && !in.Discriminator:
			continue
		case p.prefix == prefixEMA && !has(f, prefixEMA):
			if err := load(p, f, prefixG); err != nil {
				return err
			}
			continue
		}
		if err := load(p, f, p.prefix); err != nil {
			return err
		}
	}
	t.GAN.Changed()
	if err := verifySelf(t.GAN, f, in.check); err != nil {
		return err
	}
	t.step, t.images, t.drawn, t.at, t.strain = in.Step, in.Images, false, 0, 0
	if t.GAN.Classes == nil && in.Same(t.set) == nil { // the same samples in a file that does not name them
		t.GAN.Classes = in.Names
	}
	if in.Shown != t.shown {
		t.show(in.Shown)
	}
	if t.lacksD = !in.Discriminator; t.lacksD {
		t.fresh = in.Step
	}
	if !in.Resumable {
		return nil
	}
	order, err := base64.StdEncoding.DecodeString(in.order)
	if err == nil && (in.Samples == 0 || in.Samples == t.set.Len()) {
		err = t.order.SetState(order)
	}
	if err != nil {
		return fmt.Errorf("the checkpoint's place in the data is unreadable: %w", err)
	}
	return t.random.UnmarshalJSON([]byte(in.random))
}
