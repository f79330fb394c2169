package latent

import (
	"encoding/json"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	noise "ganvas/core/latent"
	"ganvas/core/sample"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/mesh"
)

// landed is where the generator of a run on points puts what is shown of the plane.
type landed struct {
	lattice Lattice
	at      []float32 // x and y of the lattice's crossings, the way from A to B, the anchors, and what is here
	step    int       // of the run
	turns   int       // of the room
}

// points reports whether the run is on points of the plane.
func (r *Room) points() bool { return r.sheet != nil && r.sheet.Sample.Kind() == sample.Point }

// places are everything whose points are shown: the lattice's crossings, then the way, the anchors and what is here.
func (r *Room) places(l Lattice) []Key {
	keys := l.Keys()
	for i := range r.place.Stops {
		keys = append(keys, Key{Kind: Strip, I: i})
	}
	return append(keys, Tile(0, 0, 0), Tile(1, 0, 0), Tile(0, 1, 0), Key{Kind: Here})
}

// askPoints asks where the lattice lands, if what is known is of another lattice, place or step.
func (r *Room) askPoints() {
	now, l := time.Now(), r.view.Lattice()
	step := r.pace.Step(now, r.run)
	if r.landed.at != nil && r.landed.lattice == l && r.landed.turns == r.turns && r.landed.step >= step {
		r.pace.Done(now)
		return
	}
	r.asking.id++
	r.asking.keys, r.asking.step, r.asking.turns, r.asking.lattice = r.places(l), r.run, r.turns, l
	text, err := json.Marshal(map[string]any{"id": r.asking.id, "format": "float", "text": r.text})
	if err == nil {
		canvas.Say("latent", "want", string(text), noise.Bytes(r.space.Of(r.asking.keys, r.place.Stops)))
	}
}

// land takes the points that were asked for.
func (r *Room) land(bytes []byte) bool {
	at, err := noise.Values(bytes, 2)
	if err != nil || len(at) != 2*len(r.asking.keys) {
		return false
	}
	r.landed = landed{r.asking.lattice, at, r.asking.step, r.asking.turns}
	return true
}

// drawPoints draws the plane of noise with its lattice, and the points that the generator makes of it.
func (r *Room) drawPoints(screen *ebiten.Image) {
	u, f := r.place.Unit, r.place.Field
	r.title(screen, f.X, f.Y, r.c.Only("Noise: the plane through A, B and C", "z   A B C"), "", f.Right())
	on := canvas.Part(screen, f)
	r.c.Pen.Clear(screen, f, r.c.Theme.Paper)
	l := r.view.Lattice()
	at := func(u, v float64) mesh.Point {
		x, y := r.view.Screen(u, v)
		return mesh.Point{X: x, Y: y}
	}
	var crossings, way []mesh.Point
	for _, k := range l.Keys() {
		crossings = append(crossings, at(k.UV()))
	}
	for i := range r.place.Stops {
		way = append(way, at(float64(i)/float64(r.place.Stops-1), 0))
	}
	r.bent(on, l, crossings, way, [3]mesh.Point{at(0, 0), at(1, 0), at(0, 1)}, at(r.space.U, r.space.V))
	r.drawLanded(screen, u)
}

// drawLanded draws real points, and over them where the lattice lands.
func (r *Room) drawLanded(screen *ebiten.Image, u float64) {
	m := r.place.Points
	r.c.Mark(m.X+5*u, m.Y-13*u, 4.5*u, false)
	r.c.Pen.Flush(screen)
	r.title(screen, m.X+16*u, m.Y, r.c.Only("Where the generator puts it, among real points", "G(z), x"), "", m.Right())
	r.c.Pen.Clear(screen, m, r.c.Theme.Paper)
	on := canvas.Part(screen, m)
	for i := r.sheet.Fakes; i < r.sheet.Fakes+r.sheet.Reals; i++ {
		p := r.place.Mapped(float32(r.bytes[2*i])/127.5-1, float32(r.bytes[2*i+1])/127.5-1)
		r.c.Pen.Circle(p.X, p.Y, 3*u, mesh.Faint(r.c.Theme.Real, 0.7))
	}
	r.c.Pen.Flush(on)
	l := r.landed.lattice
	n := l.columns() * l.rows()
	if len(r.landed.at) != 2*(n+r.place.Stops+4) {
		return
	}
	var all []mesh.Point
	for i := 0; i < len(r.landed.at); i += 2 {
		all = append(all, r.place.Mapped(r.landed.at[i], r.landed.at[i+1]))
	}
	rest := all[n+r.place.Stops:]
	r.bent(on, l, all[:n], all[n:][:r.place.Stops], [3]mesh.Point(rest[:3]), rest[3])
}

// bent draws a lattice whose crossings lie at those points, the way from A to B, the anchors and what is here.
func (r *Room) bent(on *ebiten.Image, l Lattice, crossings, way []mesh.Point, anchors [3]mesh.Point, here mesh.Point) {
	u := r.place.Unit
	for _, path := range l.Lines(crossings) {
		r.c.Pen.Line(path, u, mesh.Faint(r.c.Theme.Fake, 0.4))
		if r.c.Pen.Full() {
			r.c.Pen.Flush(on)
		}
	}
	r.c.Pen.Line(way, 2.5*u, r.c.Theme.Fake)
	r.c.Pen.Diamond(here.X, here.Y, 9*u, r.c.Theme.Card)
	r.c.Mark(here.X, here.Y, 5.5*u, false)
	r.c.Pen.Flush(on)
	for k, p := range anchors {
		r.badge(on, k, p.X-20*u, p.Y-20*u)
	}
}
