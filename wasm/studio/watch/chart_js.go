package watch

import (
	"image/color"
	"strconv"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// calm is the share by which each point of a calm curve counts less than the next.
const calm = 0.92

func (w *Watch) drawChart(screen *ebiten.Image) {
	r, u := w.place.Chart, w.place.Unit
	first, last := w.view.Span(w.run.Before, w.run.Step)
	curves, low, high := curvesOf(&w.run, w.losses, w.scores, first, last)
	w.c.Pen.Clear(screen, r, w.c.Theme.Card)
	plot := scene.Plot(r, u)
	a := chart.Axes{Left: plot.X, Top: plot.Y, Right: plot.Right(), Bottom: plot.Bottom(), Low: low, High: high, First: first, Steps: last}
	if from, to := w.view.Marked[0], w.view.Marked[1]; from != to {
		x, end := a.X(float64(min(from, to))), a.X(float64(max(from, to)))
		w.c.Pen.Rect(x, a.Top, end-x, a.Bottom-a.Top, w.c.Theme.Line)
	}
	w.grid(screen, a)
	for _, c := range curves {
		w.curve(a, c)
	}
	w.c.Pen.Flush(screen)
	w.ends(screen, a, curves)
	w.crosshair(screen, r, a, curves)
}

// grid draws the axes' rules and numbers.
func (w *Watch) grid(screen *ebiten.Image, a chart.Axes) {
	u := w.place.Unit
	for _, v := range chart.Ticks(a.Low, a.High, 4) {
		y := round(a.Y(v))
		w.c.Pen.Rect(a.Left, y, a.Right-a.Left, max(1, round(u/2)), w.c.Theme.Line)
		w.c.Pen.Write(screen, chart.Number(v), a.Left-6*u, y, 10.5*u, canvas.Right, w.c.Theme.Soft)
	}
	for _, v := range chart.Ticks(float64(a.First), float64(a.Steps), max(2, int((a.Right-a.Left)/(70*u)))) {
		w.c.Pen.Write(screen, chart.Number(v), a.X(v), a.Bottom+10*u, 10.5*u, canvas.Middle, w.c.Theme.Soft)
	}
}

func (w *Watch) colour(c curve) color.RGBA {
	if c.real {
		return w.c.Theme.Real
	}
	return w.c.Theme.Fake
}

func (w *Watch) curve(a chart.Axes, c curve) {
	u := w.place.Unit
	low, mean, high := a.Paths(c.series, points(a, u))
	w.c.Pen.Band(low, high, mesh.Faint(w.colour(c), 0.16))
	if w.view.Calm {
		mean = chart.Calm(mean, calm)
	}
	if c.real {
		w.c.Pen.Line(mean, 1.6*u, w.colour(c))
	} else {
		w.c.Pen.Dashes(mean, 1.6*u, 6*u, 2.5*u, w.colour(c))
	}
}

// points is how many points a curve is drawn with.
func points(a chart.Axes, unit float64) int { return int((a.Right - a.Left) / (2 * unit)) }

// ends writes each curve's name and the value it ends with at its end.
func (w *Watch) ends(screen *ebiten.Image, a chart.Axes, curves []curve) {
	u := w.place.Unit
	if w.run.Step == 0 {
		return
	}
	n := points(a, u)
	v := [2]float64{}
	for i, c := range curves {
		v[i] = c.series.Between(a.First, a.Steps).End(n)
	}
	y0, y1 := a.Y(v[0]), a.Y(v[1])
	y0, y1 = chart.Apart(y0, y1, 27*u, a.Top+6*u, a.Bottom-18*u)
	for i, y := range []float64{y0, y1} {
		c := curves[i]
		w.c.Mark(a.Right+8*u, y, 3*u, c.real)
		w.c.Pen.Write(screen, c.name, a.Right+15*u, y, 11*u, canvas.Left, w.colour(c))
		w.c.Pen.Write(screen, chart.Value(v[i]), a.Right+15*u, y+12.5*u, 11*u, canvas.Left, w.c.Theme.Ink)
	}
	w.c.Pen.Flush(screen)
}

// crosshair shows the values at the step that is read off, and tells them to the page.
func (w *Watch) crosshair(screen *ebiten.Image, r scene.Rect, a chart.Axes, curves []curve) {
	u, at := w.place.Unit, w.view.At
	if at < a.First || at > a.Steps {
		return
	}
	b, ok := curves[0].series.At(at)
	if !ok {
		return
	}
	x := a.X(float64(max(a.First, min(a.Steps, b.Last))))
	w.c.Pen.Rect(round(x), a.Top, max(1, round(u)), a.Bottom-a.Top, w.c.Theme.Soft)
	says := w.c.Only("step", "") + " " + strconv.Itoa(b.Last)
	for _, c := range curves {
		if v, ok := c.series.At(b.Last); ok {
			w.c.Mark(x, a.Y(v.Mean()), 3.4*u, c.real)
			says += "   " + c.name + " " + chart.Value(v.Mean())
		}
	}
	w.c.Pen.Flush(screen)
	w.c.Pen.Write(screen, says, r.Right(), r.Y+34*u, 11*u, canvas.Right, w.c.Theme.Ink)
	if says != w.read {
		w.read = says
		canvas.Say("watch", "read", strconv.Quote(says), nil)
	}
}
