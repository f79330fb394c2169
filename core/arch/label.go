package arch

// The ways in which the discriminator of a conditional run deals with labels.
const (
	OneHot     = "onehot"     // it is told the label beside the sample
	Auxiliary  = "auxiliary"  // it must name the class too
	Projection = "projection" // the label's own vector weighs its features
)

// LabelModes is the list of them, in the order in which they are offered.
var LabelModes = []string{OneHot, Auxiliary, Projection}

// Heads is how many outputs the discriminator has: its verdict, and a class head where the plan asks for one.
func (p Plan) Heads(d Data) int {
	if p.Conditional && p.LabelMode == Auxiliary {
		return 1 + d.Classes
	}
	return 1
}
