package play

import (
	"image"
	"strconv"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/img"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// paint holds the textures of single pictures.
type paint struct {
	image *ebiten.Image
	rgba  []byte
}

// picture draws a sample's bytes into a place.
func (r *Room) picture(screen *ebiten.Image, to scene.Rect, one []byte) {
	w, h := r.sheet.Sample.Width, r.sheet.Sample.Height
	if r.paint.image == nil || r.paint.image.Bounds() != image.Rect(0, 0, w, h) {
		r.paint.image, r.paint.rgba = ebiten.NewImage(w, h), make([]byte, 4*w*h)
	}
	img.Paint(r.paint.rgba, 4*w, r.sheet.Sample, one)
	r.paint.image.WritePixels(r.paint.rgba)
	var o ebiten.DrawImageOptions
	if to.W < float64(w) {
		o.Filter = ebiten.FilterLinear
	}
	o.GeoM.Scale(to.W/float64(w), to.H/float64(h))
	o.GeoM.Translate(to.X, to.Y)
	screen.DrawImage(r.paint.image, &o)
}

// Draw implements canvas.Room.
func (r *Room) Draw(screen *ebiten.Image, whole bool) {
	if r.points() {
		return
	}
	r.say()
	if !r.stale && !whole {
		return
	}
	r.stale = false
	r.c.Pen.Clear(screen, scene.Rect{W: float64(screen.Bounds().Dx()), H: r.place.Height}, r.c.Theme.Card)
	if r.guess {
		r.drawCard(screen)
		return
	}
	r.title(screen, r.place.Pad, r.c.Only("Draw here", ""))
	r.picture(screen, r.place.Pad, r.pad.Bytes())
	r.drawCursor(screen)
	r.title(screen, r.place.Sees, r.c.Only("What D is shown", "x"))
	r.picture(screen, r.place.Sees, r.seen())
	r.drawGauge(screen)
	r.drawBars(screen)
}

func (r *Room) title(screen *ebiten.Image, over scene.Rect, words string) {
	u := r.place.Unit
	r.c.Pen.Write(screen, words, over.X, over.Y-13*u, 13*u, canvas.Left, r.c.Theme.Ink)
}

func (r *Room) drawCursor(screen *ebiten.Image) {
	if !r.cursor.shown {
		return
	}
	u, s := r.place.Unit, r.place.Scale
	x, y := r.place.Pad.X+r.cursor.x*s, r.place.Pad.Y+r.cursor.y*s
	c := r.c.Theme.Fake
	if r.cursor.down {
		r.c.Pen.Circle(x, y, 5*u, c)
	}
	r.c.Pen.Rect(x-11*u, y-u, 22*u, 2*u, c)
	r.c.Pen.Rect(x-u, y-11*u, 2*u, 22*u, c)
	r.c.Pen.Flush(screen)
}

// drawGauge shows how real D takes the picture to be: fake at the left end, real at the right one, and where D is
// undecided.
func (r *Room) drawGauge(screen *ebiten.Image) {
	u, g, v := r.place.Unit, r.place.Gauge, r.verdict
	r.title(screen, g, r.c.Only("D's verdict", "D(x)"))
	y, h := g.Y+10*u, 12*u
	r.c.Pen.Rect(g.X, y, g.W, h, r.c.Theme.Line)
	r.c.Mark(g.X+6*u, y+h+16*u, 4.5*u, false)
	r.c.Mark(g.Right()-6*u, y+h+16*u, 4.5*u, true)
	if v != nil && v.Fresh {
		v = nil
	}
	scale := scene.Scale{High: 1}
	if v != nil && v.Scores {
		scale = scene.ScaleOver(r.sheet.FakeScores, r.sheet.RealScores, []float32{float32(v.P), float32(v.PMiddle)})
	}
	if v != nil {
		real := v.P > v.PMiddle
		c := r.c.Theme.Fake
		if real {
			c = r.c.Theme.Real
		}
		x := g.X + g.W*scale.Share(v.P)
		r.c.Pen.Rect(g.X, y, x-g.X, h, c)
		m := g.X + g.W*scale.Share(v.PMiddle)
		r.c.Pen.Rect(m-u, y-4*u, 2*u, h+8*u, r.c.Theme.Ink)
		r.c.Pen.Circle(x, y+h/2, 9*u, r.c.Theme.Card)
		r.c.Mark(x, y+h/2, 6.5*u, real)
	}
	r.c.Pen.Flush(screen)
	r.c.Pen.Write(screen, r.c.Only("fake", ""), g.X+16*u, y+h+16*u, 12*u, canvas.Left, r.c.Theme.Soft)
	r.c.Pen.Write(screen, r.c.Only("real", ""), g.Right()-16*u, y+h+16*u, 12*u, canvas.Right, r.c.Theme.Soft)
	if v != nil {
		r.c.Pen.Write(screen, scale.Words(v.P), g.X+g.W/2, y+h+16*u, 13*u, canvas.Middle, r.c.Theme.Ink)
	}
}

// drawBars shows which digit the judge sees.
func (r *Room) drawBars(screen *ebiten.Image) {
	if r.verdict == nil || len(r.verdict.Shares) == 0 {
		return
	}
	u, b := r.place.Unit, r.place.Bars
	r.title(screen, b, r.c.Only("Which digit, says a judge", "0-9"))
	n := float64(len(r.verdict.Shares))
	step := b.W / n
	floor := b.Bottom() - 18*u
	best := 0
	for i, v := range r.verdict.Shares {
		if v > r.verdict.Shares[best] {
			best = i
		}
	}
	for i, v := range r.verdict.Shares {
		x, h := b.X+(float64(i)+0.15)*step, (floor-b.Y-4*u)*v
		c := mesh.Faint(r.c.Theme.Soft, 0.7)
		if i == best {
			c = r.c.Theme.Ink
		}
		r.c.Pen.Rect(x, floor-max(h, u), 0.7*step, max(h, u), c)
	}
	r.c.Pen.Flush(screen)
	for i := range r.verdict.Shares {
		c := r.c.Theme.Soft
		if i == best {
			c = r.c.Theme.Ink
		}
		r.c.Pen.Write(screen, strconv.Itoa(i), b.X+(float64(i)+0.5)*step, floor+10*u, 12*u, canvas.Middle, c)
	}
}

// drawCard shows the picture to be guessed; once that is done, framed as what it is, with D's verdict.
func (r *Room) drawCard(screen *ebiten.Image) {
	u, p := r.place.Unit, r.place.Pad
	if r.card == nil {
		r.c.Pen.Rect(p.X, p.Y, p.W, p.H, r.c.Theme.Paper)
		r.c.Pen.Flush(screen)
		r.c.Pen.Write(screen, "?", p.X+p.W/2, p.Y+p.H/2, 96*u, canvas.Middle, r.c.Theme.Line)
		return
	}
	r.picture(screen, p, r.card)
	if r.verdict == nil {
		return
	}
	real, c := *r.verdict.Real, r.c.Theme.Fake
	if real {
		c = r.c.Theme.Real
	}
	for _, side := range []scene.Rect{{X: p.X, Y: p.Y, W: p.W, H: 6 * u}, {X: p.X, Y: p.Bottom() - 6*u, W: p.W, H: 6 * u},
		{X: p.X, Y: p.Y, W: 6 * u, H: p.H}, {X: p.Right() - 6*u, Y: p.Y, W: 6 * u, H: p.H}} {
		r.c.Pen.Rect(side.X, side.Y, side.W, side.H, c)
	}
	r.c.Pen.Circle(p.X+26*u, p.Y+26*u, 17*u, r.c.Theme.Card)
	r.c.Mark(p.X+26*u, p.Y+26*u, 11*u, real)
	r.c.Pen.Flush(screen)
	r.drawGauge(screen)
}
