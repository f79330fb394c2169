package inside

import (
	"image/color"
	"math"
	"strconv"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/wire"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/scene"
)

// Draw implements canvas.Room.
func (r *Inside) Draw(screen *ebiten.Image, whole bool) {
	if whole || r.tilesStale {
		r.tilesStale = false
		r.c.Pen.Clear(screen, scene.Rect{W: r.width, H: r.place.wishY}, r.c.Theme.Card)
		if r.look != nil {
			r.drawTiles(screen)
			r.drawPast(screen)
		}
	}
	if whole || r.rowStale {
		r.rowStale = false
		r.c.Pen.Clear(screen, scene.Rect{Y: r.place.wishY, W: r.width, H: r.place.height - r.place.wishY}, r.c.Theme.Card)
		r.drawWishes(screen)
	}
}

// title writes what a part shows over its left edge, and a note over its right one.
func (r *Inside) title(screen *ebiten.Image, at scene.Rect, says, note string) {
	u := r.c.Unit
	y := at.Y - 15*u
	r.c.Pen.Write(screen, says, at.X, y, 13*u, canvas.Left, r.c.Theme.Ink)
	if note != "" {
		r.c.Pen.Write(screen, note, at.Right(), y, 11*u, canvas.Right, r.c.Theme.Soft)
	}
}

func (r *Inside) drawTiles(screen *ebiten.Image) {
	colours := r.c.Theme.Diverging()
	r.part(screen, 0, r.place.weights, r.c.Word("Weights", "W"), r.look.Weights, &r.weights, colours)
	r.part(screen, 1, r.place.activations, r.c.Word("Activations", "a"), r.look.Activations, &r.activations, colours)
	if s, ok := spotOf(r.look); ok { // the value that the page takes apart
		x, y := r.activations.corner(s.unit, s.each)
		m, e := &r.activations, max(1, math.Round(1.5*r.c.Unit))
		at := scene.Rect{X: m.X + float64(x+s.x)*m.scale, Y: m.Y + float64(y+s.y)*m.scale, W: m.scale, H: m.scale}
		for _, edge := range []scene.Rect{{X: at.X - e, Y: at.Y - e, W: at.W + 2*e, H: e}, {X: at.X - e, Y: at.Bottom(), W: at.W + 2*e, H: e}, {X: at.X - e, Y: at.Y, W: e, H: at.H}, {X: at.Right(), Y: at.Y, W: e, H: at.H}} {
			r.c.Pen.Rect(edge.X, edge.Y, edge.W, edge.H, r.c.Theme.Ink)
		}
		r.c.Pen.Flush(screen)
	}
}

// part draws one mosaic with its title and scale; without pictures a dash says that there are none.
func (r *Inside) part(screen *ebiten.Image, k int, at scene.Rect, says string, t *wire.Tiles, m *mosaic, colours *[256]color.RGBA) {
	u := r.c.Unit
	r.title(screen, at, says, "")
	if t == nil {
		r.c.Pen.Write(screen, "-", at.X+2*u, at.Y+12*u, 15*u, canvas.Left, r.c.Theme.Soft)
		return
	}
	if t.Image {
		colours = greys()
	}
	p := &r.pictures[k]
	p.rgba = m.pixels(p.rgba, r.bytes, colours)
	p.Write(p.rgba, m.texW, m.texH)
	p.Draw(screen, p.Whole(), area(m))
	r.scale(screen, at, t, colours)
}

// scale draws what the colours mean over the right edge of a part.
func (r *Inside) scale(screen *ebiten.Image, at scene.Rect, t *wire.Tiles, colours *[256]color.RGBA) {
	u := r.c.Unit
	y, w := at.Y-15*u, math.Round(96*u)
	right := at.Right() - 46*u
	for k := range 24 {
		x := right - w + w*float64(k)/24
		r.c.Pen.Rect(math.Round(x), math.Round(y-4*u), math.Ceil(w/24), math.Round(8*u), colours[byte(int8(-127+k*254/23))])
	}
	r.c.Pen.Flush(screen)
	limit := strconv.FormatFloat(float64(t.Scale), 'g', 2, 32)
	r.c.Pen.Write(screen, "-"+limit, right-w-6*u, y, 11*u, canvas.Right, r.c.Theme.Soft)
	r.c.Pen.Write(screen, "+"+limit, at.Right(), y, 11*u, canvas.Right, r.c.Theme.Soft)
}

func (r *Inside) drawPast(screen *ebiten.Image) {
	past := r.look.Past
	for k, says := range [2]string{r.c.Word("Weights over time", "W(t)"), r.c.Word("Gradients over time", "|dL/dW| (t)")} {
		at := r.place.past[k]
		r.title(screen, scene.Rect{X: at.X - axisW*r.c.Unit, Y: at.Y, W: at.W + axisW*r.c.Unit, H: at.H}, says, "")
		if past == nil {
			r.c.Pen.Write(screen, "-", at.X-axisW*r.c.Unit+2*r.c.Unit, at.Y+12*r.c.Unit, 15*r.c.Unit, canvas.Left, r.c.Theme.Soft)
			continue
		}
		s := [2]wire.Strip{past.Weights, past.Gradients}[k]
		r.strip(screen, k, at, s, past.Steps)
	}
}

// strip draws histograms one beside the other, with axes.
func (r *Inside) strip(screen *ebiten.Image, k int, at scene.Rect, s wire.Strip, steps []int) {
	u, p := r.c.Unit, &r.strips[k]
	p.rgba = stripPixels(p.rgba, r.bytes, s, len(steps), r.c.Theme.Paper, r.c.Theme.Ink)
	p.Write(p.rgba, len(steps), s.Bins)
	for i := range steps {
		from, to := span(steps, i)
		x0, x1 := math.Round(at.X+from*at.W), math.Round(at.X+to*at.W)
		p.Draw(screen, scene.Rect{X: float64(i), W: 1, H: float64(s.Bins)}, scene.Rect{X: x0, Y: at.Y, W: x1 - x0, H: at.H})
	}
	for _, t := range ticks(s) {
		y := at.Bottom() - t.at*at.H
		r.c.Pen.Rect(at.X-4*u, math.Round(y), 4*u, max(1, math.Round(u/2)), r.c.Theme.Soft)
		r.c.Pen.Write(screen, t.says, at.X-7*u, max(at.Y+5*u, min(at.Bottom()-5*u, y)), 10.5*u, canvas.Right, r.c.Theme.Soft)
	}
	r.c.Pen.Flush(screen)
	first, last := steps[0], steps[len(steps)-1]
	r.c.Pen.Write(screen, chart.Number(float64(first)), at.X, at.Bottom()+11*u, 10.5*u, canvas.Left, r.c.Theme.Soft)
	if last > first {
		r.c.Pen.Write(screen, chart.Number(float64(last)), at.Right(), at.Bottom()+11*u, 10.5*u, canvas.Right, r.c.Theme.Soft)
	}
}
