package watch

import (
	"fmt"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// scatter is what is drawn behind points: D's verdict on every place.
type scatter struct {
	image *ebiten.Image
	side  int
	rgba  []byte
}

// drawScatter draws the sheet's points of the plane over D's field: real under fake.
func (w *Watch) drawScatter(screen *ebiten.Image) {
	u, r := w.place.Unit, w.place.Scatter
	w.c.Pen.Rect(r.X, r.Y, r.W, r.H, w.c.Theme.Paper)
	w.c.Pen.Flush(screen)
	if w.sheet.Field > 1 {
		w.field(screen, scene.Inner(r))
	}
	n := w.sheet.Fakes + w.sheet.Reals
	size := min(3.2*u, r.W/150)
	for k := range n {
		if w.c.Pen.Full() {
			w.c.Pen.Flush(screen)
		}
		i := (k + w.sheet.Fakes) % n // reals first
		p := scene.PointAt(r, w.bytes[2*i], w.bytes[2*i+1])
		if i < w.sheet.Fakes {
			w.c.Pen.Diamond(p.X, p.Y, 1.2*size, mesh.Faint(w.c.Theme.Fake, 0.8))
		} else {
			w.c.Pen.Circle(p.X, p.Y, size, mesh.Faint(w.c.Theme.Real, 0.6))
		}
	}
	if i := w.shownFake(); i < w.sheet.Fakes { // the one in the flow band
		p := scene.PointAt(r, w.bytes[2*i], w.bytes[2*i+1])
		w.c.Pen.Diamond(p.X, p.Y, 1.2*size+4*u, w.c.Theme.Ink)
		w.c.Pen.Diamond(p.X, p.Y, 1.2*size+1.5*u, w.c.Theme.Fake)
	}
	w.c.Pen.Flush(screen)
	w.legend(screen, r)
}

// field draws D's verdicts, smoothed between the places that it was asked about.
func (w *Watch) field(screen *ebiten.Image, r scene.Rect) {
	f := &w.scatter
	if f.image == nil || f.side != w.sheet.Field {
		f.side, f.image = w.sheet.Field, ebiten.NewImage(w.sheet.Field, w.sheet.Field)
	}
	f.rgba = scene.Field(f.rgba, w.sheet, w.bytes, w.c.Theme.Fake, w.c.Theme.Real, w.c.Theme.Paper)
	f.image.WritePixels(f.rgba)
	// The outermost half places lie beyond the square, where the filter would blend them with nothing.
	x, y := r.W/float64(f.side-1), r.H/float64(f.side-1)
	o := &ebiten.DrawImageOptions{Filter: ebiten.FilterLinear}
	o.GeoM.Scale(x, y)
	o.GeoM.Translate(r.X-x/2, r.Y-y/2)
	canvas.Part(screen, r).DrawImage(f.image, o)
}

// legend names the marks, and says how many of the data's modes the generator covers.
func (w *Watch) legend(screen *ebiten.Image, r scene.Rect) {
	u := w.place.Unit
	y := r.Y - 15*u
	w.c.Mark(r.X+5*u, y, 4.5*u, false)
	w.c.Mark(r.X+95*u, y, 4.5*u, true)
	w.c.Pen.Flush(screen)
	w.c.Pen.Write(screen, w.c.Word("Fake", "G(z)"), r.X+16*u, y, 13*u, canvas.Left, w.c.Theme.Ink)
	w.c.Pen.Write(screen, w.c.Word("Real", "x"), r.X+106*u, y, 13*u, canvas.Left, w.c.Theme.Ink)
	if w.modes > 0 {
		says := fmt.Sprintf("%.0f / %.0f", w.covered, w.modes)
		if word := w.c.Only("modes", ""); word != "" {
			says += " " + word
		}
		w.c.Pen.Write(screen, says, r.Right(), y, 13*u, canvas.Right, w.c.Theme.Ink)
	}
}
