package scene

import (
	"slices"
	"strconv"

	"ganvas/core/wire"
)

// Scale is what D's verdicts lie between: 0 and 1, or where D gives scores the lowest and the highest at hand.
type Scale struct {
	Low, High float64
	Scores    bool
}

// ScaleOf is the scale of a sheet's verdicts; nil for a sheet that is not there yet.
func ScaleOf(s *wire.Sheet) Scale {
	if s == nil || !s.Scores {
		return Scale{High: 1}
	}
	return ScaleOver(s.FakeScores, s.RealScores)
}

// ScaleOver is the scale of scores.
func ScaleOver(scores ...[]float32) Scale {
	all := slices.Concat(scores...)
	if len(all) == 0 {
		return Scale{Low: -1, High: 1, Scores: true}
	}
	c := Scale{Low: float64(slices.Min(all)), High: float64(slices.Max(all)), Scores: true}
	if c.High == c.Low {
		c.Low, c.High = c.Low-1, c.High+1
	}
	return c
}

// Share is where a verdict lies on the scale, from 0 to 1.
func (c Scale) Share(v float64) float64 { return max(0, min(1, (v-c.Low)/(c.High-c.Low))) }

// Words are a verdict: in per cent, or a score with its sign.
func (c Scale) Words(v float64) string {
	if !c.Scores {
		return strconv.Itoa(int(100*v+0.5)) + " %"
	}
	if says := Score(v); v > 0 {
		return "+" + says
	} else {
		return says
	}
}

// Score writes a score with digits enough to tell neighbours apart.
func Score(v float64) string {
	decimals := 2
	if v >= 99.5 || v <= -99.5 {
		decimals = 0
	} else if v >= 9.95 || v <= -9.95 {
		decimals = 1
	}
	return strconv.FormatFloat(v, 'f', decimals, 64)
}
