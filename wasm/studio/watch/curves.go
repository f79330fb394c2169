package watch

import "ganvas/wasm/studio/chart"

// curve is one line of a chart.
type curve struct {
	name   string
	series *chart.Series
	real   bool // drawn as what is real is: whole line, circle; else dashed, diamond
}

// curvesOf are a run's curves from one step to another, losses or verdicts, which may be scores, and the values at the chart's edges.
func curvesOf(run *chart.Run, losses, scores bool, first, last int) (curves []curve, low, high float64) {
	switch {
	case losses:
		curves = []curve{{"D", &run.LossD, true}, {"G", &run.LossG, false}}
		low, high, _ = span(curves, first, last)
		low, high = chart.Nice(min(low, 0), high, 4)
	case scores:
		curves = []curve{{"D(x)", &run.SReal, true}, {"D(G(z))", &run.SFake, false}}
		low, high, _ = span(curves, first, last)
		low, high = chart.Nice(low, high, 4)
	default:
		curves, high = []curve{{"D(x)", &run.PReal, true}, {"D(G(z))", &run.PFake, false}}, 1
	}
	return curves, low, high
}

// span is from the lowest to the highest value of all curves between two steps; from 0 to 1 where there is none.
func span(curves []curve, first, last int) (low, high float64, ok bool) {
	for _, c := range curves {
		if l, h, found := c.series.Between(first, last).Range(); found {
			if !ok {
				low, high, ok = l, h, true
			}
			low, high = min(low, l), max(high, h)
		}
	}
	if !ok {
		return 0, 1, false
	}
	return low, high, true
}
