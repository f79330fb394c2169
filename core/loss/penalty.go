package loss

import "slices"

// Where says at which samples a penalty looks at D's gradient.
type Where string

const (
	Mix  Where = "mix"  // between a real sample and a fake: ε·real + (1−ε)·fake
	Real Where = "real" // at real samples
	Fake Where = "fake" // at fakes
)

// Penalty is a demand on the norm of D's gradient g at its input, weighted by the recipe's gp_weight: with Norm 1 the mean of
// (‖g‖−1)² (Gulrajani et al. 2017), with 0 that of ½‖g‖² (Mescheder et al. 2018), summed over the places. The zero Penalty
// demands nothing.
type Penalty struct {
	At   []Where `json:"at,omitempty"`
	Norm int     `json:"-"` // that gradients should have: 0 or 1
}

// Demand is one demand on D's gradient: of which norm, at which samples, and the recipe's field that weighs it.
type Demand struct {
	At   Where
	Norm int
	By   string
}

// Demands are the loss's own, and R1 and R2 beside them where they are asked for.
func (r *Row) Demands(r1, r2 bool) (all []Demand) {
	for _, at := range r.Penalty.At {
		all = append(all, Demand{at, r.Penalty.Norm, "gp_weight"})
	}
	if r1 {
		all = append(all, Demand{Real, 0, "r1_weight"})
	}
	if r2 {
		all = append(all, Demand{Fake, 0, "r2_weight"})
	}
	return all
}

// Asked reports whether there is a penalty at all.
func (p Penalty) Asked() bool { return len(p.At) > 0 }

// Looks reports whether the penalty is taken there.
func (p Penalty) Looks(at Where) bool { return slices.Contains(p.At, at) }
