package scene

// Plot is the part of a chart that holds its curves: a title above, steps below, numbers left, names right.
func Plot(r Rect, unit float64) Rect {
	return Rect{r.X + round(30*unit), r.Y + round(26*unit), r.W - round(86*unit), r.H - round(46*unit)}
}
