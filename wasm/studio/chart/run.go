package chart

import "ganvas/core/wire"

// Run is a run's curves.
type Run struct {
	LossD, LossG Series
	PReal, PFake Series
	SReal, SFake Series // instead, where D gives scores
	Step         int    // the newest
}

// Add appends the points of consecutive steps that end with step. A run that has gone back loses what came after.
func (r *Run) Add(step int, points []wire.Point) {
	if first := step - len(points) + 1; first <= r.Step {
		for _, s := range []*Series{&r.LossD, &r.LossG, &r.PReal, &r.PFake, &r.SReal, &r.SFake} {
			s.Cut(first - 1)
		}
	}
	for i, p := range points {
		at := step - len(points) + 1 + i
		r.LossD.Add(at, p.LossD)
		r.LossG.Add(at, p.LossG)
		r.PReal.Add(at, p.PReal)
		r.PFake.Add(at, p.PFake)
		r.SReal.Add(at, p.SReal)
		r.SFake.Add(at, p.SFake)
	}
	r.Step = step
}
