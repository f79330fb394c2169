package scene

// Plot is the part of a chart that holds its curves: its title and the values under the pointer above, steps below, numbers left, names right.
func Plot(r Rect, unit float64) Rect {
	return Rect{r.X + round(30*unit), r.Y + round(44*unit), r.W - round(86*unit), r.H - round(64*unit)}
}
