package latent

import (
	"encoding/json"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	noise "ganvas/core/latent"
	"ganvas/core/sample"
	"ganvas/core/wire"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/scene"
)

// Room is the room's state: what is shown of the space, which pictures of it there are, and what the pointer does.
type Room struct {
	c     *canvas.Canvas
	space Space
	view  View
	place Place

	text     string // digits that every picture is of; "" for a generator that was not told any
	atlas    Atlas
	store    *Store
	image    *ebiten.Image
	rgba     []byte
	vertices []ebiten.Vertex // of pictures to be drawn
	indices  []uint16

	run    int // the run's step
	pace   Pace
	sheet  *wire.Sheet
	bytes  []byte
	fakes  canvas.Texture
	stale  bool
	asking asking
	landed landed // of a run on points
	hand   hand

	playing bool
	played  time.Time // when the walk was moved last
	told    time.Time // when the page was told of the place last
	moved   bool      // and has not been told since
	turns   int       // how often what is here has become another
}

// New is the room before any run.
func New(c *canvas.Canvas) *Room { return &Room{c: c} }

// Event implements canvas.Room.
func (r *Room) Event(e wire.Event) {
	switch e.Type {
	case wire.Started:
		r.forget()
		r.run = e.Step
	case wire.Stepped:
		r.run = e.Step
	case wire.Sampled:
		if e.Sheet == nil || scene.Check(e.Sheet, len(e.Bytes)) != nil {
			return
		}
		r.run = e.Step
		other := r.sheet == nil || !scene.SameForm(r.sheet, e.Sheet)
		r.sheet, r.bytes, r.stale = e.Sheet, e.Bytes, true
		if e.Sheet.Sample.Kind() == sample.Picture {
			r.fakes.Write(e.Sheet, e.Bytes)
		}
		if other {
			r.forget()
			r.c.Place()
		}
	}
}

// forget throws all pictures away: they are of another generator, or of other digits.
func (r *Room) forget() {
	r.store, r.landed, r.pace, r.stale = nil, landed{}, Pace{}, true
	r.asking.drop()
}

// Tell implements canvas.Room.
func (r *Room) Tell(topic string, text, bytes []byte) {
	var d struct {
		ID       int
		MS       float64
		Failed   bool
		Values   int
		Labels   []int32
		Text     string
		Anchor   int
		Row      int
		T        float64
		I        int
		Value    float32
		On       bool
		Key      string
		What     string
		Pictures int
	}
	if json.Unmarshal(text, &d) != nil {
		return
	}
	switch topic {
	case "made":
		r.made(d.ID, d.MS, d.Failed, bytes)
		return
	case "noise":
		values, err := noise.Values(bytes, max(1, d.Values))
		if err == nil && r.space.Take(values, d.Values, d.Labels) {
			r.view.Scale = 0
			r.c.Place()
			r.say(true)
		}
		r.forget()
		return
	case "write":
		if d.Text != r.text {
			r.text = d.Text
			r.forget()
			r.c.Place()
		}
		return
	}
	if r.space.Rows() < 3 {
		return
	}
	switch topic {
	case "anchor":
		if d.Row >= 0 && d.Row < r.space.Rows() && d.Anchor >= 0 && d.Anchor < 3 {
			r.choose(d.Anchor, d.Row)
		}
	case "walk":
		r.goAlong(max(0, min(1, d.T)))
	case "value":
		r.space.Turn(d.I, d.Value)
		r.here()
	case "back":
		r.space.Back()
		r.here()
	case "play":
		r.playing, r.played = d.On, time.Now()
	case "key":
		r.key(d.Key)
	case "export":
		r.export(d.What, d.Pictures)
	}
}

// choose makes a fake an anchor: the whole plane is another.
func (r *Room) choose(anchor, row int) {
	r.space.Choose(anchor, row)
	if r.store != nil {
		for _, kind := range []Kind{Field, Strip, Here} {
			r.store.Spoil(kind)
		}
	}
	r.asking.drop()
	r.here()
}

// here has the picture that is here made anew.
func (r *Room) here() {
	if r.store != nil {
		r.store.Spoil(Here)
	}
	r.turns++
	r.stale, r.moved = true, true
}

func (r *Room) goAlong(t float64) {
	r.space.GoAlong(t)
	r.here()
}

// say tells the page where one is, with the noise of it; not more often than it can show.
func (r *Room) say(now bool) {
	if r.space.Rows() < 3 || !now && (!r.moved || time.Since(r.told) < 80*time.Millisecond) {
		return
	}
	r.moved, r.told = false, time.Now()
	text, err := json.Marshal(map[string]any{"u": r.space.U, "v": r.space.V, "walk": r.space.Walk, "onWay": r.space.OnWay,
		"anchors": r.space.Anchors, "next": r.hand.anchor, "turned": r.space.Turned(), "rows": r.space.Rows()})
	if err == nil {
		canvas.Say("latent", "place", string(text), noise.Bytes(r.space.Of([]Key{{Kind: Here}}, r.place.Stops)))
	}
}

// Layout implements canvas.Room.
func (r *Room) Layout(width float64) float64 {
	u := r.c.Unit
	switch {
	case r.sheet == nil:
		r.place = Place{Unit: u, Height: 120 * u}
		return r.place.Height
	case r.points():
		r.place = ArrangePoints(width, u)
		r.view.Place(r.place.Field, tile*u, 1)
		r.stale = true
		return r.place.Height
	}
	aspect := float64(max(1, len(r.text))*r.sheet.Sample.Width) / float64(r.sheet.Sample.Height)
	r.place = Arrange(width, u, aspect, r.sheet.Sample, r.sheet.Fakes)
	r.view.Place(r.place.Field, r.place.Least(), aspect)
	r.stale = true
	return r.place.Height
}

// Grabs implements canvas.Room; only parts of it are dragged: see Areas.
func (r *Room) Grabs() bool { return false }

// Areas implements canvas.Grabber.
func (r *Room) Areas() []scene.Rect {
	if r.place.Stops == 0 {
		return nil
	}
	return []scene.Rect{r.place.Field, r.place.Strip}
}

// kept is what outlives a reload of the frame.
type kept struct {
	Space Space
	View  View
	Sheet *wire.Sheet
	Bytes []byte
}

// Keep implements canvas.Room.
func (r *Room) Keep() []byte {
	text, err := json.Marshal(kept{r.space, r.view, r.sheet, r.bytes})
	if err != nil {
		return nil
	}
	return text
}

// Restore implements canvas.Room.
func (r *Room) Restore(text []byte) {
	var k kept
	if json.Unmarshal(text, &k) != nil {
		return
	}
	r.space, r.view = k.Space, k.View
	r.Event(wire.Event{Type: wire.Sampled, Sheet: k.Sheet, Bytes: k.Bytes})
}
