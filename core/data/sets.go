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
	Sample  sample.Shape `json:"sample"`  // zeros for Own, which has its own
	Samples int          `json:"samples"` // to train on; 0 for Own
	Classes int          `json:"classes"` // 0 without labels
	Says    string       `json:"says"`    // in a sentence

	modes func() Modes // of points
}

// Sets is the table of data sets.
var Sets = []Known{
	{Name: "mnist", Kind: Digits, Sample: sample.Gray(28, 28), Samples: 60_000, Classes: 10, Says: "70,000 handwritten digits, 28×28 pixels."},
	{Name: "ring", Kind: Dots, Sample: sample.Plane, Samples: pointCount, Says: "Points of the plane, in eight clumps on a ring.", modes: ringOf8},
	{Name: "grid", Kind: Dots, Sample: sample.Plane, Samples: pointCount, Says: "Points of the plane, in a grid of clumps.", modes: gridOf25},
	{Name: "spiral", Kind: Dots, Sample: sample.Plane, Samples: pointCount, Says: "Points of the plane, along a spiral.", modes: spiralOf60},
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
