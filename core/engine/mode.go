package engine

// Wrt says what a backward pass differentiates with respect to.
type Wrt int

const (
	Params Wrt = 1 << iota // add to the parameter gradients
	Input                  // return the gradient of the input
)

// Mode is what a forward pass needs to know beside its input.
type Mode struct {
	Train bool    // dropout on, batch statistics from the batch
	Batch bool    // batch statistics from the bound rows without training: nothing moves but Reference, which is filled
	Seed  uint64  // of this pass's dropout masks
	Alpha float32 // fade-in of the newest resolution, 0 to 1 (progressive growing)
	Row0  int     // this program's first row in the whole batch
	Rows  int     // rows of the whole batch over all members of the group; 0: the bound rows are all

	Reference *Reference // without Batch: batch statistics from there; nil for the running ones, or the rows at hand

	Draws []float32 // random numbers for net.Augment, net.AugmentDraws for each of the bound rows; nil for none
}

// Group is the set of equal programs that share a batch, each with its own rows of it. A program alone is [Solo].
type Group interface {
	Rank() int // this program's place, from 0
	Size() int
	// Sum replaces x in every member by the sum over all members, in the same order everywhere. Every member must make
	// the same calls.
	Sum(x []float32)
}

// Solo is the group of one.
type Solo struct{}

func (Solo) Rank() int     { return 0 }
func (Solo) Size() int     { return 1 }
func (Solo) Sum([]float32) {}
