package watch

import (
	"encoding/json"
	"fmt"
	"time"

	"ganvas/core/wire"
	"ganvas/wasm/bridge"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/scene"
)

const (
	fade      = 180 * time.Millisecond // from one sheet to the next
	chartRest = 200 * time.Millisecond // at least between two drawings of the curves
)

// Watch is the room's state. Events change it and mark what has to be drawn again.
type Watch struct {
	c      *canvas.Canvas
	run    chart.Run
	sheet  *wire.Sheet
	bytes  []byte
	place  scene.Scene
	cursor bridge.Pointer

	pictures                pictures
	stageStale, chartsStale bool
	chartsDrawn             time.Time
	faded                   time.Time // when the fade that goes on began
}

// New is the room before any run.
func New(c *canvas.Canvas) *Watch { return &Watch{c: c} }

// Event implements canvas.Room.
func (w *Watch) Event(e wire.Event) {
	switch e.Type {
	case wire.Started:
		if e.Step == 0 {
			w.run = chart.Run{}
		}
		w.chartsStale = true
	case wire.Stepped:
		w.run.Add(e.Step, e.Points)
		w.chartsStale = true
	case wire.Sampled:
		w.sampled(e.Sheet, e.Bytes)
	}
}

// Tell implements canvas.Room; the page has nothing to say to this one.
func (w *Watch) Tell(string, []byte, []byte) {}

// sampled takes a new sheet over; a malformed one is left out.
func (w *Watch) sampled(sheet *wire.Sheet, bytes []byte) {
	if sheet == nil || scene.Check(sheet, len(bytes)) != nil {
		return
	}
	quick := time.Since(w.faded) < 2*fade
	same := w.sheet != nil && scene.SameForm(w.sheet, sheet)
	w.sheet, w.bytes = sheet, bytes
	if !scene.IsPoints(sheet) {
		w.pictures.show(sheet, bytes, same && !quick && !w.c.Look.ReducedMotion)
	}
	w.faded = time.Now()
	if !same {
		w.c.Place()
	}
	w.stageStale = true
}

// Layout implements canvas.Room.
func (w *Watch) Layout(width float64) float64 {
	w.place = scene.Layout(width, w.c.Unit, w.sheet)
	return w.place.Height
}

// Grabs implements canvas.Room.
func (w *Watch) Grabs() bool { return false }

// Pointer implements canvas.Room.
func (w *Watch) Pointer(p bridge.Pointer) {
	before := w.cursor
	w.cursor = p
	overChart := func(p bridge.Pointer) bool {
		return p.Inside && (w.place.Charts[0].Contains(p.X, p.Y) || w.place.Charts[1].Contains(p.X, p.Y))
	}
	if overChart(p) || overChart(before) {
		w.chartsStale, w.chartsDrawn = true, time.Time{}
	}
	w.tell(p)
}

// tell says in the page what is under the pointer.
func (w *Watch) tell(p bridge.Pointer) {
	if w.sheet == nil || !p.Inside {
		bridge.CallPage("hover", "")
		return
	}
	if i := w.place.Fakes.At(p.X, p.Y); i >= 0 {
		bridge.CallPage("hover", fmt.Sprintf("G(z) %d · D %.2f", i+1, w.sheet.FakeScores[i]))
		if p.Click {
			canvas.Say("watch", "picked", fmt.Sprintf(`{"fake":%d}`, i), nil)
		}
		return
	}
	if i := w.place.Reals.At(p.X, p.Y); i >= 0 {
		bridge.CallPage("hover", fmt.Sprintf("x %d · D %.2f", i+1, w.sheet.RealScores[i]))
		return
	}
	bridge.CallPage("hover", "")
}

type kept struct {
	Run   chart.Run
	Sheet *wire.Sheet
	Bytes []byte
}

// Keep implements canvas.Room.
func (w *Watch) Keep() []byte {
	text, err := json.Marshal(kept{w.run, w.sheet, w.bytes})
	if err != nil {
		return nil
	}
	return text
}

// Restore implements canvas.Room.
func (w *Watch) Restore(text []byte) {
	var k kept
	if json.Unmarshal(text, &k) != nil {
		return
	}
	w.run = k.Run
	w.sampled(k.Sheet, k.Bytes)
}
