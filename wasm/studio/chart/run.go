package chart

import "ganvas/core/wire"

// Run is a run's curves.
type Run struct {
	LossD, LossG Series
	PReal, PFake Series
	SReal, SFake Series // instead, where D gives scores
	Before       int    // the steps before the first that is known
	Step         int    // the newest
}

// Add appends a Stepped event's points, which end with its step. A run that has gone back loses what came after.
func (r *Run) Add(e wire.Event) {
	each, points := max(1, e.Each), e.Points
	step := e.Step
	if begin := step - len(points)*each; r.Step == 0 || begin < r.Before {
		r.Before = max(0, begin)
	}
	if first := step - (len(points)-1)*each; first <= r.Step {
		for _, s := range []*Series{&r.LossD, &r.LossG, &r.PReal, &r.PFake, &r.SReal, &r.SFake} {
			s.Cut(first - 1)
		}
	}
	for i, p := range points {
		at := step - (len(points)-1-i)*each
		r.LossD.Add(at, p.LossD)
		r.LossG.Add(at, p.LossG)
		r.PReal.Add(at, p.PReal)
		r.PFake.Add(at, p.PFake)
		r.SReal.Add(at, p.SReal)
		r.SFake.Add(at, p.SFake)
	}
	r.Step = step
}
