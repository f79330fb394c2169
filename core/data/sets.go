package data

import (
	"fmt"
	"strings"

	"ganvas/core/sample"
)

// Kind is what the samples of a set are.
type Kind string

const (
	Digits   Kind = "digits"   // pictures of handwritten digits
	Dots     Kind = "points"   // points of the plane
	Pictures Kind = "pictures" // any others
)

// Own is the name of the set that somebody brings along.
const Own = "own"

// Known is a data set that a recipe can name.
type Known struct {
	Name    string       `json:"name"`
	Kind    Kind         `json:"kind"`
	Sample  sample.Shape `json:"sample"`          // zeros for Own, which has its own
	Samples int          `json:"samples"`         // to train on; 0 for Own
	Classes int          `json:"classes"`         // 0 without labels
	Names   []string     `json:"names,omitempty"` // of the classes, in English; those of digits are their numbers
	Says    string       `json:"says"`            // in a sentence
	Of      string       `json:"of,omitempty"`    // the set whose samples these are put together from

	modes func() Modes                                  // of points
	make  func(known *Known, split Split) *Set          // of what is made here and is in no file
	build func(known *Known, of *Set, split Split) *Set // of what is put together from another set
}

// Sets is the table of data sets.
var Sets = []Known{
	{Name: "mnist", Kind: Digits, Sample: sample.MNIST, Samples: 60_000, Classes: 10, Says: "70,000 handwritten digits, 28×28 pixels."},
	{Name: "ring", Kind: Dots, Sample: sample.Plane, Samples: pointCount, Says: "Points of the plane, in eight clumps on a ring.", modes: ringOf8, make: points},
	{Name: "grid", Kind: Dots, Sample: sample.Plane, Samples: pointCount, Says: "Points of the plane, in a grid of clumps.", modes: gridOf25, make: points},
	{Name: "ring-sharp", Kind: Dots, Sample: sample.Plane, Samples: pointCount, Says: "The ring with clumps a third as wide.", modes: sharpRing, make: points},
	{Name: "grid-sharp", Kind: Dots, Sample: sample.Plane, Samples: pointCount, Says: "The grid with clumps not half as wide.", modes: sharpGrid, make: points},
	{Name: "spiral", Kind: Dots, Sample: sample.Plane, Samples: pointCount, Says: "Points of the plane, along a spiral.", modes: spiralOf60, make: points},
	{Name: "moons", Kind: Dots, Sample: sample.Plane, Samples: pointCount, Says: "Points of the plane, along two half circles, one in the other's arms.", modes: moonsOf40, make: points},
	{Name: "flowers", Kind: Pictures, Sample: flowerShape, Samples: flowerCount, Classes: len(flowerKinds), Names: flowerNames(), Says: "3,000 flowers of five kinds in colour, 32×32 pixels, drawn by this program.", make: flowers},
	{Name: "flowers-64", Kind: Pictures, Sample: flowers64Shape, Samples: flowerCount, Classes: len(flowerKinds), Names: flowerNames(), Says: "The same flowers, 64×64 pixels.", make: flowers},
	{Name: "stacked-mnist", Kind: Pictures, Sample: sample.Shape{Channels: stackChannels, Height: 28, Width: 28}, Samples: 60_000, Of: "mnist", Says: "Three digits at random as red, green and blue: 1,000 combinations, which eval counts.", build: stacked},
	{Name: Own, Kind: Pictures, Says: "The pictures that you have given."},
}

// Find is the named set's row, nil where there is none.
func Find(name string) *Known {
	for i := range Sets {
		if Sets[i].Name == name {
			return &Sets[i]
		}
	}
	return nil
}

// Made is one half of a named set that is made here; nil for a name of a set that is in files, or of none.
func Made(name string, split Split) *Set {
	known := Find(name)
	if known == nil || known.make == nil {
		return nil
	}
	return known.made(split)
}

// made is one half of a set that is made here, its classes named.
func (k *Known) made(split Split) *Set {
	s := k.make(k, split)
	s.NameClasses(k.Names)
	return s
}

// IsMade reports whether the row's samples are made here, which takes a moment that its shape and number do not.
func (k *Known) IsMade() bool { return k.make != nil || k.build != nil }

// Open is one half of a named set: made here, put together from another set that open opens, or opened itself.
func Open(name string, split Split, open func(name string) (*Set, error)) (*Set, error) {
	known := Find(name)
	switch {
	case known == nil:
		return nil, Unknown(name)
	case known.make != nil:
		return known.made(split), nil
	case known.build != nil:
		of, err := open(known.Of)
		if err != nil {
			return nil, err
		}
		return known.build(known, of, split), nil
	}
	return open(name)
}

// IsKind reports whether the named set is one of that kind.
func IsKind(name string, k Kind) bool {
	known := Find(name)
	return known != nil && known.Kind == k
}

// Names are those of all sets, in the table's order.
func Names() []string {
	all := make([]string, len(Sets))
	for i := range Sets {
		all[i] = Sets[i].Name
	}
	return all
}

// Unknown is the error for a name that a program has no set for.
func Unknown(name string) error {
	return fmt.Errorf("there is no data set %q: there are %s", name, strings.Join(Names(), ", "))
}
