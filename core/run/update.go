package run

import (
	"fmt"
	"math"

	"ganvas/core/wire"
)

// Step is one training step: d_steps updates of D, then g_steps of G; of a step that is under way, the rest. It allocates
// nothing but the states kept every so often to go back to.
func (t *Trainer) Step() (wire.Point, error) {
	for {
		if _, whole, err := t.Update(); whole || err != nil {
			return t.point, err
		}
	}
}

// Update does the next update of a step, and reports whether the step is whole with it. Any mix of updates and steps is
// the same run.
func (t *Trainer) Update() (u wire.Update, whole bool, err error) {
	if t.at == 0 {
		if err := t.open(); err != nil {
			return u, false, err
		}
	}
	r := &t.GAN.Recipe
	all := float64(r.Epochs * t.ImagesPerEpoch())
	t.GAN.Pace = r.Pace(math.Min(1, float64(t.images)/all), float64(r.Batch*r.DSteps)/all)
	pace := &t.GAN.Pace
	if j := t.at; j < len(t.d) {
		rep := t.GAN.StepD(t.d[j], pace.LRD)
		t.point = wire.Point{LossD: rep.Loss, PReal: rep.PReal, PFake: rep.PFake, SReal: rep.SReal, SFake: rep.SFake, Right: rep.Right}
		u = wire.Update{Network: "D", N: j + 1, Of: len(t.d), Loss: rep.Loss}
	} else {
		j -= len(t.d)
		t.point.LossG = t.GAN.StepG(t.g[j], pace.LRG)
		u = wire.Update{Network: "G", N: j + 1, Of: len(t.g), Loss: t.point.LossG}
	}
	t.at++
	if err := t.GAN.Engine.Err(); err != nil {
		return u, false, err
	}
	if !finite(u.Loss) {
		return u, false, t.goBack(fmt.Sprintf("a loss became %v", u.Loss))
	}
	if t.at < len(t.d)+len(t.g) {
		return u, false, nil
	}
	return u, true, t.close()
}

// Updates is how many updates are done of the step that is under way, 0 between steps.
func (t *Trainer) Updates() int { return t.at }

// Point is what the last whole step measured.
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
	if t.strain.add(t.point, t.GAN.Zeroless()); t.strain >= blownUp {
		return t.goBack(fmt.Sprintf("for long the losses have been far too large (now %.3g for D and %.3g for G)", t.point.LossD, t.point.LossG))
	}
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
