package doctor

import (
	"fmt"
	"slices"
)

// level is how far images are: each asks for all it names.
type level struct {
	state    State
	readable float64 // share that can be read, at least
	apart    float64 // distance from real ones, as a multiple of that between real ones, at most
	covered  float64 // digits, at least
}

// levels from the best down; what reaches none of them is noise.
var levels = []level{
	{Good, 0.5, 10, 10},
	{Readable, 0.38, 20, 9},
	{Rough, 0.2, 45, 3},
	{Scrawls, 0.02, 150, 0},
}

// level is how far what G makes is, where that was measured, and how the losses stand.
func (d *Doctor) level() (Finding, bool) {
	m := d.metrics
	f := Finding{Values: map[string]float64{}}
	switch {
	case m == nil:
		return f, false
	case m["modes"] > 0:
		f.Values = ofModes(m)
		f.State, f.Says = levelOfPoints(m)
	case m["realCoverage"] > 0:
		f.Values["precision"], f.Values["coverage"], f.Values["apart"] = m["precision"], m["coverage"], m["frechet"]/m["frechetFloor"]
		f.State = levelOfLikeness(m)
		f.Says = likenesses[f.State] + "; "
		if f.State != Noise && f.State != Scrawls { // where hardly anything is like the data, what is among them by this measure is so by chance
			f.Says += fmt.Sprintf("%.0f %% of the images look real, ", 100*m["precision"])
		}
		f.Says += fmt.Sprintf("%.0f %% of the real ones have one like them, %.0f times the distance between real ones", 100*m["coverage"], f.Values["apart"])
		f.Says += f.trended(d.trend())
	case m["frechetFloor"] > 0:
		f.Values["covered"], f.Values["apart"], f.Values["readable"] = m["covered"], m["frechet"]/m["frechetFloor"], m["readable"]
		f.State = levelOf(f.Values)
		f.Says = fmt.Sprintf("%s; %.0f of 10 digits, %.0f %% of the images can be read, %.0f times the distance between real ones", words[f.State],
			f.Values["covered"], 100*f.Values["readable"], f.Values["apart"])
		f.Says += f.trended(d.trend())
	default:
		return f, false
	}
	if d.seen >= young {
		state, says := d.balance()
		f.Values[string(state)] = 1
		f.Says += "; " + says
	}
	f.Says += "."
	return f, true
}

func levelOf(v map[string]float64) State {
	for _, l := range levels {
		if v["readable"] >= l.readable && v["apart"] <= l.apart && v["covered"] >= l.covered {
			return l.state
		}
	}
	return Noise
}

// words are the levels' for a person.
var words = map[State]string{
	Noise: "Nothing learned yet: what G draws is noise", Scrawls: "Learning: scrawls, hardly a digit among them", Rough: "Learning: rough digits, many of them not to be read",
	Readable: "Good progress: most digits can be read", Good: "Good: clear digits, near real ones",
}

// trended adds how the distance goes, 1 for better and −1 for worse, and says so.
func (f *Finding) trended(trend float64) string {
	if trend == 0 {
		return ""
	}
	f.Values["trend"] = trend
	return map[float64]string{1: ", and getting better", -1: ", and getting worse"}[trend]
}

// likeLevels are how far pictures are that no judge knows, from the best down, by their density and coverage as shares of
// those of real ones.
var likeLevels = []struct {
	state             State
	density, coverage float64
}{
	{Good, 0.7, 0.8}, {Readable, 0.4, 0.5}, {Rough, 0.1, 0.15}, {Scrawls, 0.02, 0.02},
}

func levelOfLikeness(m map[string]float64) State {
	for _, l := range likeLevels {
		if m["density"] >= l.density*m["realDensity"] && m["coverage"] >= l.coverage*m["realCoverage"] {
			return l.state
		}
	}
	return Noise
}

// likenesses are these levels for a person.
var likenesses = map[State]string{
	Noise: "Nothing learned yet: what G draws is nothing like the pictures", Scrawls: "Learning: first shapes and colours", Rough: "Learning: some of the images are like real ones",
	Readable: "Good progress: many of the images are like real ones", Good: "Good: the images are like real ones",
}

// levelOfPoints is how far a generator of points is.
func levelOfPoints(m map[string]float64) (State, string) {
	at := fmt.Sprintf("%.0f of %.0f modes, %.0f %% of the points at one", m["covered"], m["modes"], 100*m["quality"])
	switch {
	case m["covered"] == 0 || m["quality"] < vague:
		return Noise, fmt.Sprintf("Learning: only %.0f %% of G's points lie where the data are, %.0f of %.0f modes", 100*m["quality"], m["covered"], m["modes"])
	case m["covered"] < m["modes"] || m["quality"] < whole:
		return Rough, "Learning: " + at
	}
	return Good, "Good: " + at
}

// ofModes is what a finding says of points.
func ofModes(m map[string]float64) map[string]float64 {
	return map[string]float64{"covered": m["covered"], "modes": m["modes"], "quality": m["quality"]}
}

const (
	trendOf = 4   // measurements, whose middle is compared with that of as many before
	better  = 0.8 // of the distance before, or less
	worse   = 1.5 // of it, or more
)

// trend is 1 where images get better, −1 where they get worse, else 0.
func (d *Doctor) trend() float64 {
	if len(d.distances) < 2*trendOf {
		return 0
	}
	switch by := middle(d.distances[trendOf:]) / middle(d.distances[:trendOf]); {
	case by <= better:
		return 1
	case by >= worse:
		return -1
	}
	return 0
}

func middle(v []float64) float64 {
	sorted := slices.Sorted(slices.Values(v))
	return (sorted[(len(v)-1)/2] + sorted[len(v)/2]) / 2
}
