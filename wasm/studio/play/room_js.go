package play

import (
	"encoding/json"
	"math/rand/v2"
	"time"

	"ganvas/core/sample"
	"ganvas/core/wire"
	"ganvas/wasm/bridge"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/scene"
)

// Room is the room's state.
type Room struct {
	c     *canvas.Canvas
	place Place
	sheet *wire.Sheet // what pictures are like; nil before the first
	bytes []byte      // its pictures
	guess bool        // a picture is shown to be guessed, else there is the pad

	pad    *Pad
	pen    Pen
	center bool // D is shown a gray picture as MNIST's are
	hand   bridge.Pointer
	cursor cursor
	fresh  bool // the pad has changed since the page was told
	said   time.Time

	card    []byte // the picture to be guessed; nil between games
	verdict *verdict
	stale   bool
	paint   paint
}

// cursor draws by keys.
type cursor struct {
	shown, down bool
	x, y        float64
}

// verdict is what D, and the judge, make of the picture.
type verdict struct {
	P       float64   `json:"p"`       // or D's score
	PMiddle float64   `json:"pMiddle"` // where D is undecided
	Scores  bool      `json:"scores"`
	Fresh   bool      `json:"fresh"`  // D has learned nothing and says nothing
	Real    *bool     `json:"real"`   // what it is, where that is known
	Shares  []float64 `json:"shares"` // of the ten digits, by the judge
}

// New is the room before any run.
func New(c *canvas.Canvas) *Room {
	return &Room{c: c, center: true, pen: Pen{Colour: [3]uint8{255, 255, 255}}}
}

// Event implements canvas.Room.
func (r *Room) Event(e wire.Event) {
	if e.Type != wire.Sampled || e.Sheet == nil || scene.Check(e.Sheet, len(e.Bytes)) != nil {
		return
	}
	before := r.sheet
	r.sheet, r.bytes = e.Sheet, e.Bytes
	if before != nil && before.Sample == e.Sheet.Sample {
		return
	}
	s := e.Sheet.Sample
	r.card, r.verdict = nil, nil
	if r.pad == nil || r.pad.Shape != s {
		r.pad = NewPad(s)
		r.cursor = cursor{x: float64(s.Width) / 2, y: float64(s.Height) / 2}
	}
	r.c.Place()
}

// points reports whether there are no pictures.
func (r *Room) points() bool { return r.sheet == nil || r.sheet.Sample.Kind() == sample.Point }

// Tell implements canvas.Room.
func (r *Room) Tell(topic string, text, bytes []byte) {
	var d struct {
		verdict
		On     bool
		Key    string
		Colour [3]uint8
	}
	if json.Unmarshal(text, &d) != nil {
		return
	}
	r.stale = true
	switch topic {
	case "guess":
		r.guess, r.verdict = d.On, nil
		r.c.Place()
	case "erase":
		r.pen.Erase = d.On
		r.lift()
	case "colour":
		r.pen.Colour = d.Colour
		r.lift()
	case "center":
		r.center = d.On
		r.changed()
	}
	if r.points() {
		return
	}
	switch topic {
	case "clear":
		r.pad.Clear()
		r.changed()
	case "begin":
		r.begin(d.On)
	case "verdict":
		if string(text) == "null" {
			r.verdict = nil
			return
		}
		v := d.verdict
		if r.guess == (v.Real != nil) {
			r.verdict = &v
		}
	case "card":
		r.card, r.verdict = nil, nil
		if len(bytes) == r.sheet.Sample.Size() {
			r.card = bytes
		}
	case "key":
		r.key(d.Key)
	}
}

// lift ends a stroke, if there is a pad: what is drawn next lies over it.
func (r *Room) lift() {
	if r.pad != nil {
		r.pad.Lift()
	}
}

// begin takes one of the pictures that are shown in the first room onto the pad.
func (r *Room) begin(real bool) {
	first, n := 0, r.sheet.Fakes
	if real {
		first, n = r.sheet.Fakes, r.sheet.Reals
	}
	if n == 0 {
		return
	}
	size := r.sheet.Sample.Size()
	r.pad.Set(r.bytes[(first+rand.IntN(n))*size:][:size])
	r.changed()
}

// changed says that the pad has another picture.
func (r *Room) changed() { r.fresh, r.stale = true, true }

// seen is the picture as D is shown it.
func (r *Room) seen() []byte {
	if r.center && r.pad.Channels == 1 {
		return r.pad.Centered()
	}
	return r.pad.Bytes()
}

// say tells the page what is drawn, not more often than it can ask.
func (r *Room) say() {
	if !r.fresh || time.Since(r.said) < 60*time.Millisecond {
		return
	}
	r.fresh, r.said = false, time.Now()
	if r.pad.Empty() {
		r.verdict = nil
		canvas.Say("play", "drawn", `{"empty":true}`, nil)
		return
	}
	canvas.Say("play", "drawn", `{"empty":false}`, r.seen())
}

// Pointer implements canvas.Room.
func (r *Room) Pointer(p bridge.Pointer) {
	was := r.hand
	r.hand = p
	if r.guess || r.points() || !p.Down {
		return
	}
	x, y := r.place.Pixel(p.X, p.Y)
	if !was.Down {
		if !r.place.Pad.Contains(p.X, p.Y) {
			r.hand.Down = false // a drag that began outside draws nothing
			return
		}
		was = p
		r.pad.Lift()
	}
	fromX, fromY := r.place.Pixel(was.X, was.Y)
	r.pad.Stroke(fromX, fromY, x, y, r.pen)
	r.cursor.shown = false
	r.changed()
}

// key moves the cursor, and draws where the pen is down.
func (r *Room) key(name string) {
	c := &r.cursor
	fromX, fromY := c.x, c.y
	switch name {
	case "ArrowLeft":
		c.x--
	case "ArrowRight":
		c.x++
	case "ArrowUp":
		c.y--
	case "ArrowDown":
		c.y++
	case "Enter":
		c.down = !c.down
		r.pad.Lift()
	}
	c.x, c.y = max(0, min(float64(r.pad.Width), c.x)), max(0, min(float64(r.pad.Height), c.y))
	c.shown = true
	if c.down {
		r.pad.Stroke(fromX, fromY, c.x, c.y, r.pen)
		r.changed()
	}
}

// Layout implements canvas.Room.
func (r *Room) Layout(width float64) float64 {
	if r.points() {
		return 120 * r.c.Unit
	}
	r.place = Arrange(width, r.c.Unit, r.sheet.Sample.Height, r.sheet.Sample.Width, r.guess)
	r.stale = true
	return r.place.Height
}

// Grabs implements canvas.Room; only the pad is dragged over: see Areas.
func (r *Room) Grabs() bool { return false }

// Areas implements canvas.Grabber.
func (r *Room) Areas() []scene.Rect {
	if r.guess || r.points() {
		return nil
	}
	return []scene.Rect{r.place.Pad}
}

// kept is what outlives a reload of the frame.
type kept struct {
	Sample sample.Shape
	Ink    []byte
}

// Keep implements canvas.Room.
func (r *Room) Keep() []byte {
	if r.pad == nil {
		return nil
	}
	text, err := json.Marshal(kept{r.pad.Shape, r.pad.Bytes()})
	if err != nil {
		return nil
	}
	return text
}

// Restore implements canvas.Room.
func (r *Room) Restore(text []byte) {
	var k kept
	if json.Unmarshal(text, &k) != nil || k.Sample.Kind() == sample.Point || len(k.Ink) != k.Sample.Size() || len(k.Ink) == 0 {
		return
	}
	r.sheet = &wire.Sheet{Sample: k.Sample}
	r.pad = NewPad(k.Sample)
	r.pad.Set(k.Ink)
	r.fresh = true
}
