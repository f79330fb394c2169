package inside

import (
	"image/color"
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/wire"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/scene"
)

// drawWishes draws the chosen sample, or the one that follows, beside D's wish for it, and the wishes for all.
func (r *Inside) drawWishes(screen *ebiten.Image) {
	u := r.c.Unit
	if r.wishes == nil {
		return
	}
	r.title(screen, scene.Rect{Y: r.place.wishY + head*u, W: r.width}, r.c.Word("D's wish", "dD/dx"), "")
	if r.place.plane.W > 0 {
		r.drawPlane(screen)
		return
	}
	w, n := r.wishes, r.wishes.Count
	size, wide, high := w.Sample.Size(), w.Sample.Width, w.Sample.Height
	r.row.rgba = inked(r.row.rgba, r.ink[w.Images:][:n*size], r.ink[w.Ink:][:n*size], n, w.Sample, r.channel)
	r.row.Write(r.row.rgba, n*wide, high)
	for i, at := range r.place.row[:min(n, len(r.place.row))] {
		r.row.Draw(screen, scene.Rect{X: float64(i * wide), W: float64(wide), H: float64(high)}, at)
		r.signs(at, r.ink[w.Ink+i*size:][:size], w, strong)
		r.verdict(screen, at, w, w.Scores[i], w.Scores[i], w.Of == "real")
		if r.look != nil && r.look.Of == w.Of && r.look.Index == i {
			r.frameOf(at)
		}
	}
	r.c.Pen.Flush(screen)
	r.drawBig(screen)
}

// sample is the one that is drawn large: where the way of one that follows is, or the chosen one; at is −1 for none.
func (r *Inside) sample() (w *wire.Wishes, bytes []byte, at int) {
	switch w := r.wishes; {
	case r.way != nil:
		return r.way, r.wayInk, r.frame
	case r.look == nil || r.look.Of != w.Of || r.look.Index >= w.Count:
		return w, r.ink, -1
	default:
		return w, r.ink, r.look.Index
	}
}

// drawBig draws one sample large: as it is, and with D's wish over it.
func (r *Inside) drawBig(screen *ebiten.Image) {
	w, bytes, at := r.sample()
	if at < 0 {
		return
	}
	size := w.Sample.Size()
	picture, ink := bytes[w.Images+at*size:][:size], bytes[w.Ink+at*size:][:size]
	for k, over := range [2][]byte{nil, ink} {
		p := &r.big[k]
		p.rgba = inked(p.rgba, picture, over, 1, w.Sample, r.channel)
		p.Write(p.rgba, w.Sample.Width, w.Sample.Height)
		p.Draw(screen, p.Whole(), r.place.big[k])
	}
	r.signs(r.place.big[1], ink, w, plain)
	began := w.Scores[at]
	if r.way != nil {
		began = w.Scores[0]
	}
	r.verdict(screen, r.place.big[0], w, began, w.Scores[at], w.Of == "real")
	r.c.Pen.Flush(screen)
}

// signs draws plus and minus where ink is strong.
func (r *Inside) signs(at scene.Rect, ink []byte, w *wire.Wishes, from float64) {
	white, dark := color.RGBA{255, 255, 255, 255}, color.RGBA{10, 14, 18, 255}
	arm := math.Round(max(2*r.c.Unit, min(4.5*r.c.Unit, at.W/cueCells*0.26)))
	thick := max(1, math.Round(arm*0.36))
	for _, c := range cues(brighter(ink, w.Sample, r.channel), w.Sample.Height, w.Sample.Width, from) {
		x, y := math.Round(at.X+c.x*at.W), math.Round(at.Y+c.y*at.H)
		for _, pass := range []struct {
			grow float64
			c    color.RGBA
		}{{max(1, math.Round(r.c.Unit*0.7)), dark}, {0, white}} {
			r.c.Pen.Rect(x-arm-pass.grow, y-thick/2-pass.grow, 2*(arm+pass.grow), thick+2*pass.grow, pass.c)
			if c.more {
				r.c.Pen.Rect(x-thick/2-pass.grow, y-arm-pass.grow, thick+2*pass.grow, 2*(arm+pass.grow), pass.c)
			}
		}
	}
}

// verdict draws D's verdict under a picture: a bar from where it began to where it is, and the number.
func (r *Inside) verdict(screen *ebiten.Image, at scene.Rect, w *wire.Wishes, began, now float32, real bool) {
	if r.look != nil && r.look.Fresh {
		return // there is none
	}
	scale := scene.Scale{High: 1}
	if r.look != nil && r.look.Scores {
		scale = scene.ScaleOver(w.Scores)
	}
	u, c := r.c.Unit, r.c.Theme.Fake
	if real {
		c = r.c.Theme.Real
	}
	y, h := at.Bottom()+math.Round(4*u), math.Round(4*u)
	r.c.Pen.Rect(at.X, y, at.W, h, r.c.Theme.Line)
	r.c.Pen.Rect(at.X, y, math.Round(at.W*scale.Share(float64(now))), h, c)
	if began != now {
		r.c.Pen.Rect(math.Round(at.X+at.W*scale.Share(float64(began))), y-2*u, max(2, 2*u), h+4*u, r.c.Theme.Ink)
	}
	r.c.Mark(at.X+4*u, y+h+11*u, 3.2*u, real)
	r.c.Pen.Flush(screen)
	says := scene.Score(float64(now))
	if began != now {
		says = scene.Score(float64(began)) + " -> " + says
	}
	r.c.Pen.Write(screen, "D "+says, at.Right(), y+h+11*u, 11*u, canvas.Right, r.c.Theme.Ink)
}

// frameOf marks the chosen sample.
func (r *Inside) frameOf(at scene.Rect) {
	t := max(2, math.Round(2*r.c.Unit))
	c := r.c.Theme.Ink
	r.c.Pen.Rect(at.X-t, at.Y-t, at.W+2*t, t, c)
	r.c.Pen.Rect(at.X-t, at.Bottom(), at.W+2*t, t, c)
	r.c.Pen.Rect(at.X-t, at.Y, t, at.H, c)
	r.c.Pen.Rect(at.Right(), at.Y, t, at.H, c)
}
