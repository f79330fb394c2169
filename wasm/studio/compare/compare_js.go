package compare

import (
	"encoding/json"
	"time"

	"ganvas/core/sample"
	"ganvas/core/wire"
	"ganvas/wasm/bridge"
	"ganvas/wasm/studio/canvas"
)

// rest is at least between two drawings.
const rest = 150 * time.Millisecond

// Compare is the room's state: the page's own run left, the other one right.
type Compare struct {
	c        *canvas.Canvas
	sides    [2]side
	textures [2]canvas.Texture
	other    bool // there is another run
	place    place
	stale    bool
	drawn    time.Time
}

// New is the room before any run.
func New(c *canvas.Canvas) *Compare { return &Compare{c: c} }

// Event implements canvas.Room: the page's own run.
func (r *Compare) Event(e wire.Event) { r.hear(0, e) }

// Tell implements canvas.Room. Topics that begin with "other." bring an event of the other run, "before" its curves up to
// now, and "none" says that there is no other run any more.
func (r *Compare) Tell(topic string, text, bytes []byte) {
	switch topic {
	case "none":
		r.sides[1], r.other = side{}, false
		r.textures[1].Written = false
		r.c.Place()
	case "before":
		var rows [][5]float64
		if json.Unmarshal(text, &rows) == nil {
			r.sides[1].before(rows)
		}
	default:
		var e wire.Event
		if json.Unmarshal(text, &e) != nil || e.Type == "" {
			return
		}
		e.Bytes, r.other = bytes, true
		r.hear(1, e)
	}
	r.stale = true
}

func (r *Compare) hear(i int, e wire.Event) {
	s := &r.sides[i]
	if s.hear(e) {
		r.c.Place()
	}
	if e.Type == wire.Sampled && s.sheet == e.Sheet && s.sheet != nil && s.sheet.Sample.Kind() == sample.Picture {
		r.textures[i].Write(s.sheet, s.bytes)
	}
	r.stale = true
}

// Layout implements canvas.Room.
func (r *Compare) Layout(width float64) float64 {
	r.place = layout(width, r.c.Unit, [2]*wire.Sheet{r.sides[0].sheet, r.sides[1].sheet})
	return r.place.Height
}

// Pointer implements canvas.Room; there is nothing to point at.
func (r *Compare) Pointer(bridge.Pointer) {}

// Grabs implements canvas.Room.
func (r *Compare) Grabs() bool { return false }

type kept struct {
	Run    [2]keptSide
	Others bool
}

type keptSide struct {
	Sheet *wire.Sheet
	Bytes []byte
	Side  json.RawMessage
}

// Keep implements canvas.Room: the runs report anew what is shown here, so that only the pictures of now are worth keeping.
func (r *Compare) Keep() []byte {
	k := kept{Others: r.other}
	for i, s := range r.sides {
		k.Run[i] = keptSide{Sheet: s.sheet, Bytes: s.bytes}
		k.Run[i].Side, _ = json.Marshal(s.run)
	}
	text, err := json.Marshal(k)
	if err != nil {
		return nil
	}
	return text
}

// Restore implements canvas.Room.
func (r *Compare) Restore(text []byte) {
	var k kept
	if json.Unmarshal(text, &k) != nil {
		return
	}
	r.other = k.Others
	for i, s := range k.Run {
		_ = json.Unmarshal(s.Side, &r.sides[i].run)
		r.hear(i, wire.Event{Type: wire.Sampled, Sheet: s.Sheet, Bytes: s.Bytes})
	}
}
