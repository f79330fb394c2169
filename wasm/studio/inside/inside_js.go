package inside

import (
	"encoding/json"
	"fmt"

	"ganvas/core/wire"
	"ganvas/wasm/bridge"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/scene"
)

// Inside is the room's state. What the page tells it changes it and marks what has to be drawn again.
type Inside struct {
	c     *canvas.Canvas
	place place
	width float64

	look    *wire.Inspection
	bytes   []byte
	wishes  *wire.Wishes
	ink     []byte // the wishes' bytes
	channel int    // of a sample, of which they are shown, or together
	way     *wire.Wishes
	wayInk  []byte
	frame   int // of the way

	weights, activations mosaic
	pictures             [2]texture // of the mosaics
	strips               [2]texture
	row                  texture
	big                  [2]texture
	tilesStale, rowStale bool
}

// New is the room before it has been told anything.
func New(c *canvas.Canvas) *Inside { return &Inside{c: c, channel: together} }

// Event implements canvas.Room; the page asks for what the room shows.
func (r *Inside) Event(e wire.Event) {
	if e.Type == wire.Started {
		r.look, r.wishes, r.way = nil, nil, nil
		r.tilesStale, r.rowStale = true, true
	}
}

// Tell implements canvas.Room: an inspection or wishes with their bytes, the channel of which they are shown, the way of a sample that follows or its end,
// and which picture of it to show. What does not agree with its bytes is left out.
func (r *Inside) Tell(topic string, text, bytes []byte) {
	switch topic {
	case "inspection":
		in := &wire.Inspection{}
		if json.Unmarshal(text, in) == nil && in.Network != "" && check(in, len(bytes)) == nil {
			r.look, r.bytes = in, bytes
			r.arrange()
			r.tilesStale, r.rowStale = true, true
		}
	case "wishes":
		w := &wire.Wishes{}
		if json.Unmarshal(text, w) == nil && checkWishes(w, len(bytes)) == nil {
			again := r.wishes == nil || r.wishes.Count != w.Count || r.wishes.Sample != w.Sample
			r.wishes, r.ink, r.rowStale = w, bytes, true
			if again {
				r.c.Place()
			}
		}
	case "channel":
		var k int
		if json.Unmarshal(text, &k) == nil {
			r.channel, r.rowStale = k, true
		}
	case "way":
		w := &wire.Wishes{}
		r.way, r.frame, r.rowStale = nil, 0, true
		if json.Unmarshal(text, w) == nil && w.Count > 0 && checkWishes(w, len(bytes)) == nil {
			r.way, r.wayInk = w, bytes
		}
	case "frame":
		var k int
		if json.Unmarshal(text, &k) == nil && r.way != nil {
			r.frame, r.rowStale = max(0, min(k, r.way.Count-1)), true
		}
	}
}

// arrange lays the pictures of the present layer out.
func (r *Inside) arrange() {
	if r.look == nil || r.place.height == 0 {
		return
	}
	if t := r.look.Weights; t != nil {
		r.weights = arrange(*t, r.place.weights, r.c.Unit)
	}
	if t := r.look.Activations; t != nil {
		r.activations = arrange(*t, r.place.activations, r.c.Unit)
	}
}

// Layout implements canvas.Room.
func (r *Inside) Layout(width float64) float64 {
	count, of := 8, scene.Usual().Sample
	if r.wishes != nil {
		count, of = r.wishes.Count, r.wishes.Sample
	}
	r.width = width
	r.place = layout(width, r.c.Unit, count, of)
	r.arrange()
	return r.place.height
}

// Grabs implements canvas.Room.
func (r *Inside) Grabs() bool { return false }

// Keep implements canvas.Room: the page says everything again.
func (r *Inside) Keep() []byte   { return nil }
func (r *Inside) Restore([]byte) {}

// Pointer implements canvas.Room: it says what is under the pointer; a click on a wish chooses its sample, one on an activation takes that apart.
func (r *Inside) Pointer(p bridge.Pointer) {
	if !p.Inside {
		bridge.CallPage("hover", "")
		return
	}
	bridge.CallPage("hover", r.under(p.X, p.Y))
	if q, ok := r.pixelAt(p.X, p.Y); ok && p.Click {
		canvas.Say("inside", "pixel", fmt.Sprintf(`{"unit":%d,"y":%d,"x":%d}`, q.Unit, q.Y, q.X), nil)
	}
	if i := r.wishAt(p.X, p.Y); i >= 0 && p.Click {
		canvas.Say("inside", "picked", fmt.Sprintf(`{"of":%q,"index":%d}`, r.wishes.Of, i), nil)
	}
}

// pixelAt is the activation at a point: in a vector that is shown in rows, a unit.
func (r *Inside) pixelAt(x, y float64) (q wire.Sum, ok bool) {
	if r.look == nil || r.look.Activations == nil {
		return q, false
	}
	s, ok := r.activations.at(x, y)
	return pixelOf(r.look, s), ok
}

// under is what is under a point, in signs that need no language.
func (r *Inside) under(x, y float64) string {
	if r.look != nil && r.look.Weights != nil {
		if s, ok := r.weights.at(x, y); ok {
			return label("w", r.look.Weights, s, r.weights.values(r.bytes, s))
		}
	}
	if r.look != nil && r.look.Activations != nil {
		if s, ok := r.activations.at(x, y); ok {
			return label("a", r.look.Activations, s, r.activations.values(r.bytes, s))
		}
	}
	if i := r.wishAt(x, y); i >= 0 {
		return fmt.Sprintf("%s %d · D %s · max |dD/dx| %.3g", map[bool]string{true: "x", false: "G(z)"}[r.wishes.Of == "real"], i+1, scene.Score(float64(r.wishes.Scores[i])), r.wishes.Largest[i])
	}
	return ""
}

func (r *Inside) wishAt(x, y float64) int {
	if r.wishes == nil {
		return -1
	}
	if r.place.plane.W > 0 {
		return nearest(arrows(r.place.plane, r.wishes, r.ink), x, y, 14*r.c.Unit)
	}
	for i, at := range r.place.row {
		if i < r.wishes.Count && at.Contains(x, y) {
			return i
		}
	}
	return -1
}

// texture is pictures in the device's memory.
type texture struct {
	canvas.Picture
	rgba []byte
}

// area is the whole of a mosaic.
func area(m *mosaic) scene.Rect {
	return scene.Rect{X: m.X, Y: m.Y, W: float64(m.texW) * m.scale, H: float64(m.texH) * m.scale}
}
