package run

import (
	"fmt"
	"math"

	"ganvas/core/weights"
	"ganvas/core/wire"
)

// snapshotEvery is how many steps lie between the states that a diverged run can go back to.
const snapshotEvery = 250

// snapshot is a state to go back to.
type snapshot struct {
	file *weights.File
	step int
}

// strain is how large the losses have been lately: the mean of log10(1 + loss) over some hundred steps, which a few wild
// steps, that runs recover from, hardly move. A healthy run's is below 1; a critic's, whose scale is that of the pictures'
// distances, below 3. Runs with learning rates of 1 stay above 4 from their first hundred steps on.
type strain float64

const (
	strainOver = 100 // steps
	blownUp    = 4   // from here on nothing good comes
	uneasy     = 3   // from here on no state is kept to go back to
)

// add takes in a step's losses. Where the loss fixes no zero for D's scores, G's loss has none either and may drift far.
func (s *strain) add(p wire.Point, zeroless bool) {
	x := math.Abs(p.LossD)
	if !zeroless {
		x = max(x, math.Abs(p.LossG))
	}
	*s += strain(math.Log10(1+x)-float64(*s)) / strainOver
}

// goBack returns to the last good state after losses in a step that are no numbers, or none that anything can be learned from. What was
// done since is forgotten.
func (t *Trainer) goBack(at int, what string) error {
	for range t.begun {
		t.GAN.Take(true)
	}
	t.begun = t.begun[:0]
	if t.good == nil {
		return fmt.Errorf("%w at step %d: %s; lower the learning rates", ErrDiverged, at, what)
	}
	in, err := Inspect(t.good.file)
	if err == nil {
		err = t.restore(t.good.file, in)
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("%w at step %d: %s, so the run went back to step %d; lower the learning rates", ErrDiverged, at, what, t.step)
}

// Good is the state to go back to and the step that it is of; nil before there is one.
func (t *Trainer) Good() (f *weights.File, step int) {
	if t.good == nil {
		return nil, 0
	}
	return t.good.file, t.good.step
}

// keep makes the present state the one to go back to, if every weight in it is a number.
func (t *Trainer) keep() error {
	f, err := t.Checkpoint(false)
	if err != nil {
		return err
	}
	if f.FirstNonFinite() == "" && t.strain < uneasy {
		t.good = &snapshot{f, t.step}
	}
	return nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
