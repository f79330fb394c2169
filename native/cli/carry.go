package cli

import (
	"compress/gzip"
	"context"
	"errors"
	"io"

	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/engine"
	"ganvas/core/quality/judge/trained"
	"ganvas/core/run"
	"ganvas/core/session"
)

// Shares of the time that pictures may take while somebody looks. Measurements and what is remembered beside take about as much again.
const (
	shareOfGiven  = 0.01 // of a run that the command line started
	shareOfStudio = 0.02
)

// carry is a session that carries a run for those who watch it.
func (x *watched) carry(w *world, e engine.Engine, share float64) *session.Session {
	sets := map[string]*data.Set{}
	return &session.Session{
		Engine: e, Emit: x.hub.Emit, Commands: x.hub.Commands(), Pictures: x.hub.Pictures(share), Unpack: unpack,
		JudgeFile: func() ([]byte, error) { return trained.File, nil },
		Data: func(_ run.Cancel, name string) (*data.Set, error) {
			if sets[name] != nil {
				return sets[name], nil
			}
			if name != "mnist" {
				return nil, data.Unknown(name)
			}
			set, err := mnist.Open(w.ctx, data.TrainSplit)
			if err == nil {
				sets[name] = set
			}
			return set, err
		},
	}
}

// unpack unpacks what gzip packed.
func unpack(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }

// errTold is of a run that went wrong, as its session has told.
var errTold = errors.New("the run has failed")

// trainWatched trains as train does, and lets those who watch look and drive between steps.
func (r *training) trainWatched(ctx context.Context) error {
	until, end := ending(ctx)
	s := r.watched.carry(r.w, r.t.GAN.Engine, shareOfGiven)
	s.Begin = &session.Beginning{Trainer: r.t, Preset: r.Preset}
	r.settle = func() error {
		if !s.Hear() {
			return errTold
		}
		return nil
	}
	s.Heard, s.Ended = r.heard, end
	s.Stepped = func() bool { return r.afterStep() == nil }
	_ = s.Run(until) // it ends with the context
	var ended over
	if errors.As(context.Cause(until), &ended) && ended.err != nil {
		return r.failed(ended.err)
	}
	if err := s.Settle(); err != nil {
		return r.failed(err)
	}
	if r.t.Done() {
		return r.finish(ctx)
	}
	return r.interrupted(ctx)
}
