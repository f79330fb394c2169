package canvas

import (
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/wire"
	"ganvas/wasm/bridge"
	"ganvas/wasm/studio/palette"
	"ganvas/wasm/studio/scene"
)

// Canvas is what every room draws with.
type Canvas struct {
	Pen   *Pen
	Theme palette.Palette
	Look  bridge.Look
	Unit  float64 // device pixels in a CSS pixel

	// Place has the open room placed anew before the next frame: its height may have changed.
	Place func()
}

// Room is one of the drawings that take turns on the screen. Its functions run one after the other and must not block.
// Lengths are in device pixels.
type Room interface {
	// Event is told everything that the run reports, whether the room is open or not.
	Event(e wire.Event)
	// Tell is what the page's part of this room says to it: a topic, JSON, and bytes that are the room's to keep.
	Tell(topic string, json, bytes []byte)
	// Layout places everything in a window of that width and returns the height that it takes.
	Layout(width float64) (height float64)
	// Draw draws what is stale; with whole, everything, on a screen that has just been filled with the card's colour.
	Draw(screen *ebiten.Image, whole bool)
	// Pointer is where the pointer is, and what it does there. It is told that the pointer has left when the room closes.
	Pointer(p bridge.Pointer)
	// Grabs reports whether dragging with a finger is the room's and does not scroll the page.
	Grabs() bool
	// Keep is what outlives a reload of the frame, nil where that is nothing; Restore takes it back.
	Keep() []byte
	Restore(kept []byte)
}

// Grabber is a Room of which only parts are dragged with a finger; elsewhere that scrolls the page. They may change with
// the layout.
type Grabber interface{ Areas() []scene.Rect }

// Zoomer is a Room that can be zoomed by wheel and by two fingers. It reports whether the point was its to zoom at.
type Zoomer interface {
	Zoom(x, y, factor float64) bool
}

// Sleeper is a room that need not be drawn at every frame. Others are.
type Sleeper interface {
	// Sleeps is for how long nothing has to be drawn if nothing happens: 0 for the next frame, < 0 for ever.
	Sleeps() time.Duration
}

// Say tells the page's part of a room something, with bytes beside it, nil for none.
func Say(room, topic string, json string, bytes []byte) {
	if bytes == nil {
		bridge.CallPage("heard", room, topic, json)
		return
	}
	bridge.CallPage("heard", room, topic, json, bridge.Array(bytes))
}

// Word is a title in the page's language, and its symbol behind it.
func (c *Canvas) Word(english, symbol string) string {
	if says := c.Only(english, ""); says != "" {
		return says + "  " + symbol
	}
	return symbol
}

// Only is a word in the page's language, or else a symbol in its place.
func (c *Canvas) Only(english, symbol string) string {
	if c.Look.Lang == "" || c.Look.Lang == "en" {
		return english
	}
	if says := c.Look.Words[english]; says != "" {
		return says
	}
	return symbol
}

// Mark is a kind's colour and shape: a circle for what is real, a diamond for what is fake.
func (c *Canvas) Mark(x, y, r float64, real bool) {
	if real {
		c.Pen.Circle(x, y, r, c.Theme.Real)
		return
	}
	c.Pen.Diamond(x, y, r*1.2, c.Theme.Fake)
}
