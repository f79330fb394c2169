package session

import (
	"fmt"

	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/run"
)

// sets are where a program's data sets come from: points and flowers are made, the visitor's own were handed over by a
// command, and all others are opened by name.
type sets struct {
	open func(ctx run.Cancel, name string) (*data.Set, error)
	own  *data.Set // nil before any was handed over

	unpack data.Unpacker
	memory Memory
}

func (s *sets) find(ctx run.Cancel, name string) (*data.Set, error) {
	if name != run.Own {
		return data.Open(name, data.TrainSplit, func(name string) (*data.Set, error) { return s.open(ctx, name) })
	}
	if s.own == nil {
		return nil, errNoOwn
	}
	return s.own, nil
}

// outline is what networks on a set must fit and how many samples it has, without making what nobody trains on.
func (s *sets) outline(ctx run.Cancel, name string) (gan.Data, int, error) {
	if known := data.Find(name); known != nil && known.IsMade() {
		return gan.Data{Sample: known.Sample, Classes: known.Classes}, known.Samples, nil
	}
	set, err := s.find(ctx, name)
	if err != nil {
		return gan.Data{}, 0, err
	}
	return run.DataOf(set), set.Len(), nil
}

// of is what a checkpoint's run learned from. Where that is somebody's own and not here, lacks says so, and the set is one
// that never comes; others, where they are here and fit, only count if others may.
func (s *sets) of(ctx run.Cancel, in run.Info, others bool) (set *data.Set, lacks, err error) {
	if in.Recipe.Dataset != run.Own {
		set, err = s.find(ctx, in.Recipe.Dataset)
		return set, nil, err
	}
	if s.own == nil {
		lacks = in.Missing()
	} else if lacks = in.Fits(s.own); lacks == nil && !others {
		lacks = in.Same(s.own)
	}
	if lacks != nil {
		return in.WithoutData(lacks), lacks, nil
	}
	return s.own, nil, nil
}

var errNoOwn = fmt.Errorf("dataset own means your own pictures, and there are none here yet: give them first")

// take makes a data set of what a command hands over, the one that dataset own means from now on.
func (s *sets) take(c *Data) (*data.Set, error) {
	set, err := c.read(s.unpack, s.memory)
	if err == nil {
		err = run.Learnable(set)
	}
	if err != nil {
		return nil, err
	}
	set.NameClasses(c.Names)
	s.own = set
	return set, nil
}
