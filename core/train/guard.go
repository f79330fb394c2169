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
type snapshot struct {
	file *weights.File
	step int
}

// goBack returns to the last good state after a loss that is no number.
func (t *Trainer) goBack(loss float64) error {
	at := t.step + 1
	if t.good == nil {
		return fmt.Errorf("%w at step %d: a loss is %v; lower the learning rates", ErrDiverged, at, loss)
	}
	in, err := Inspect(t.good.file)
	if err == nil {
		err = t.restore(t.good.file, in)
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("%w at step %d: a loss became %v, so the run went back to step %d; lower the learning rates", ErrDiverged, at, loss, t.step)
}

// keep makes the present state the one to go back to, if every weight in it is a number.
func (t *Trainer) keep() error {
	f, err := t.Checkpoint(false)
	if err != nil {
		return err
	}
	if f.FirstNonFinite() == "" {
		t.good = &snapshot{f, t.step}
	}
	return nil
}

// judged reports whether D's verdict on every picture is a number; it is not while a run diverges, until a step finds that out.
func judged(s *wire.Sheet) bool {
	for _, scores := range [][]float32{s.FakeScores, s.RealScores} {
		for _, p := range scores {
			if !finite(float64(p)) {
				return false
			}
		}
	}
	return true
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
