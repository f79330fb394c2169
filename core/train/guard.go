package train

import (
	"fmt"
	"math"

	"ganvas/core/weights"
	"ganvas/core/wire"
)

// snapshotEvery is how many steps lie between the states that a diverged run can go back to.
const snapshotEvery = 250

// snapshot is a state to go back to.
type snapshot struct{ file *weights.File }

// guard keeps a good state every so often, and goes back to it when a loss is no number.
func (t *Trainer) guard(p wire.Point) error {
	if finite(p.LossD) && finite(p.LossG) {
		if t.step%snapshotEvery == 0 {
			return t.keep()
		}
		return nil
	}
	at := t.step
	if t.good == nil {
		return fmt.Errorf("%w at step %d: a loss is %v; lower the learning rates", ErrDiverged, at, first(p))
	}
	in, err := Inspect(t.good.file)
	if err == nil {
		err = t.restore(t.good.file, in)
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("%w at step %d: a loss became %v, so the run went back to step %d; lower the learning rates", ErrDiverged, at, first(p), t.step)
}

// keep makes the present state the one to go back to, if every weight in it is a number.
func (t *Trainer) keep() error {
	f, err := t.Checkpoint(false)
	if err != nil {
		return err
	}
	if f.FirstNonFinite() == "" {
		t.good = &snapshot{f}
	}
	return nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func first(p wire.Point) float64 {
	if !finite(p.LossD) {
		return p.LossD
	}
	return p.LossG
}
