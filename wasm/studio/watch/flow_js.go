package watch

import (
	"image/color"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

const dim = 0.62 // of the card's colour over the parts that are not concerned

// drawFlow draws the band: the chosen fake's way from its noise to D's verdict, and the chosen real sample's.
func (w *Watch) drawFlow(screen *ebiten.Image) {
	f := &w.place.Flow
	b, next := w.motion.look(time.Now(), w.c.Look.ReducedMotion)
	w.flowStale, w.flowDue = false, time.Time{}
	if next != never {
		w.flowDue = time.Now().Add(w.pace.Rest(next))
	}
	w.c.Pen.Clear(screen, w.place.Band, w.c.Theme.Card)
	w.loop(f.LoopG, "G", w.c.Theme.Fake, b)
	w.loop(f.LoopD, "D", w.c.Theme.Real, b)
	for _, a := range f.Arrows {
		w.arrow(a)
	}
	w.network(f.G, "G", w.c.Theme.Fake, b)
	w.network(f.D, "D", w.c.Theme.Real, b)
	w.noisePattern(f.Noise)
	w.mat(f.Fake, w.c.Theme.Fake)
	w.mat(f.Real, w.c.Theme.Real)
	w.c.Pen.Flush(screen)
	w.samples(screen)
	w.verdict(screen, f.FakeVerdict, scene.PartFakeVerdict, false)
	w.verdict(screen, f.RealVerdict, scene.PartRealVerdict, true)
	size := 0.36 * f.G.H
	w.c.Pen.Write(screen, "G", f.G.X+f.G.W/2, f.G.Y+f.G.H/2, size, canvas.Middle, w.c.Theme.Ink)
	w.c.Pen.Write(screen, "D", f.D.X+f.D.W/2, f.D.Y+f.D.H/2, size, canvas.Middle, w.c.Theme.Ink)
	w.dimOthers(screen)
}

// loop draws a network's way of learning, with a bead on it while it learns.
func (w *Watch) loop(path []mesh.Point, network string, c color.RGBA, b beat) {
	u, alive := w.place.Unit, b.network == network
	width, alpha := 1.6*u, 0.5
	if alive {
		width, alpha = (1.6+1.2*b.glow)*u, 0.5+0.5*b.glow
	}
	faint := mesh.Faint(c, alpha)
	end := path[len(path)-1]
	short := append([]mesh.Point(nil), path...)
	way := -1.0 // the last piece goes up or down
	if end.Y > path[len(path)-2].Y {
		way = 1
	}
	short[len(short)-1].Y -= way * 6 * u
	if network == "D" {
		w.c.Pen.Line(short, width, faint)
	} else {
		w.c.Pen.Dashes(short, width, 6*u, 3.5*u, faint)
	}
	w.c.Pen.Head(mesh.Point{X: end.X, Y: end.Y - way*10*u}, end, 8*u, faint)
	if alive && b.share >= 0 {
		p := scene.Along(path, b.share)
		w.c.Mark(p.X, p.Y, scene.BeadRadius*u, network == "D")
	}
}

func (w *Watch) arrow(a scene.Arrow) {
	u, c, width := w.place.Unit, w.c.Theme.Soft, 1.5*w.place.Unit
	switch {
	case a.From == scene.PartReal || a.To == scene.PartRealVerdict:
		c = w.c.Theme.Real
	case a.From != scene.PartNoise:
		c = w.c.Theme.Fake
	}
	if w.lit[a.From] && w.lit[a.To] {
		width = 3 * u
	} else if w.lit != nil {
		c = mesh.Faint(c, 0.4)
	}
	to := a.Path[1]
	w.c.Pen.Line([]mesh.Point{a.Path[0], {X: to.X - 5*u, Y: to.Y}}, width, c)
	w.c.Pen.Head(a.Path[0], to, 7*u, c)
}

// network draws a network's box; it glows while the network learns.
func (w *Watch) network(r scene.Rect, name string, c color.RGBA, b beat) {
	u, glow := w.place.Unit, 0.0
	if b.network == name {
		glow = b.glow
	}
	if glow > 0 {
		e := 5 * glow * u
		w.c.Pen.Round(r.X-e, r.Y-e, r.W+2*e, r.H+2*e, 10*u+e, mesh.Faint(c, 0.25*glow))
	}
	w.c.Pen.Frame(r.X, r.Y, r.W, r.H, 10*u, (1.5+glow)*u, c, w.c.Theme.Card)
	w.c.Pen.Round(r.X+u, r.Y+u, r.W-2*u, r.H-2*u, 9*u, mesh.Faint(c, 0.10+0.16*glow))
}

// noisePattern draws the noise of the chosen fake, a square a value.
func (w *Watch) noisePattern(r scene.Rect) {
	noise := w.noiseOf(w.shownFake())
	if len(noise) == 0 {
		w.c.Pen.Round(r.X, r.Y, r.W, r.H, 6*w.place.Unit, w.c.Theme.Line)
		return
	}
	shown, columns := scene.Cells(len(noise))
	cell := float64(max(1, int(r.W)/columns))
	left, top := r.X+float64(int(r.W-cell*float64(columns))/2), r.Y+float64(int(r.H-cell*float64((shown+columns-1)/columns))/2)
	for i, v := range noise[:shown] {
		w.c.Pen.Rect(left+float64(i%columns)*cell, top+float64(i/columns)*cell, cell, cell, color.RGBA{v, v, v, 255})
	}
}

// mat is the frame behind a picture.
func (w *Watch) mat(r scene.Rect, c color.RGBA) {
	u := w.place.Unit
	w.c.Pen.Frame(r.X, r.Y, r.W, r.H, 5*u, 1.5*u, c, w.c.Theme.Paper)
}

// samples draws the chosen fake and the chosen real sample.
func (w *Watch) samples(screen *ebiten.Image) {
	if w.sheet == nil {
		return
	}
	f := &w.place.Flow
	fake, real := w.shownFake(), w.sheet.Fakes+w.shownReal()
	if w.place.Points {
		w.dot(f.Fake, fake, false)
		if w.sheet.Reals > 0 {
			w.dot(f.Real, real, true)
		}
		w.c.Pen.Flush(screen)
		return
	}
	w.pictures.now.Picture(screen, fake, f.Fake)
	if w.sheet.Reals > 0 {
		w.pictures.now.Picture(screen, real, f.Real)
	}
}

// dot draws a point of the plane where it lies.
func (w *Watch) dot(r scene.Rect, i int, real bool) {
	p := scene.PointAt(r, w.bytes[2*i], w.bytes[2*i+1])
	w.c.Mark(p.X, p.Y, 4*w.place.Unit, real)
}

// smallest is the size of a verdict's words in CSS pixels below which the number stands alone.
const smallest = 10.5

// verdict writes how real D takes the chosen sample to be.
func (w *Watch) verdict(screen *ebiten.Image, r scene.Rect, part scene.Part, real bool) {
	u, c, p, known := w.place.Unit, w.c.Theme.Fake, 0.0, false
	if real {
		c = w.c.Theme.Real
	}
	if w.sheet != nil {
		scores, i := w.sheet.FakeScores, w.shownFake()
		if real {
			scores, i = w.sheet.RealScores, w.shownReal()
		}
		if i < len(scores) {
			p, known = float64(scores[i]), true
		}
	}
	y := r.Y + r.H/2
	w.c.Mark(r.X+6*u, y-9*u, 4.5*u, real)
	bar := round(7 * u)
	w.c.Pen.Round(r.X, round(y+6*u), r.W, bar, bar/2, w.c.Theme.Line)
	scale := scene.ScaleOf(w.sheet)
	if share := scale.Share(p); known && share > 0 {
		w.c.Pen.Round(r.X, round(y+6*u), max(bar, r.W*share), bar, bar/2, c)
	}
	if w.lit[part] {
		w.c.Pen.Line([]mesh.Point{{X: r.X, Y: y + 19*u}, {X: r.Right(), Y: y + 19*u}}, 2*u, w.c.Theme.Ink)
	}
	w.c.Pen.Flush(screen)
	words, suffix, size := "-", w.c.Only("real", ""), min(15*u, 0.23*r.H+3*u)
	if suffix != "" {
		suffix = " " + suffix
	}
	if known {
		words = scale.Words(p)
		for small := size; !scale.Scores && small >= smallest*u; small -= u / 2 { // smaller rather than without what the number is of
			if 17*u+w.c.Pen.Width("100 %"+suffix, small) <= r.W {
				words, size = words+suffix, small
				break
			}
		}
	}
	w.c.Pen.Write(screen, words, r.X+17*u, y-9*u, size, canvas.Left, w.c.Theme.Ink)
}

// dimOthers veils the parts that what is going on does not concern.
func (w *Watch) dimOthers(screen *ebiten.Image) {
	if w.lit == nil {
		return
	}
	f, u := &w.place.Flow, w.place.Unit
	for _, p := range []scene.Part{scene.PartNoise, scene.PartG, scene.PartFake, scene.PartD, scene.PartReal, scene.PartFakeVerdict, scene.PartRealVerdict} {
		if r := f.Part(p); !w.lit[p] {
			w.c.Pen.Rect(r.X-7*u, r.Y-7*u, r.W+14*u, r.H+14*u, mesh.Faint(w.c.Theme.Card, dim))
		}
	}
	w.c.Pen.Flush(screen)
}
