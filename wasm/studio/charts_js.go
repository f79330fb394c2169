package main

import (
	"image/color"
	"strconv"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// curve is one line of a chart.
type curve struct {
	name   string
	series *chart.Series
	real   bool // drawn as what is real is: whole line, circle; else dashed, diamond
}

func (s *studio) drawCharts(screen *ebiten.Image) {
	losses := []curve{{"D", &s.run.LossD, true}, {"G", &s.run.LossG, false}}
	low, high, _ := span(losses)
	low, high = chart.Nice(min(low, 0), high, 4)
	s.drawChart(screen, s.place.Charts[0], s.only("Loss", "L"), losses, low, high)
	s.drawChart(screen, s.place.Charts[1], s.only("D's verdict", "D"), []curve{{"D(x)", &s.run.PReal, true}, {"D(G(z))", &s.run.PFake, false}}, 0, 1)
}

func span(curves []curve) (low, high float64, ok bool) {
	for _, c := range curves {
		if l, h, found := c.series.Range(); found {
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

func (s *studio) drawChart(screen *ebiten.Image, r scene.Rect, title string, curves []curve, low, high float64) {
	u := s.place.Unit
	s.pen.clear(screen, r, s.theme.Card)
	s.pen.write(screen, title, r.X, r.Y+13*u, 13*u, left, s.theme.Ink)
	plot := scene.Plot(r, u)
	a := chart.Axes{Left: plot.X, Top: plot.Y, Right: plot.Right(), Bottom: plot.Bottom(), Low: low, High: high, Steps: max(s.run.Step, 10)}
	s.grid(screen, a)
	for _, c := range curves {
		s.curve(a, c)
	}
	s.pen.flush(screen)
	s.ends(screen, a, curves)
	s.crosshair(screen, r, a, curves)
}

// grid draws the axes' rules and numbers.
func (s *studio) grid(screen *ebiten.Image, a chart.Axes) {
	u := s.place.Unit
	for _, v := range chart.Ticks(a.Low, a.High, 4) {
		y := round(a.Y(v))
		s.pen.Rect(a.Left, y, a.Right-a.Left, max(1, round(u/2)), s.theme.Line)
		s.pen.write(screen, chart.Number(v), a.Left-6*u, y, 10.5*u, right, s.theme.Soft)
	}
	for _, v := range chart.Ticks(0, float64(a.Steps), max(2, int((a.Right-a.Left)/(70*u)))) {
		s.pen.write(screen, chart.Number(v), a.X(v), a.Bottom+10*u, 10.5*u, middle, s.theme.Soft)
	}
}

func (s *studio) colour(c curve) color.RGBA {
	if c.real {
		return s.theme.Real
	}
	return s.theme.Fake
}

func (s *studio) curve(a chart.Axes, c curve) {
	u := s.place.Unit
	low, mean, high := a.Paths(c.series, points(a, u))
	s.pen.Band(low, high, mesh.Faint(s.colour(c), 0.16))
	if c.real {
		s.pen.Line(mean, 1.6*u, s.colour(c))
	} else {
		s.pen.Dashes(mean, 1.6*u, 6*u, 2.5*u, s.colour(c))
	}
}

// points is how many points a curve is drawn with.
func points(a chart.Axes, unit float64) int { return int((a.Right - a.Left) / (2 * unit)) }

// ends writes each curve's name and the value it ends with at its end.
func (s *studio) ends(screen *ebiten.Image, a chart.Axes, curves []curve) {
	u := s.place.Unit
	if s.run.Step == 0 {
		return
	}
	n := points(a, u)
	v := [2]float64{curves[0].series.End(n), curves[1].series.End(n)}
	y0, y1 := a.Y(v[0]), a.Y(v[1])
	y0, y1 = chart.Apart(y0, y1, 27*u, a.Top+6*u, a.Bottom-18*u)
	for i, y := range []float64{y0, y1} {
		c := curves[i]
		s.mark(a.Right+8*u, y, 3*u, c.real)
		s.pen.write(screen, c.name, a.Right+15*u, y, 11*u, left, s.colour(c))
		s.pen.write(screen, chart.Value(v[i]), a.Right+15*u, y+12.5*u, 11*u, left, s.theme.Ink)
	}
	s.pen.flush(screen)
}

// crosshair shows the values at the step under the pointer.
func (s *studio) crosshair(screen *ebiten.Image, r scene.Rect, a chart.Axes, curves []curve) {
	u := s.place.Unit
	if !s.cursor.Inside || !r.Contains(s.cursor.X, s.cursor.Y) || s.cursor.X < a.Left || s.cursor.X > a.Right {
		return
	}
	b, ok := curves[0].series.At(a.Step(s.cursor.X))
	if !ok {
		return
	}
	x := a.X(float64(b.Last))
	s.pen.Rect(round(x), a.Top, max(1, round(u)), a.Bottom-a.Top, s.theme.Soft)
	says := "step " + strconv.Itoa(b.Last)
	for _, c := range curves {
		if v, ok := c.series.At(b.Last); ok {
			s.mark(x, a.Y(v.Mean()), 3.4*u, c.real)
			says += "   " + c.name + " " + chart.Value(v.Mean())
		}
	}
	s.pen.flush(screen)
	s.pen.write(screen, says, r.Right(), r.Y+13*u, 11*u, right, s.theme.Ink)
}
