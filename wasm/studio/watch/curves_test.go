package watch

import (
	"testing"

	"ganvas/core/wire"
	"ganvas/wasm/studio/chart"
)

// Probabilities are drawn on a scale from 0 to 1, a critic's scores and losses on one that has all of them in it.
func TestScales(t *testing.T) {
	var run chart.Run
	run.Add(wire.Event{Step: 3, Points: []wire.Point{
		{LossD: -31, LossG: 12, PReal: 0.9, PFake: 0.2, SReal: 40, SFake: -7},
		{LossD: -20, LossG: 9, PReal: 0.8, PFake: 0.3, SReal: 22, SFake: -3},
		{LossD: -12, LossG: 6, PReal: 0.7, PFake: 0.4, SReal: 8.5, SFake: 4.25},
	}})
	for _, c := range []struct {
		what           string
		losses, scores bool
		first          int
		least, most    float64 // of the values
		ends           [2]float64
	}{
		{"probabilities", false, false, 0, 0.2, 0.9, [2]float64{0.7, 0.4}},
		{"scores", false, true, 0, -7, 40, [2]float64{8.5, 4.25}},
		{"the last scores", false, true, 3, 4.25, 8.5, [2]float64{8.5, 4.25}},
		{"losses", true, false, 0, -31, 12, [2]float64{-12, 6}},
		{"a critic's losses", true, true, 0, -31, 12, [2]float64{-12, 6}},
	} {
		curves, low, high := curvesOf(&run, c.losses, c.scores, c.first, run.Step)
		if low > c.least || high < c.most || high-low > 2*max(c.most-c.least, 0.5) {
			t.Errorf("%s from %v to %v are drawn between %v and %v", c.what, c.least, c.most, low, high)
		}
		if is01 := low == 0 && high == 1; is01 != (!c.losses && !c.scores) {
			t.Errorf("%s are drawn between %v and %v", c.what, low, high)
		}
		for i, want := range c.ends {
			if got := curves[i].series.End(1000); got != want {
				t.Errorf("%s: the curve %s ends at %v, want %v", c.what, curves[i].name, got, want)
			}
		}
	}
	for _, scores := range []bool{false, true} {
		if _, low, high := curvesOf(new(chart.Run), false, scores, 0, 10); !(low < high) {
			t.Errorf("before the first step the scale is from %v to %v", low, high)
		}
	}
}
