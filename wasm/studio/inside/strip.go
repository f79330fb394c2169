package inside

import (
	"image/color"
	"math"

	"ganvas/core/wire"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/palette"
)

// stripPixels paints histograms as RGBA, a column for each moment and its bins from the largest value down.
func stripPixels(rgba, b []byte, s wire.Strip, moments int, none, full color.RGBA) []byte {
	if len(rgba) != 4*moments*s.Bins {
		rgba = make([]byte, 4*moments*s.Bins)
	}
	for k := range moments {
		for bin, v := range b[s.At+k*s.Bins:][:s.Bins] {
			c := palette.Mix(none, full, float64(v)/255)
			to := rgba[4*((s.Bins-1-bin)*moments+k):][:4]
			to[0], to[1], to[2], to[3] = c.R, c.G, c.B, 255
		}
	}
	return rgba
}

// tick is a mark on a strip's axis: where it is, from 0 at the bottom to 1 at the top, and what is written there.
type tick struct {
	at   float64
	says string
}

// ticks are the marks of a strip's values: round numbers, or powers of ten of their sizes.
func ticks(s wire.Strip) (all []tick) {
	at := func(v float64) float64 { return (v - s.Low) / (s.High - s.Low) }
	if !s.Log {
		for _, v := range chart.Ticks(s.Low, s.High, 4) {
			all = append(all, tick{at(v), chart.Number(v)})
		}
		return all
	}
	low, high := s.Low*math.Log10(2), s.High*math.Log10(2)
	every := max(1, math.Ceil((high-low)/5))
	for e := math.Ceil(low); e <= high; e += every {
		all = append(all, tick{at(e / math.Log10(2)), chart.Number(math.Pow(10, e))})
	}
	return all
}

// span is the part of a strip, from 0 to 1, that moment k takes: from its step to the next one's.
func span(steps []int, k int) (from, to float64) {
	first, last := steps[0], steps[len(steps)-1]
	width := func(step float64) float64 {
		return (step - float64(first)) / math.Max(1, float64(last-first)+each(steps))
	}
	if k+1 < len(steps) {
		return width(float64(steps[k])), width(float64(steps[k+1]))
	}
	return width(float64(steps[k])), 1
}

// each is the usual distance of moments.
func each(steps []int) float64 {
	if len(steps) < 2 {
		return 1
	}
	return float64(steps[len(steps)-1]-steps[0]) / float64(len(steps)-1)
}
