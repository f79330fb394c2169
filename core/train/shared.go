package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/trace"
	"ganvas/core/wire"
)

// Several programs can share each batch: one leads, with a Session; the others follow. Before every step the leader says
// in a sum that all take part in whether there is one; between steps that follow each other nobody needs a message.

// signal is what the leader says before a step.
type signal struct{ word [1]float32 }

const (
	rest   = 1 // back to waiting for commands
	step   = 2
	update = 3 // of one network
)

// exchange gives every member the leader's word; followers pass 0.
func (s *signal) exchange(g engine.Group, word float32) float32 {
	s.word[0] = word
	g.Sum(s.word[:])
	return s.word[0]
}

// joined does f, a step or an update as the word says, with all that share the batch, and reports whether it was done.
func (s *Session) joined(word float32, f func() error) bool {
	began := s.Now()
	s.doing(Stepping)
	s.share()
	if s.together {
		s.word.exchange(s.Shared.Group(), word)
	}
	err := f()
	s.spent += s.Now().Sub(began)
	if err != nil {
		s.spent = 0
	}
	switch {
	case s.together && s.Shared.Err() != nil:
		if err := s.alone(); err != nil {
			s.fail(err)
		}
		return false
	case err != nil:
		s.fail(err)
		return false
	}
	return true
}

// share begins to step together, if it has not begun.
func (s *Session) share() {
	if s.t.GAN.Engine != s.Shared || s.together {
		return
	}
	s.together = true
	s.Tell(wire.Command{Type: wire.Follow})
}

// apart ends stepping together, so that followers hear commands again.
func (s *Session) apart() {
	if s.together {
		s.together = false
		s.word.exchange(s.Shared.Group(), rest)
	}
}

// tell passes a command on to the followers, if this run has any.
func (s *Session) tell(t *Trainer, c wire.Command) {
	if t.GAN.Engine == s.Shared {
		s.Tell(c)
	}
}

// engine is the shared one where there is one that the batch suffices for.
func (s *Session) engine(batch int) engine.Engine {
	if s.Shared != nil && s.Shared.Err() == nil && batch >= s.Shared.Group().Size() {
		return s.Shared
	}
	return s.Engine
}

// lost reports whether the run shares batches with programs that are gone.
func (s *Session) lost() bool {
	return s.t != nil && s.Shared != nil && s.t.GAN.Engine == s.Shared && s.Shared.Err() != nil
}

// alone goes on without the followers after one of them was lost, from the last state that all agreed on.
func (s *Session) alone() error {
	s.together = false
	old := s.t
	if old.good == nil {
		return errors.New("a Worker was lost before the run had a state to go back to: start it again")
	}
	t, err := ResumeAs(s.Engine, old.good.file, old.set, old.GAN.Recipe)
	if err != nil {
		return err
	}
	s.t, s.Shared = t, nil
	s.Note = fmt.Sprintf("A Worker was lost, so training goes on in one, from step %d.", t.Steps())
	s.announce(wire.Changed, true)
	return nil
}

// asMap is a recipe in the form in which a command carries it.
func asMap(r config.Recipe) map[string]any {
	var m map[string]any
	if json.Unmarshal(r.JSON(), &m) != nil {
		panic("train: a recipe is always a JSON object")
	}
	m["seed"] = fmt.Sprint(r.Seed) // more digits than a float64 has
	return m
}

// Follower is a program that shares batches with a leading Session: it holds the same run and does the same steps on
// its own rows.
type Follower struct {
	Engine   engine.Engine
	Data     func(ctx Ending, name string) (*data.Set, error)
	Unpack   data.Unpacker
	Commands <-chan wire.Command // the leader's, in order
	Yield    func()
	Peak     func(time.Duration) float64 // as the leader's
	Doing    func(Doing)                 // as the leader's

	t     *Trainer
	sets  sets
	word  signal
	slice slice
}

// Run follows until ctx ends, the commands do, or something goes wrong that makes this program useless to its group.
func (f *Follower) Run(ctx Ending) error {
	f.sets.open, f.sets.unpack = f.Data, f.Unpack
	for {
		f.doing(Resting)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case c, open := <-f.Commands:
			if !open {
				return nil
			}
			f.doing(Answering)
			if err := f.do(ctx, c); err != nil {
				return err
			}
		}
	}
}

func (f *Follower) do(ctx Ending, c wire.Command) (err error) {
	switch c.Type {
	case wire.Start:
		f.t, err = f.start(ctx, c)
	case wire.Load:
		f.t, err = f.load(ctx, c)
	case wire.Data:
		_, err = f.sets.take(c)
	case wire.Set:
		err = f.t.Set(c.Field, c.Value)
	case wire.Follow:
		err = f.follow(ctx)
	case wire.Verify:
		var t *trace.Trace
		if t, err = trace.Decode(c.Bytes); err == nil {
			_, err = t.Replay(f.Engine)
		}
	case wire.Bench:
		var t *Trainer
		if t, err = f.start(ctx, c); err == nil {
			_, err = timed(f.Engine, f.Peak, func() error { _, err := t.Bench(ctx, c.Steps, nil, f.Yield); return err })
		}
	}
	return err
}

func (f *Follower) start(ctx Ending, c wire.Command) (*Trainer, error) {
	r, err := recipe(c)
	if err != nil {
		return nil, err
	}
	set, err := f.sets.find(ctx, r.Dataset)
	if err != nil {
		return nil, err
	}
	return New(f.Engine, r, set)
}

func (f *Follower) load(ctx Ending, c wire.Command) (*Trainer, error) {
	file, err := decode(c)
	if err != nil {
		return nil, err
	}
	in, err := Inspect(file)
	if err != nil {
		return nil, err
	}
	set, _, err := f.sets.of(ctx, in, c.OtherData)
	if err != nil {
		return nil, err
	}
	return ResumeOn(f.Engine, file, set, in.Recipe)
}

// follow steps with the leader until it says rest.
func (f *Follower) follow(ctx Ending) error {
	for ctx.Err() == nil {
		for !f.t.Ready() {
			if err := f.t.set.Err(); err != nil {
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
			_, _, err = f.t.Update()
		default:
			return f.Engine.Err()
		}
		if err != nil && !errors.Is(err, ErrDiverged) {
			return err
		}
		f.doing(Yielding)
		f.slice.yield(f.Yield, time.Now, !f.t.set.Whole())
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
