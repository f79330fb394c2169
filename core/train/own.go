package train

import (
	"bytes"
	"errors"
	"fmt"

	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/wire"
)

// Own is the recipe's name for a data set that somebody has brought along.
const Own = data.Own

// sets are where a program's data sets come from: points of the plane are made, the visitor's own were handed over by a
// command, and all others are opened by name.
type sets struct {
	open func(ctx Ending, name string) (*data.Set, error)
	own  *data.Set // nil before any was handed over

	unpack data.Unpacker
}

func (s *sets) find(ctx Ending, name string) (*data.Set, error) {
	if set := data.Points(name, data.TrainSplit); set != nil {
		return set, nil
	}
	if name != Own {
		return s.open(ctx, name)
	}
	if s.own == nil {
		return nil, errNoOwn
	}
	return s.own, nil
}

// outline is what networks on a set must fit and how many samples it has, without making points that nobody trains on.
func (s *sets) outline(ctx Ending, name string) (gan.Data, int, error) {
	if known := data.Find(name); known != nil && known.Kind == data.Dots {
		return gan.Data{Sample: shapeOf(known.Shape)}, known.Samples, nil
	}
	set, err := s.find(ctx, name)
	if err != nil {
		return gan.Data{}, 0, err
	}
	return dataOf(set), set.Len(), nil
}

// of is what a checkpoint's run learned from. Where that is somebody's own and not here, lacks says so, and the set is one
// that never comes; others, where they are here and fit, only count if others may.
func (s *sets) of(ctx Ending, in Info, others bool) (set *data.Set, lacks, err error) {
	if in.Recipe.Dataset != Own {
		set, err = s.find(ctx, in.Recipe.Dataset)
		return set, nil, err
	}
	if s.own == nil {
		lacks = in.missing()
	} else if lacks = in.fits(s.own); lacks == nil && !others {
		lacks = in.same(s.own)
	}
	if lacks != nil {
		return withoutData(in, lacks), lacks, nil
	}
	return s.own, nil, nil
}

var errNoOwn = fmt.Errorf("dataset own means your own pictures, and there are none here yet: give them first")

// take makes a data set of a command's bytes, the one that dataset own means from now on.
func (s *sets) take(c wire.Command) (*data.Set, error) {
	set, err := handed(c, s.unpack)
	if err == nil {
		err = Learnable(set)
	}
	if err != nil {
		return nil, err
	}
	s.own = set
	return set, nil
}

// Learnable says why nothing can be learned from somebody's own data, whose samples are all there.
func Learnable(set *data.Set) error {
	if set.Look().Same {
		return fmt.Errorf("all %d pictures of %s are equal: there is nothing to learn from them but one picture", set.Len(), set.Name())
	}
	return nil
}

// handed reads a data set out of a command: as a pair of IDX files, the first N bytes of images and the rest of labels, which
// may be missing; as a NumPy file of pictures; or as N gray pictures of Height × Width and, with Classes, a byte of label for
// each behind them all.
func handed(c wire.Command, unpack data.Unpacker) (*data.Set, error) {
	name := c.Name
	if name == "" {
		name = Own
	}
	if c.Format == "idx" {
		if c.N < 0 || c.N > len(c.Bytes) {
			return nil, fmt.Errorf("the file of images would have %d of %d bytes", c.N, len(c.Bytes))
		}
		files := data.Files{Images: bytes.NewReader(c.Bytes[:c.N]), Unpack: unpack}
		if c.N < len(c.Bytes) {
			files.Labels = bytes.NewReader(c.Bytes[c.N:])
		}
		return files.Read(name)
	}
	switch c.Format {
	case "npy":
		return data.ReadNPY(name, bytes.NewReader(c.Bytes))
	case "gray":
		return data.FromGray(name, c.N, c.Height, c.Width, c.Classes, c.Bytes)
	}
	return nil, fmt.Errorf("format is %q: a data set comes as idx, npy or gray", c.Format)
}

// withoutData is a set of what a checkpoint says its data were, whose samples will never come: enough to generate, and why
// the run cannot go on.
func withoutData(in Info, why error) *data.Set {
	s := in.Data.Sample
	set := data.NewSet(in.Set, max(in.Samples, in.Recipe.Batch), [3]int{s.C, s.H, s.W}, in.Data.Classes)
	set.Fail(why)
	set.KnownBy(in.Digest)
	return set
}

// missing says what a checkpoint's run learned from, for whoever opens it without that.
func (in Info) missing() error {
	if in.Samples == 0 {
		return fmt.Errorf("this run learned from pictures that are not here: give them again to go on with it")
	}
	s := in.Data.Sample
	labels := "without labels"
	if in.Data.Classes > 0 {
		labels = fmt.Sprintf("in %d classes", in.Data.Classes)
	}
	return fmt.Errorf("this run learned from %q, %d pictures of %d×%d %s, which are not here: give them again to go on with it", in.Set, in.Samples, s.W, s.H, labels)
}

// digest is what somebody's own data are known by, "" for sets that are known by their names.
func (t *Trainer) digest() string {
	if t.GAN.Recipe.Dataset != Own {
		return ""
	}
	return t.set.Look().Digest
}

// fits says why networks of the checkpoint cannot learn from a data set.
func (in Info) fits(set *data.Set) error {
	shape := set.Shape()
	s := in.Data.Sample
	if shape != [3]int{s.C, s.H, s.W} || set.Classes() != in.Data.Classes {
		return fmt.Errorf("the checkpoint is for samples of %v and %d classes, the data set has %d×%d×%d and %d", s, in.Data.Classes, shape[0], shape[1], shape[2], set.Classes())
	}
	return nil
}

// ErrOtherData means that a run learned from other data than those that it is to go on with.
var ErrOtherData = errors.New("the data are not those that the run learned from")

// same says why a data set of somebody's own, which fits, is not the one that the checkpoint's run learned from.
func (in Info) same(set *data.Set) error {
	switch {
	case in.Recipe.Dataset != Own:
		return nil
	case in.Samples > 0 && set.Len() != in.Samples:
		return fmt.Errorf("%w: there it was %q with %d pictures, the data given have %d", ErrOtherData, in.Set, in.Samples, set.Len())
	case in.Digest != "" && set.Look().Digest != in.Digest:
		return fmt.Errorf("%w: there are as many pictures as %q had then, but some of them, their order or their labels have changed", ErrOtherData, in.Set)
	}
	return nil
}
