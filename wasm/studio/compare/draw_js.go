package compare

import (
	"image/color"
	"strconv"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/sample"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// names of the two runs on the canvas, and in the page.
var names = [2]string{"A", "B"}

// Draw implements canvas.Room.
func (r *Compare) Draw(screen *ebiten.Image, whole bool) {
	if !whole && (!r.stale || time.Since(r.drawn) < rest) {
		return
	}
	r.stale, r.drawn = false, time.Now()
	r.c.Pen.Clear(screen, scene.Rect{W: r.place.Width, H: r.place.Height}, r.c.Theme.Card)
	for i := range r.sides {
		if i == 0 || r.other {
			r.side(screen, i)
		}
	}
	r.chart(screen, 0, r.c.Word("D's loss", "L(D)"), 0, func(s *side) *chart.Series { return &s.run.LossD })
	r.chart(screen, 1, r.c.Word("G's loss", "L(G)"), 0, func(s *side) *chart.Series { return &s.run.LossG })
	r.chart(screen, 2, r.c.Word("Distance", "d"), 0, func(s *side) *chart.Series { return &s.distance })
}

// colour and stroke tell the runs apart: A is a whole line in ink, B a dashed one in a colour of its own.
func (r *Compare) colour(i int) color.RGBA {
	if i == 0 {
		return r.c.Theme.Ink
	}
	return r.c.Theme.Other
}

func (r *Compare) stroke(path []mesh.Point, i int) {
	u := r.place.Unit
	if i == 0 {
		r.c.Pen.Line(path, 1.6*u, r.colour(i))
		return
	}
	r.c.Pen.Dashes(path, 1.8*u, 6*u, 3*u, r.colour(i))
}

// key draws a run's stroke and name and returns the right edge.
func (r *Compare) key(screen *ebiten.Image, i int, x, y float64) float64 {
	u := r.place.Unit
	r.stroke([]mesh.Point{{X: x, Y: y}, {X: x + 22*u, Y: y}}, i)
	r.c.Pen.Flush(screen)
	r.c.Pen.Write(screen, names[i], x+28*u, y, 13*u, canvas.Left, r.colour(i))
	return x + 42*u
}

func (r *Compare) side(screen *ebiten.Image, i int) {
	u, s, c := r.place.Unit, &r.sides[i], r.place.Columns[i]
	right := r.key(screen, i, c.X, 10*u)
	r.c.Pen.Write(screen, strconv.Itoa(s.run.Step), right+6*u, 10*u, 12*u, canvas.Left, r.c.Theme.Soft)
	if s.sheet == nil {
		return
	}
	if s.sheet.Sample.Kind() == sample.Point {
		r.points(screen, s, c.Scatter)
	} else {
		r.textures[i].Draw(screen, c.Grid, 0, 1)
		r.verdicts(screen, s, c.Grid)
	}
	r.bars(screen, s, c.Bars)
}

// verdicts draws a bar under each picture: how real that run's D takes it to be.
func (r *Compare) verdicts(screen *ebiten.Image, s *side, g scene.Grid) {
	u := r.place.Unit
	scale := scene.ScaleOf(s.sheet)
	for k := range min(g.Count, len(s.sheet.FakeScores)) {
		p := g.Picture(k)
		y, h := p.Bottom()+round(2*u), round(3*u)
		r.c.Pen.Rect(p.X, y, p.W, h, r.c.Theme.Line)
		r.c.Pen.Rect(p.X, y, round(p.W*scale.Share(float64(s.sheet.FakeScores[k]))), h, r.c.Theme.Fake)
	}
	r.c.Pen.Flush(screen)
}

func (r *Compare) points(screen *ebiten.Image, s *side, at scene.Rect) {
	u := r.place.Unit
	r.c.Pen.Rect(at.X, at.Y, at.W, at.H, r.c.Theme.Paper)
	for k := range s.sheet.Fakes + s.sheet.Reals {
		i := (k + s.sheet.Fakes) % (s.sheet.Fakes + s.sheet.Reals) // reals first
		p := scene.PointAt(at, s.bytes[2*i], s.bytes[2*i+1])
		if r.c.Pen.Full() {
			r.c.Pen.Flush(screen)
		}
		r.c.Mark(p.X, p.Y, 2.4*u, i >= s.sheet.Fakes)
	}
	r.c.Pen.Flush(screen)
}

// bars draws the digits' shares, once they are measured, each with its digit; those that are not covered stand pale and without a bar.
func (r *Compare) bars(screen *ebiten.Image, s *side, at scene.Rect) {
	u := r.place.Unit
	most := 0.2
	for _, v := range s.shares {
		most = max(most, v)
	}
	step := (at.W - 56*u) / digits // beside them stands how many are covered
	for k, v := range s.shares {
		x, h := at.X+float64(k)*step, (at.H-18*u)*v/most
		ink := r.c.Theme.Soft
		if v >= covers {
			r.c.Pen.Rect(round(x), round(at.Bottom()-16*u-h), round(step*0.62), round(h), r.c.Theme.Fake)
			ink = r.c.Theme.Ink
		}
		r.c.Pen.Write(screen, strconv.Itoa(k), x+step*0.31, at.Bottom()-7*u, 11*u, canvas.Middle, ink)
	}
	r.c.Pen.Flush(screen)
	if !s.measured {
		return
	}
	r.c.Pen.Write(screen, strconv.Itoa(s.covered())+" / 10", at.Right(), at.Bottom()-7*u, 11.5*u, canvas.Right, r.c.Theme.Ink)
}

// chart draws one curve of both runs over the same steps.
func (r *Compare) chart(screen *ebiten.Image, k int, title string, floor float64, of func(*side) *chart.Series) {
	u, at := r.place.Unit, r.place.Charts[k]
	r.c.Pen.Write(screen, title, at.X, at.Y+12*u, 13*u, canvas.Left, r.c.Theme.Ink)
	low, high := floor, floor+1
	first, steps := span(&r.sides)
	for i := range r.sides {
		if l, h, ok := of(&r.sides[i]).Range(); ok {
			low, high = min(low, l), max(high, h)
		}
	}
	low, high = chart.Nice(low, high, 4)
	plot := scene.Plot(at, u)
	a := chart.Axes{Left: plot.X, Top: plot.Y, Right: plot.Right(), Bottom: plot.Bottom(), Low: low, High: high, First: first, Steps: steps}
	for _, v := range chart.Ticks(low, high, 4) {
		y := round(a.Y(v))
		r.c.Pen.Rect(a.Left, y, a.Right-a.Left, max(1, round(u/2)), r.c.Theme.Line)
		r.c.Pen.Write(screen, chart.Number(v), a.Left-6*u, y, 10.5*u, canvas.Right, r.c.Theme.Soft)
	}
	for _, v := range chart.Ticks(float64(first), float64(steps), max(2, int((a.Right-a.Left)/(70*u)))) {
		r.c.Pen.Write(screen, chart.Number(v), a.X(v), a.Bottom+10*u, 10.5*u, canvas.Middle, r.c.Theme.Soft)
	}
	n := int((a.Right - a.Left) / (2 * u))
	var y [2]float64
	for i := range r.sides {
		_, mean, _ := a.Paths(of(&r.sides[i]), n)
		if len(mean) == 1 { // of which a line shows nothing
			r.c.Pen.Round(mean[0].X-3*u, mean[0].Y-3*u, 6*u, 6*u, 3*u, r.colour(i))
		}
		r.stroke(mean, i)
		y[i] = a.Y(of(&r.sides[i]).End(n))
	}
	r.c.Pen.Flush(screen)
	y[0], y[1] = chart.Apart(y[0], y[1], 15*u, a.Top, a.Bottom)
	for i := range r.sides {
		if _, _, ok := of(&r.sides[i]).Range(); ok {
			r.c.Pen.Write(screen, names[i]+" "+chart.Value(of(&r.sides[i]).End(n)), a.Right+7*u, y[i], 11*u, canvas.Left, r.colour(i))
		}
	}
}

func round(x float64) float64 { return float64(int(x + 0.5)) }
