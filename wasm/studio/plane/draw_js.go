package plane

import (
	"image/color"
	"math"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

const (
	chartRest = 200 * time.Millisecond // at least between two drawings of the losses
	arrowOf   = 3                      // every so many fakes have an arrow
)

// levels are the shades of which D's field has lines beside the one where it is undecided.
var levels = []float32{-0.8, -0.6, -0.4, -0.2, 0.2, 0.4, 0.6, 0.8}

// Draw implements canvas.Room.
func (r *Room) Draw(screen *ebiten.Image, whole bool) {
	moving := r.move()
	if moving || r.plane || whole {
		r.pace.Frame(time.Now(), moving)
		r.plane = moving
		r.drawPlane(screen)
	}
	if whole || r.chart && time.Since(r.drawn) >= r.pace.Rest(chartRest) {
		r.chart, r.drawn = false, time.Now()
		r.drawChart(screen)
	}
}

// Sleeps implements canvas.Sleeper.
func (r *Room) Sleeps() time.Duration {
	switch {
	case r.plane || r.from != nil:
		return 0
	case r.chart:
		return max(0, r.pace.Rest(chartRest)-time.Since(r.drawn))
	}
	return -1
}

func (r *Room) drawPlane(screen *ebiten.Image) {
	u, at, theme := r.c.Unit, r.place.square, r.c.Theme
	r.c.Pen.Clear(screen, at, theme.Paper)
	on := canvas.Part(screen, at)
	if r.now != nil {
		r.drawField(on)
		r.drawSheet(on)
		r.drawPoints(on)
		r.drawArrows(on)
	}
	r.drawInk(on)
	w := max(1, math.Round(u))
	for _, side := range []scene.Rect{{X: at.X, Y: at.Y, W: at.W, H: w}, {X: at.X, Y: at.Bottom() - w, W: at.W, H: w}, {X: at.X, Y: at.Y, W: w, H: at.H}, {X: at.Right() - w, Y: at.Y, W: w, H: at.H}} {
		r.c.Pen.Rect(side.X, side.Y, side.W, side.H, theme.Line)
	}
	r.c.Pen.Flush(on)
	r.drawMaps(screen)
}

// drawField draws what D says of every place, with lines of equal verdict; or what the shown unit makes of it.
func (r *Room) drawField(on *ebiten.Image) {
	g, f := r.now, &r.ramp
	if f.image == nil || f.side != g.Field {
		f.side, f.image = g.Field, ebiten.NewImage(g.Field, g.Field)
	}
	of := g.of(r.shownUnit())
	switch {
	case of != nil:
		f.rgba = paintMap(f.rgba, of, g.Field, r.c.Theme.Diverging())
	case r.show["field"] && !g.Fresh:
		f.shades = shades(f.shades, g.field(), g.Scores)
		f.rgba = paint(f.rgba, f.shades, g.Field, ramp(r.c.Theme))
	default:
		return
	}
	f.image.WritePixels(f.rgba)
	in := scene.Inner(r.place.square)
	o := &ebiten.DrawImageOptions{Filter: ebiten.FilterLinear}
	k := in.W / float64(g.Field)
	o.GeoM.Scale(k, k)
	o.GeoM.Translate(in.X, in.Y)
	on.DrawImage(f.image, o)
	if of != nil {
		return
	}
	place := func(p mesh.Point) mesh.Point {
		return mesh.Point{X: in.X + in.W*p.X, Y: in.Bottom() - in.H*p.Y}
	}
	lines := func(value float32, width float64, c color.RGBA) {
		for _, piece := range contour(f.shades, g.Field, value) {
			if r.c.Pen.Full() {
				r.c.Pen.Flush(on)
			}
			r.c.Pen.Line([]mesh.Point{place(piece[0]), place(piece[1])}, width, c)
		}
	}
	for _, v := range levels {
		lines(v, 0.8*r.c.Unit, mesh.Faint(r.c.Theme.Ink, 0.16))
	}
	lines(0, 2*r.c.Unit, mesh.Faint(r.c.Theme.Ink, 0.75))
	r.c.Pen.Flush(on)
}

// drawSheet draws the sheet of noise as the generator bends it.
func (r *Room) drawSheet(on *ebiten.Image) {
	if !r.show["grid"] {
		return
	}
	n, points := r.now.Sheet, r.now.sheet()
	for k := range n {
		var row, column []mesh.Point
		for i := range n {
			row = append(row, r.place.at(points[2*(k*n+i)], points[2*(k*n+i)+1]))
			column = append(column, r.place.at(points[2*(i*n+k)], points[2*(i*n+k)+1]))
		}
		for _, path := range [2][]mesh.Point{row, column} {
			if r.c.Pen.Full() {
				r.c.Pen.Flush(on)
			}
			r.c.Pen.Line(path, 1.1*r.c.Unit, mesh.Faint(r.c.Theme.Ink, 0.4))
		}
	}
	r.c.Pen.Flush(on)
}

// drawPoints draws real points under fakes, each with an edge that keeps it apart from a field of its own colour.
func (r *Room) drawPoints(on *ebiten.Image) {
	u, theme := r.c.Unit, r.c.Theme
	size := max(2.4*u, min(3.6*u, r.place.square.W/150))
	each := func(points []float32, draw func(p mesh.Point)) {
		for i := 0; i+1 < len(points); i += 2 {
			if r.c.Pen.Full() {
				r.c.Pen.Flush(on)
			}
			draw(r.place.at(points[i], points[i+1]))
		}
	}
	if r.show["real"] && !r.drawing {
		each(r.now.reals(), func(p mesh.Point) {
			r.c.Pen.Circle(p.X, p.Y, size+u, theme.Card)
			r.c.Pen.Circle(p.X, p.Y, size, theme.Real)
		})
	}
	if r.show["fake"] {
		each(r.now.fakes(), func(p mesh.Point) {
			r.c.Pen.Diamond(p.X, p.Y, 1.2*size+1.4*u, theme.Card)
			r.c.Pen.Diamond(p.X, p.Y, 1.2*size, theme.Fake)
		})
	}
	r.c.Pen.Flush(on)
}

// drawArrows draws where D's gradient sends the fakes.
func (r *Room) drawArrows(on *ebiten.Image) {
	if !r.show["arrows"] || r.now.Fresh {
		return
	}
	u := r.c.Unit
	for _, a := range arrows(r.place.at, r.now.fakes(), r.now.slopes(), r.place.square.W, arrowOf) {
		if r.c.Pen.Full() {
			r.c.Pen.Flush(on)
		}
		r.c.Pen.Line(a[:], 1.2*u, r.c.Theme.Ink)
		r.c.Pen.Head(a[0], a[1], 6*u, r.c.Theme.Ink)
	}
	r.c.Pen.Flush(on)
}

// drawInk draws the visitor's own points, and the pen where keys move it.
func (r *Room) drawInk(on *ebiten.Image) {
	if !r.drawing {
		return
	}
	u := r.c.Unit
	for i := 0; i+1 < len(r.ink.points); i += 2 {
		if r.c.Pen.Full() {
			r.c.Pen.Flush(on)
		}
		p := r.place.at(r.ink.points[i], r.ink.points[i+1])
		r.c.Pen.Circle(p.X, p.Y, 4.4*u, r.c.Theme.Card)
		r.c.Pen.Circle(p.X, p.Y, 3.4*u, r.c.Theme.Real)
	}
	if r.keys {
		p := r.place.at(float32(r.ink.x), float32(r.ink.y))
		arm := 11 * u
		for _, d := range [2]mesh.Point{{X: arm}, {Y: arm}} {
			r.c.Pen.Line([]mesh.Point{{X: p.X - d.X, Y: p.Y - d.Y}, {X: p.X + d.X, Y: p.Y + d.Y}}, 2*u, r.c.Theme.Ink)
		}
		if r.ink.down {
			r.c.Pen.Circle(p.X, p.Y, 5*u, r.c.Theme.Ink)
		}
	}
	r.c.Pen.Flush(on)
}

// drawMaps draws the maps of D's hidden units, the shown one framed.
func (r *Room) drawMaps(screen *ebiten.Image) {
	g, p, u := r.to, &r.maps, r.c.Unit
	if g == nil || len(g.Units) == 0 || len(r.place.maps) != len(g.Units) {
		return
	}
	n, all := g.Field, len(g.maps)/(g.Field*g.Field)
	colours := r.c.Theme.Diverging()
	p.rgba = p.rgba[:0]
	for i := range all { // one over the other
		p.rgba = append(p.rgba, paintMap(nil, g.maps[i*n*n:][:n*n], n, colours)...)
	}
	p.Write(p.rgba, n, n*all)
	shown, k := r.shownUnit(), 0
	first, last := r.place.maps[0][0], r.place.maps[len(r.place.maps)-1][0]
	r.c.Pen.Clear(screen, scene.Rect{X: first.X - 4*u, Y: first.Y - 4*u, W: r.place.chart.Right() - first.X + 8*u, H: last.Bottom() - first.Y + 8*u}, r.c.Theme.Card)
	for layer, row := range r.place.maps {
		for i, at := range row {
			if (unit{layer, i}) == shown {
				e := math.Round(3 * u)
				r.c.Pen.Rect(at.X-e, at.Y-e, at.W+2*e, at.H+2*e, r.c.Theme.Ink)
				r.c.Pen.Flush(screen)
			}
			p.Draw(screen, scene.Rect{Y: float64(k * n), W: float64(n), H: float64(n)}, at)
			k++
		}
	}
}

// drawChart draws both losses over the steps.
func (r *Room) drawChart(screen *ebiten.Image) {
	u, theme := r.c.Unit, r.c.Theme
	below := r.place.chart
	r.c.Pen.Clear(screen, scene.Rect{X: below.X - 2*u, Y: below.Y, W: below.W + 2*u, H: below.H}, theme.Card)
	if !r.show["losses"] {
		return
	}
	curves := [2]struct {
		series *chart.Series
		name   string
		colour color.RGBA
	}{{&r.run.LossD, "D", theme.Real}, {&r.run.LossG, "G", theme.Fake}}
	low, high, any := 0.0, 1.0, false
	for _, c := range curves {
		if l, h, ok := c.series.Range(); ok {
			if !any {
				low, high, any = l, h, true
			}
			low, high = min(low, l), max(high, h)
		}
	}
	low, high = chart.Nice(min(low, 0), high, 3)
	at := r.place.plot()
	a := chart.Axes{Left: at.X, Top: at.Y, Right: at.Right(), Bottom: at.Bottom(), Low: low, High: high, First: r.run.Before, Steps: max(r.run.Step, r.run.Before+10)}
	for _, v := range chart.Ticks(low, high, 3) {
		y := math.Round(a.Y(v))
		r.c.Pen.Rect(a.Left, y, a.Right-a.Left, max(1, math.Round(u/2)), theme.Line)
		r.c.Pen.Write(screen, chart.Number(v), a.Left-6*u, y, 10.5*u, canvas.Right, theme.Soft)
	}
	for _, v := range chart.Ticks(float64(a.First), float64(a.Steps), max(2, int((a.Right-a.Left)/(70*u)))) {
		r.c.Pen.Write(screen, chart.Number(v), a.X(v), a.Bottom+10*u, 10.5*u, canvas.Middle, theme.Soft)
	}
	n := int(at.W / (2 * u))
	ends := [2]float64{a.Y(curves[0].series.End(n)), a.Y(curves[1].series.End(n))}
	ends[0], ends[1] = chart.Apart(ends[0], ends[1], 15*u, a.Top, a.Bottom)
	for i, c := range curves {
		_, mean, _ := a.Paths(c.series, n)
		if i == 0 {
			r.c.Pen.Line(mean, 1.6*u, c.colour)
		} else {
			r.c.Pen.Dashes(mean, 1.6*u, 6*u, 2.5*u, c.colour)
		}
		if any {
			r.c.Mark(a.Right+8*u, ends[i], 3*u, i == 0)
		}
	}
	r.c.Pen.Flush(screen)
	for i, c := range curves {
		if any {
			r.c.Pen.Write(screen, c.name+" "+chart.Value(c.series.End(n)), a.Right+15*u, ends[i], 11*u, canvas.Left, theme.Ink)
		}
	}
}
