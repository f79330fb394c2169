package latent

import (
	"fmt"
	"image"
	"math"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

const walkTakes = 5 * time.Second // from A to B

// Draw implements canvas.Room. It is also where time passes: the walk goes on, and pictures are asked for.
func (r *Room) Draw(screen *ebiten.Image, whole bool) {
	r.walk()
	r.ask()
	r.say(false)
	if !r.stale && !whole {
		return
	}
	r.stale = false
	r.c.Pen.Clear(screen, scene.Rect{W: float64(screen.Bounds().Dx()), H: r.place.Height}, r.c.Theme.Card)
	switch {
	case r.place.Stops == 0 || r.space.Rows() < 3:
		return
	case r.points():
		r.drawPoints(screen)
		return
	case r.store == nil:
		return
	}
	r.drawField(screen)
	r.drawStrip(screen)
	r.drawHere(screen)
	r.drawFakes(screen)
}

// walk moves the place between A and B, there and back.
func (r *Room) walk() {
	if !r.playing || r.space.Rows() < 3 {
		return
	}
	now := time.Now()
	r.hand.phase = math.Mod(r.phase()+now.Sub(r.played).Seconds()/walkTakes.Seconds(), 2)
	r.played = now
	r.goAlong(min(r.hand.phase, 2-r.hand.phase))
}

// phase is how far the walk is, there from 0 to 1 and back from 1 to 2.
func (r *Room) phase() float64 {
	if t := min(r.hand.phase, 2-r.hand.phase); math.Abs(t-r.space.Walk) < 1e-9 {
		return r.hand.phase
	}
	return r.space.Walk
}

// picture adds a slot's picture, drawn at a place, to the vertices.
func (r *Room) picture(to scene.Rect, slot int, inset float32) {
	x, y := r.atlas.Slot(slot)
	n := uint16(len(r.vertices))
	w, h := float32(r.atlas.Sample.Width*r.atlas.Each), float32(r.atlas.Sample.Height)
	for k := range 4 {
		dx, dy := float32(k%2), float32(k/2)
		r.vertices = append(r.vertices, ebiten.Vertex{DstX: float32(to.X + float64(dx)*to.W), DstY: float32(to.Y + float64(dy)*to.H),
			SrcX: float32(x) + dx*w + inset*(1-2*dx), SrcY: float32(y) + dy*h + inset*(1-2*dy), ColorR: 1, ColorG: 1, ColorB: 1, ColorA: 1})
	}
	r.indices = append(r.indices, n, n+1, n+2, n+1, n+2, n+3)
}

// show draws the pictures that were added.
func (r *Room) show(on *ebiten.Image, filter ebiten.Filter) {
	if len(r.indices) > 0 {
		on.DrawTriangles(r.vertices, r.indices, r.image, &ebiten.DrawTrianglesOptions{Filter: filter})
	}
	r.vertices, r.indices = r.vertices[:0], r.indices[:0]
}

func (r *Room) title(screen *ebiten.Image, x, y float64, words, right string, end float64) {
	u := r.place.Unit
	r.c.Pen.Write(screen, words, x, y-13*u, 13*u, canvas.Left, r.c.Theme.Ink)
	r.c.Pen.Write(screen, right, end, y-13*u, 11*u, canvas.Right, r.c.Theme.Soft)
}

// drawField draws coarse pictures first and finer ones over them, then the anchors and where one is.
func (r *Room) drawField(screen *ebiten.Image) {
	u, f := r.place.Unit, r.place.Field
	r.title(screen, f.X, f.Y, r.c.Only("The plane through A, B and C", "A B C"), "", f.Right())
	on := canvas.Part(screen, f)
	r.c.Pen.Clear(screen, f, r.c.Theme.Paper)
	for _, layer := range r.view.Layers() {
		for _, c := range layer {
			if slot := r.store.Slot(c.Key); slot >= 0 {
				r.picture(scene.Rect{X: c.X - c.W/2, Y: c.Y - c.H/2, W: c.W, H: c.H}, slot, 0.5)
			}
		}
	}
	r.show(on, ebiten.FilterLinear)
	w, h := r.view.Cell(r.view.Level())
	corners := [3][2]float64{{0, 0}, {1, 0}, {0, 1}}
	ax, ay := r.view.Screen(0, 0)
	bx, by := r.view.Screen(1, 0)
	r.c.Pen.Line([]mesh.Point{{X: ax, Y: ay}, {X: bx, Y: by}}, 1.5*u, mesh.Faint(r.c.Theme.Fake, 0.7))
	for _, at := range corners {
		x, y := r.view.Screen(at[0], at[1])
		r.frame(scene.Rect{X: x - w/2, Y: y - h/2, W: w, H: h}, 2*u)
	}
	x, y := r.view.Screen(r.space.U, r.space.V)
	r.c.Pen.Diamond(x, y, 9*u, r.c.Theme.Card)
	r.c.Mark(x, y, 5.5*u, false)
	r.c.Pen.Flush(on)
	for k, at := range corners {
		x, y := r.view.Screen(at[0], at[1])
		r.badge(on, k, x-w/2, y-h/2)
	}
}

// frame strokes a rectangle's inside in the colour of what is fake.
func (r *Room) frame(b scene.Rect, width float64) {
	c := r.c.Theme.Fake
	r.c.Pen.Rect(b.X, b.Y, b.W, width, c)
	r.c.Pen.Rect(b.X, b.Bottom()-width, b.W, width, c)
	r.c.Pen.Rect(b.X, b.Y, width, b.H, c)
	r.c.Pen.Rect(b.Right()-width, b.Y, width, b.H, c)
}

// badge writes an anchor's letter into the upper left corner of its picture.
func (r *Room) badge(on *ebiten.Image, anchor int, x, y float64) {
	u := r.place.Unit
	r.c.Pen.Rect(x, y, 15*u, 15*u, r.c.Theme.Fake)
	r.c.Pen.Flush(on)
	r.c.Pen.Write(on, string(rune('A'+anchor)), x+7.5*u, y+7.5*u, 11*u, canvas.Middle, r.c.Theme.Card)
}

// drawStrip draws the way from A to B, and how far along it one is.
func (r *Room) drawStrip(screen *ebiten.Image) {
	u, s := r.place.Unit, r.place.Strip
	r.title(screen, s.X, s.Y, r.c.Only("The way from A to B", "A - B"), "", s.Right())
	r.c.Pen.Clear(screen, s, r.c.Theme.Paper)
	for i := range r.place.Stops {
		if slot := r.store.Slot(Key{Kind: Strip, I: i}); slot >= 0 {
			r.picture(r.place.Stop(i), slot, 0.5)
		}
	}
	r.show(canvas.Part(screen, s), ebiten.FilterLinear)
	if r.space.OnWay {
		x := r.place.Along(r.space.Walk)
		r.c.Pen.Rect(x-u, s.Y, 2*u, s.H, r.c.Theme.Fake)
		r.c.Mark(x, s.Bottom()+6*u, 5*u, false)
		r.c.Pen.Flush(screen)
	}
}

func (r *Room) drawHere(screen *ebiten.Image) {
	u, h := r.place.Unit, r.place.Here
	r.c.Mark(h.X+5*u, h.Y-13*u, 4.5*u, false)
	at := fmt.Sprintf("%.2f, %.2f", r.space.U, r.space.V)
	if h.W < 140*u {
		at = "" // no room
	}
	r.title(screen, h.X+16*u, h.Y, r.c.Only("Here", "G(z)"), at, h.Right())
	r.c.Pen.Clear(screen, h, r.c.Theme.Paper)
	if slot := r.store.Slot(Key{Kind: Here}); slot >= 0 {
		r.picture(h, slot, 0)
		r.show(screen, ebiten.FilterNearest)
	}
}

// drawFakes draws the fixed noise's images, with the anchors' letters.
func (r *Room) drawFakes(screen *ebiten.Image) {
	u, g := r.place.Unit, r.place.Fakes
	r.c.Mark(g.X+5*u, g.Y-13*u, 4.5*u, false)
	r.title(screen, g.X+16*u, g.Y, r.c.Only("Click a fake to make it", "")+" "+string(rune('A'+r.hand.anchor)), "", g.Right())
	r.fakes.Draw(screen, g, 0, 1)
	for _, row := range r.space.Anchors {
		r.frame(g.Picture(row), 1.5*u)
	}
	r.c.Pen.Flush(screen)
	for k, row := range r.space.Anchors {
		p := g.Picture(row)
		r.c.Pen.Rect(p.X, p.Y, 11*u, 11*u, r.c.Theme.Fake)
		r.c.Pen.Flush(screen)
		r.c.Pen.Write(screen, string(rune('A'+k)), p.X+5.5*u, p.Y+5.5*u, 9*u, canvas.Middle, r.c.Theme.Card)
	}
}

// part is a rectangle of an image.
func part(of *ebiten.Image, x, y, w, h int) *ebiten.Image {
	return of.SubImage(image.Rect(x, y, x+w, y+h)).(*ebiten.Image)
}
