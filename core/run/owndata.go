package run

import (
	"errors"
	"fmt"

	"ganvas/core/data"
)

// Own is the recipe's name for a data set that somebody has brought along.
const Own = data.Own

// Learnable says why nothing can be learned from somebody's own data, whose samples are all there.
func Learnable(set *data.Set) error {
	if set.Look().Same {
		return fmt.Errorf("all %d pictures of %s are equal: there is nothing to learn from them but one picture", set.Len(), set.Name())
	}
	return nil
}

// WithoutData is a set of what the checkpoint says its data were, whose samples will never come: enough to generate, and why
// the run cannot go on.
func (in Info) WithoutData(why error) *data.Set {
	set := data.NewSet(in.Set, max(in.Samples, in.Recipe.Batch), in.Data.Sample, in.Data.Classes)
	set.NameClasses(in.Names)
	set.Fail(why)
	set.KnownBy(in.Digest)
	return set
}

// Missing says what a checkpoint's run learned from, for whoever opens it without that.
func (in Info) Missing() error {
	if in.Samples == 0 {
		return fmt.Errorf("this run learned from pictures that are not here: give them again to go on with it")
	}
	labels := "without labels"
	if in.Data.Classes > 0 {
		labels = fmt.Sprintf("in %d classes", in.Data.Classes)
	}
	return fmt.Errorf("this run learned from %q, %d pictures of %v %s, which are not here: give them again to go on with it", in.Set, in.Samples, in.Data.Sample, labels)
}

// Digest is what somebody's own data are known by, "" for sets that are known by their names.
func (t *Trainer) Digest() string {
	if t.GAN.Recipe.Dataset != Own {
		return ""
	}
	return t.set.Look().Digest
}

// Fits says why networks of the checkpoint cannot learn from a data set.
func (in Info) Fits(set *data.Set) error {
	if set.Shape() != in.Data.Sample || set.Classes() != in.Data.Classes {
		return fmt.Errorf("the checkpoint is for samples of %v and %d classes, the data set has %v and %d", in.Data.Sample, in.Data.Classes, set.Shape(), set.Classes())
	}
	return nil
}

// ErrOtherData means that a run learned from other data than those that it is to go on with.
var ErrOtherData = errors.New("the data are not those that the run learned from")

// Same says why a data set of somebody's own, which fits, is not the one that the checkpoint's run learned from.
func (in Info) Same(set *data.Set) error {
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
