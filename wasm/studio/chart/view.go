package chart

// View is what a chart shows of a run: its last part, or what lies between two steps; calm curves or not; the step that is read off, and the steps
// between which the visitor is marking a part.
type View struct {
	Part     float64 // from above 0 to 1
	Calm     bool
	From, To int // where To is larger
	At       int // below 0 for none
	Marked   [2]int
}

// Sound reports whether a chart can be drawn so.
func (v View) Sound() bool { return v.Part > 0 && v.Part <= 1 && v.From >= 0 }

// Span is the steps at the chart's edges in a run of so many, of which those before are not known.
func (v View) Span(before, steps int) (first, last int) {
	if v.To > v.From {
		return v.From, v.To
	}
	steps = max(steps, before+10)
	return steps - int(float64(steps-before)*v.Part), steps
}
