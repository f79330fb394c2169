package plane

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/wire"
	"ganvas/wasm/bridge"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/pace"
	"ganvas/wasm/studio/scene"
)

const (
	quickest = 50 * time.Millisecond  // from one game to the next
	slowest  = 350 * time.Millisecond // which is what a single update takes
)

// Room is the room's state.
type Room struct {
	c     *canvas.Canvas
	place place
	high  float64 // CSS pixels that the window has for the drawing, 0 where that is not known
	run   chart.Run
	show  map[string]bool // what is drawn, by its name

	from, to, now *game // what moves, where to, and what is shown; nil before the first
	began         time.Time
	over          time.Duration
	arrived       time.Time
	pace          pace.Pace

	cursor  bridge.Pointer
	hovered unit
	pinned  unit
	drawing bool // the visitor draws points
	ink     ink
	keys    bool // the pen is moved by keys

	plane, chart bool // are stale
	drawn        time.Time
	ramp         struct {
		theme  string
		shades []float32
		rgba   []byte
		image  *ebiten.Image
		side   int
	}
	maps struct {
		canvas.Picture
		rgba  []byte
		stale bool
	}
}

// New is the room before any run.
func New(c *canvas.Canvas) *Room {
	return &Room{c: c, hovered: none, pinned: none, show: map[string]bool{"real": true, "fake": true, "field": true, "arrows": true, "losses": true}}
}

// Event implements canvas.Room.
func (r *Room) Event(e wire.Event) {
	switch e.Type {
	case wire.Started:
		if !e.Continues {
			r.run = chart.Run{}
		}
		r.pinned, r.chart = none, true
	case wire.Stepped:
		r.run.Add(e)
		r.chart = true
	}
}

// Tell implements canvas.Room: a game or its end, what is shown of it, how much height there is, and what the pen does.
func (r *Room) Tell(topic string, text, bytes []byte) {
	r.plane = true
	switch topic {
	case "game":
		var w wire.Plane
		if json.Unmarshal(text, &w) != nil || w.Field == 0 {
			r.from, r.to, r.now = nil, nil, nil
			r.c.Place()
			return
		}
		if g, err := read(w, bytes); err == nil {
			r.take(g)
		}
	case "show":
		_ = json.Unmarshal(text, &r.show)
		r.chart = true
	case "high":
		_ = json.Unmarshal(text, &r.high)
		r.c.Place()
	case "draw":
		_ = json.Unmarshal(text, &r.drawing)
		r.ink.down = false
		r.c.Place()
	case "clear":
		r.ink = ink{x: r.ink.x, y: r.ink.y}
		r.told()
	case "key":
		var key string
		_ = json.Unmarshal(text, &key)
		r.key(key)
	}
}

// take begins to move to another game.
func (r *Room) take(g *game) {
	now := time.Now()
	again := r.to == nil || fmt.Sprint(r.to.Units) != fmt.Sprint(g.Units)
	r.over = max(quickest, min(slowest, now.Sub(r.arrived)))
	r.arrived, r.began, r.maps.stale = now, now, true
	still := r.c.Look.ReducedMotion || r.pace.Slow() || !alike(r.now, g)
	if r.to = g; still {
		r.from, r.now = nil, g
	} else {
		r.from = &game{Plane: r.now.Plane, values: append([]float32(nil), r.now.values...), maps: r.now.maps}
		r.now = &game{Plane: g.Plane, values: append([]float32(nil), r.now.values...), maps: g.maps}
	}
	if again {
		r.c.Place()
	}
}

// move brings what is shown to where it is now, and reports whether it has not arrived.
func (r *Room) move() bool {
	if r.from == nil {
		return false
	}
	t := float32(time.Since(r.began)) / float32(r.over)
	if t >= 1 {
		r.from, r.now = nil, r.to
		return false
	}
	between(r.now.values, r.from.values, r.to.values, t)
	return true
}

// Layout implements canvas.Room.
func (r *Room) Layout(width float64) float64 {
	var w *wire.Plane
	if r.to != nil {
		w = &r.to.Plane
	}
	r.place = layout(width, r.c.Unit, r.high, w)
	r.plane, r.chart = true, true
	r.places()
	return r.place.height
}

// places tells the page where its words go, in CSS pixels.
func (r *Room) places() {
	u, at := r.c.Unit, map[string][3]float64{}
	for i, row := range r.place.maps {
		at[fmt.Sprint("units", i)] = [3]float64{row[0].X / u, (row[0].Y - math.Round(head*u)) / u, (r.place.chart.Right() - row[0].X) / u}
	}
	at["losses"] = [3]float64{r.place.chart.X / u, r.place.chart.Y / u, r.place.chart.W / u}
	text, err := json.Marshal(at)
	if err != nil {
		panic("plane: places are always numbers")
	}
	canvas.Say("plane", "places", string(text), nil)
}

// shownUnit is the unit whose map lies over the plane, none for D's own field.
func (r *Room) shownUnit() unit {
	if r.hovered != none {
		return r.hovered
	}
	return r.pinned
}

// Pointer implements canvas.Room: it shows the map of the unit under it, which a click keeps; in the square it says D's verdict,
// or draws.
func (r *Room) Pointer(p bridge.Pointer) {
	was := r.cursor
	r.cursor = p
	over := none
	if p.Inside {
		over = r.place.unitAt(p.X, p.Y)
	}
	if p.Click && over != none {
		if r.pinned == over {
			over, r.pinned = none, none
		} else {
			r.pinned = over
		}
	}
	if over != r.hovered || p.Click {
		r.hovered, r.plane = over, true
		r.sayUnit()
	}
	inside := p.Inside && r.place.square.Contains(p.X, p.Y)
	x, y := r.place.point(p.X, p.Y)
	if r.drawing && (inside || was.Down && r.ink.down) {
		r.keys = false
		n := len(r.ink.points)
		r.ink.move(x, y, p.Down)
		if len(r.ink.points) != n {
			r.told()
		}
		r.plane = true
	}
	says := ""
	if inside && r.now != nil && !r.now.Fresh && !r.drawing {
		says = fmt.Sprintf("x %.2f, %.2f · D ", x, y) + r.words(r.now.verdict(x, y))
	}
	bridge.CallPage("hover", says)
}

// words are D's verdict of a logit less the undecided one.
func (r *Room) words(logit float64) string {
	scale := scene.Scale{Scores: r.now.Scores}
	if r.now.Scores {
		return scale.Words(logit + r.now.Middle)
	}
	return scale.Words(1 / (1 + math.Exp(-logit-r.now.Middle)))
}

func (r *Room) sayUnit() {
	u := r.shownUnit()
	canvas.Say("plane", "unit", fmt.Sprintf(`{"layer":%d,"index":%d}`, u.layer, u.index), nil)
}

// told tells the page what is drawn.
func (r *Room) told() {
	b := make([]byte, 0, 4*len(r.ink.points))
	for _, v := range r.ink.points {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	canvas.Say("plane", "drawn", fmt.Sprintf(`{"n":%d}`, len(r.ink.points)/2), b)
}

// key moves the pen, and puts it down or lifts it.
func (r *Room) key(name string) {
	dx, dy := 0.0, 0.0
	switch name {
	case "ArrowLeft":
		dx = -keyStep
	case "ArrowRight":
		dx = keyStep
	case "ArrowUp":
		dy = keyStep
	case "ArrowDown":
		dy = -keyStep
	case "Enter":
		down := !r.ink.down
		r.ink.down = false
		r.ink.move(r.ink.x, r.ink.y, down)
		r.told()
	}
	r.keys = true
	if dx != 0 || dy != 0 {
		n := len(r.ink.points)
		r.ink.move(r.ink.x+dx, r.ink.y+dy, r.ink.down)
		if len(r.ink.points) != n {
			r.told()
		}
	}
}

// Grabs implements canvas.Room; only the square is dragged over, while the visitor draws: see Areas.
func (r *Room) Grabs() bool { return false }

// Areas implements canvas.Grabber.
func (r *Room) Areas() []scene.Rect {
	if !r.drawing {
		return nil
	}
	return []scene.Rect{r.place.square}
}

// Keep implements canvas.Room: the page says the rest again.
func (r *Room) Keep() []byte {
	text, err := json.Marshal(struct {
		Run chart.Run
		Ink []float32
	}{r.run, r.ink.points})
	if err != nil {
		return nil
	}
	return text
}

// Restore implements canvas.Room.
func (r *Room) Restore(text []byte) {
	var k struct {
		Run chart.Run
		Ink []float32
	}
	if json.Unmarshal(text, &k) == nil && len(k.Ink)%2 == 0 {
		r.run, r.ink.points = k.Run, k.Ink
	}
}
