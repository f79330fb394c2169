// Package compare is the room in which two runs are seen side by side: what both draw from the same noise with D's verdict
// under each, the digits that each covers, and both runs' losses and distances in the same charts.
package compare

import (
	"fmt"

	"ganvas/core/wire"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/scene"
)

// digits is how many classes a measurement counts.
const digits = 10

// covers is the share of the images that must show a digit readably for it to count as covered.
const covers = 0.01

// side is one of the two runs.
type side struct {
	run      chart.Run
	distance chart.Series // from real images, as a multiple of that between real ones
	shares   [digits]float64
	measured bool
	told     bool // what the run did before it came here
	sheet    *wire.Sheet
	bytes    []byte
}

// hear takes what a run reports; it tells whether the pictures' form has changed.
func (s *side) hear(e wire.Event) (reformed bool) {
	switch e.Type {
	case wire.Started:
		if !e.Continues && !s.told {
			*s = side{sheet: s.sheet, bytes: s.bytes}
		}
		s.told = false
		s.distance.Cut(e.Step)
	case wire.Stepped:
		s.run.Add(e)
	case wire.Sampled:
		if e.Sheet == nil || scene.Check(e.Sheet, len(e.Bytes)) != nil {
			return false
		}
		reformed = s.sheet == nil || !scene.SameForm(s.sheet, e.Sheet)
		s.sheet, s.bytes = e.Sheet, e.Bytes
	case wire.Measured:
		if floor := e.Metrics["frechetFloor"]; floor > 0 {
			s.distance.Add(e.Step, e.Metrics["frechet"]/floor)
		}
		for k := range s.shares {
			s.shares[k] = e.Metrics[fmt.Sprint("share", k)]
		}
		s.measured = true
	}
	return reformed
}

// before takes the curves of steps that a run did before it came here: rows of a step, both losses and both verdicts.
func (s *side) before(rows [][5]float64) {
	s.run, s.told = chart.Run{}, true
	for _, r := range rows {
		s.run.Add(wire.Event{Step: int(r[0]), Points: []wire.Point{{LossD: r[1], LossG: r[2], PReal: r[3], PFake: r[4]}}})
	}
}

// span is the steps at the charts' edges: from before the first that is known of either run to the newest.
func span(sides *[2]side) (first, last int) {
	known := false
	for i := range sides {
		if run := &sides[i].run; run.Step > 0 {
			if !known || run.Before < first {
				first = run.Before
			}
			known, last = true, max(last, run.Step)
		}
	}
	return first, max(last, first+10)
}

// covered is how many digits are.
func (s *side) covered() (n int) {
	for _, v := range s.shares {
		if v >= covers {
			n++
		}
	}
	return n
}
