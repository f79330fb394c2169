package run

import (
	"fmt"
	"math"

	"ganvas/core/wire"
)

// Reported is a whole step that was done, where the run was after it, and what it measured.
type Reported struct {
	Step, Images, Epoch int
	wire.Point
}

// begun is an update of which it is not known yet what it measured.
type begun struct {
	at    Reported    // where the run is after its step; no point
	told  wire.Update // but for the loss
	d     bool
	whole bool // it is its step's last
}

// Step is one training step: d_steps updates of D, then g_steps of G; of a step that is under way, the rest. It allocates
// nothing but the states kept every so often to go back to.
func (t *Trainer) Step() (wire.Point, error) {
	err := t.Ahead()
	if err == nil {
		err = t.take(true)
	}
	t.came = t.came[:0]
	return t.point, err
}

// Ahead is Step, but where the engine can go on without what the step measured nobody waits for that: Come has it, some steps later. What
// is wrong with it is found no later than a state is kept or given away.
func (t *Trainer) Ahead() error {
	for {
		if whole, err := t.begin(); whole || err != nil {
			return err
		}
	}
}

// Come is the steps that have reported since the last call, in their order; with all, every one that was begun is waited for. They are
// valid until the next call.
func (t *Trainer) Come(all bool) ([]Reported, error) {
	err := t.take(all)
	came := t.came
	t.came, t.spare = t.spare[:0], came
	return came, err
}

// Update does the next update of a step, and reports whether the step is whole with it. Any mix of updates and steps is
// the same run.
func (t *Trainer) Update() (u wire.Update, whole bool, err error) {
	if err = t.take(true); err == nil {
		whole, err = t.begin()
	}
	if err == nil {
		err = t.take(true)
	}
	if err != nil {
		return u, false, err
	}
	return t.update, whole, nil
}

// begin begins the next update, and reports whether the step is whole with it.
func (t *Trainer) begin() (whole bool, err error) {
	if t.at == 0 {
		if err := t.open(); err != nil {
			return false, err
		}
	}
	r := &t.GAN.Recipe
	all := float64(r.Epochs * t.ImagesPerEpoch())
	t.GAN.Pace = r.Pace(math.Min(1, float64(t.images)/all), float64(r.Batch*r.DSteps)/all)
	pace := &t.GAN.Pace
	b := begun{d: t.at < len(t.d), at: Reported{Step: t.step + 1, Images: t.images + r.Batch*r.DSteps}}
	b.at.Epoch = t.epochOf(b.at.Images)
	if j := t.at; b.d {
		t.GAN.BeginD(t.d[j], pace.LRD)
		b.told = wire.Update{Network: "D", N: j + 1, Of: len(t.d)}
	} else {
		j -= len(t.d)
		t.GAN.BeginG(t.g[j], pace.LRG)
		b.told = wire.Update{Network: "G", N: j + 1, Of: len(t.g)}
	}
	t.at++
	b.whole = t.at == len(t.d)+len(t.g)
	t.begun = append(t.begun, b)
	if err := t.take(false); err != nil || !b.whole {
		return false, err
	}
	return true, t.close()
}

// take takes in what updates have measured; with wait, all that were begun.
func (t *Trainer) take(wait bool) error {
	for {
		if err := t.GAN.Engine.Err(); err != nil {
			return err
		}
		if len(t.begun) == 0 {
			return nil
		}
		rep, come := t.GAN.Take(wait)
		if err := t.GAN.Engine.Err(); err != nil || !come {
			return err
		}
		b := t.begun[0]
		t.begun = append(t.begun[:0], t.begun[1:]...)
		if t.update = b.told; b.d {
			t.point = wire.Point{LossD: rep.Loss, PReal: rep.PReal, PFake: rep.PFake, SReal: rep.SReal, SFake: rep.SFake, Right: rep.Right}
		} else {
			t.point.LossG = rep.Loss
		}
		t.update.Loss = rep.Loss
		if !finite(rep.Loss) {
			return t.goBack(b.at.Step, fmt.Sprintf("a loss became %v", rep.Loss))
		}
		if !b.whole {
			continue
		}
		if t.strain.add(t.point, t.GAN.Zeroless()); t.strain >= blownUp {
			return t.goBack(b.at.Step, fmt.Sprintf("for long the losses have been far too large (now %.3g for D and %.3g for G)", t.point.LossD, t.point.LossG))
		}
		b.at.Point = t.point
		t.came = append(t.came, b.at)
	}
}

// Updates is how many updates are done of the step that is under way, 0 between steps.
func (t *Trainer) Updates() int { return t.at }

// Point is what the last whole step measured that is known.
func (t *Trainer) Point() wire.Point { return t.point }

// open draws all that a step needs.
func (t *Trainer) open() error {
	if t.good == nil {
		if err := t.keep(); err != nil {
			return err
		}
	}
	if !t.Ready() {
		return ErrWaiting
	}
	t.draw()
	return nil
}

// close counts a step.
func (t *Trainer) close() error {
	r := &t.GAN.Recipe
	t.drawn, t.at = false, 0
	t.step++
	t.images += r.Batch * r.DSteps
	if _, err := t.GAN.Grow(t.images); err != nil {
		return err
	}
	if err := t.GAN.Engine.Err(); err != nil {
		return err
	}
	if t.step%snapshotEvery == 0 {
		return t.keep()
	}
	return nil
}
