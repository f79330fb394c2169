package config

import "math"

// Pace is what of a recipe may change along a run, at one moment of it.
type Pace struct {
	LRG, LRD                     float64
	Beta2                        float64
	GPWeight, R1Weight, R2Weight float64
	EMA                          float64
}

// Schedules are the ways from a value to that which a run ends in.
var Schedules = []string{"linear", "cosine"}

// Pace is the recipe's when that share of the run is done, from 0 to 1, of which the update under way is part of a step as large as
// step. The learning rates rise in a straight line over warm_up; then all stay for hold, and by anneal all have come to their last
// values. It follows from the recipe and from where the run is alone, so a run that is resumed goes on as it would have.
func (r *Recipe) Pace(done, step float64) Pace {
	s, rise := r.annealed(done), 1.0
	if r.WarmUp > 0 {
		rise = math.Min(1, (done+step)/r.WarmUp)
	}
	lr, gp := rise*(1-r.LRDecay*s), 1-r.GPDecay*s
	return Pace{LRG: r.LRG * lr, LRD: r.LRD * lr, Beta2: between(r.Beta2, r.Beta2End, s), GPWeight: r.GPWeight * gp,
		R1Weight: r.R1Weight * gp, R2Weight: r.R2Weight * gp, EMA: between(r.EMA, r.EMAEnd, s)}
}

// annealed is how far all are from their first values to their last, from 0 to 1.
func (r *Recipe) annealed(done float64) float64 {
	from := r.WarmUp + r.Hold
	s := math.Min(1, math.Max(0, (done-from)/(r.Anneal-from)))
	if r.Schedule == "cosine" {
		return (1 - math.Cos(math.Pi*s)) / 2
	}
	return s
}

// between is the way from a value to the last one, where there is one.
func between(first, last, s float64) float64 {
	if last == 0 {
		return first
	}
	return first + s*(last-first)
}
