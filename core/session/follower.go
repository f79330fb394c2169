package session

import (
	"errors"
	"time"

	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/trace"
)

// Follower is a program that shares batches with a leading Session: it holds the same run and does the same steps on
// its own rows.
type Follower struct {
	Engine   engine.Engine
	Data     func(ctx run.Cancel, name string) (*data.Set, error)
	Unpack   data.Unpacker
	Memory   Memory         // as the leader's
	Commands <-chan Message // the leader's, in order
	Yield    func()
	Peak     func(time.Duration) float64 // as the leader's
	Doing    func(Doing)                 // as the leader's

	t     *run.Trainer
	sets  sets
	word  signal
	turns turns
}

// Run follows until ctx ends, the commands do, or something goes wrong that makes this program useless to its group.
func (f *Follower) Run(ctx run.Cancel) error {
	f.sets.open, f.sets.unpack, f.sets.memory = f.Data, f.Unpack, f.Memory
	for {
		f.doing(Resting)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case m, open := <-f.Commands:
			if !open {
				return nil
			}
			f.doing(Answering)
			if err := f.do(ctx, m.Command); err != nil {
				return err
			}
		}
	}
}

func (f *Follower) do(ctx run.Cancel, c Command) (err error) {
	switch c := c.(type) {
	case *Start:
		err = f.take(f.start(ctx, c.Choice))
	case *Load:
		err = f.take(f.load(ctx, c))
	case *Data:
		_, err = f.sets.take(c)
	case *Set:
		err = f.t.Set(c.Field, c.Value)
	case *Follow:
		err = f.follow(ctx)
	case *Verify:
		var t *trace.Trace
		if t, err = trace.Decode(c.Trace); err == nil {
			_, err = t.Replay(f.Engine)
		}
	case *Bench:
		var t *run.Trainer
		if t, err = f.start(ctx, c.Choice); err == nil {
			_, err = timed(f.Engine, f.Peak, func() error { _, err := t.Bench(ctx, c.Steps, nil, f.Yield); return err })
			t.GAN.Release()
		}
	}
	return err
}

// take has a run take the place of the one before, whose memory is given back.
func (f *Follower) take(t *run.Trainer, err error) error {
	if err != nil {
		return err
	}
	if f.t != nil {
		f.t.GAN.Release()
	}
	f.t = t
	return nil
}

func (f *Follower) start(ctx run.Cancel, c Choice) (*run.Trainer, error) {
	r, err := c.recipe()
	if err != nil {
		return nil, err
	}
	set, err := f.sets.find(ctx, r.Dataset)
	if err != nil {
		return nil, err
	}
	return run.New(f.Engine, r, set)
}

func (f *Follower) load(ctx run.Cancel, c *Load) (*run.Trainer, error) {
	file, err := c.decode()
	if err != nil {
		return nil, err
	}
	in, err := run.Inspect(file)
	if err != nil {
		return nil, err
	}
	set, _, err := f.sets.of(ctx, in, c.OtherData)
	if err != nil {
		return nil, err
	}
	return run.ResumeOn(f.Engine, file, set, in.Recipe)
}

// follow steps with the leader until it says rest.
func (f *Follower) follow(ctx run.Cancel) error {
	for ctx.Err() == nil {
		for !f.t.Ready() {
			if err := f.t.Samples().Err(); err != nil {
				return err
			}
			f.doing(Waiting)
			f.pause()
		}
		f.doing(Stepping)
		var err error
		switch f.word.exchange(f.Engine.Group(), 0) {
		case step:
			_, err = f.t.Step()
		case update:
			if _, _, err = f.t.Update(); err == nil {
				_, err = f.t.Come(false) // which only the leader tells of
			}
		default:
			return f.Engine.Err()
		}
		if err != nil && !errors.Is(err, run.ErrDiverged) {
			return err
		}
		f.doing(Yielding)
		f.turns.give(f.Yield, time.Now, !f.t.Samples().Whole())
	}
	return ctx.Err()
}

// pause lets data arrive.
func (f *Follower) pause() {
	time.Sleep(time.Millisecond)
	if f.Yield != nil {
		f.Yield()
	}
}
