package watch

import (
	"encoding/json"
	"time"

	"ganvas/core/sample"
	"ganvas/core/wire"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/pace"
	"ganvas/wasm/studio/scene"
)

const (
	fade      = 180 * time.Millisecond // from one sheet to the next
	chartRest = 200 * time.Millisecond // at least between two drawings of the curves
)

// Watch is the room's state. Events change it and mark what has to be drawn again.
type Watch struct {
	c     *canvas.Canvas
	run   chart.Run
	sheet *wire.Sheet
	bytes []byte
	place scene.Scene
	high  float64 // CSS pixels that the window has for the drawing, 0 where that is not known
	says  string  // in the page, of what is under the pointer
	read  string  // and of what is read off the curves

	noise    []byte              // of the fixed fakes, a byte a value
	choice   choice              // which samples the band shows
	lit      map[scene.Part]bool // of the band, nil for all alike
	view     chart.View
	losses   bool     // the chart shows losses, not verdicts
	classes  []string // names of the data's classes, "" for one that has only its number
	scores   bool     // D gives scores, not probabilities
	motion   motion
	pace     pace.Pace
	followed bool // by another frame at once

	pictures                          pictures
	scatter                           scatter
	covered, modes                    float64 // of points, as measured last; 0 of 0 before
	flowStale, stageStale, chartStale bool
	flowDue                           time.Time // when the band will have changed by itself, zero for never
	chartDrawn                        time.Time
	faded                             time.Time // when the fade that goes on began
}

var longAgo = time.Time{}

func now() time.Time { return time.Now() }

// New is the room before any run.
func New(c *canvas.Canvas) *Watch {
	return &Watch{c: c, view: chart.View{Part: 1, At: -1}, choice: choice{hoverFake: -1, hoverReal: -1}}
}

// Event implements canvas.Room.
func (w *Watch) Event(e wire.Event) {
	switch e.Type {
	case wire.Started:
		if !e.Continues {
			w.run = chart.Run{}
		}
		w.scores = e.Scores
		if e.Bytes != nil {
			w.noise = e.Bytes
		}
		w.covered, w.modes = 0, 0
		w.chartStale, w.flowStale = true, true
	case wire.Stepped:
		w.run.Add(e)
		w.chartStale = true
		w.learned(e)
	case wire.Updated, wire.Paused:
		w.learned(e)
	case wire.Measured:
		w.covered, w.modes = e.Metrics["covered"], e.Metrics["modes"]
		w.stageStale = w.stageStale || w.place.Points
	case wire.Sampled:
		w.sampled(e.Sheet, e.Bytes)
	}
}

// sampled takes a new sheet over; a malformed one is left out.
func (w *Watch) sampled(sheet *wire.Sheet, bytes []byte) {
	if sheet == nil || scene.Check(sheet, len(bytes)) != nil {
		return
	}
	quick := time.Since(w.faded) < 2*fade
	same := w.sheet != nil && scene.SameForm(w.sheet, sheet)
	w.sheet, w.bytes, w.scores = sheet, bytes, sheet.Scores
	if sheet.Sample.Kind() == sample.Picture {
		w.pictures.show(sheet, bytes, same && !quick && !w.c.Look.ReducedMotion && !w.pace.Slow())
	}
	w.faded = time.Now()
	if !same {
		w.c.Place()
	}
	w.stageStale, w.flowStale = true, true
}

// Layout implements canvas.Room.
func (w *Watch) Layout(width float64) float64 {
	w.place = scene.Layout(width, w.c.Unit, w.high, w.sheet)
	w.places()
	return w.place.Height
}

// Grabs implements canvas.Room.
func (w *Watch) Grabs() bool { return false }

type kept struct {
	Run    chart.Run
	Sheet  *wire.Sheet
	Bytes  []byte
	Noise  []byte
	Choice choice
}

// Keep implements canvas.Room.
func (w *Watch) Keep() []byte {
	text, err := json.Marshal(kept{w.run, w.sheet, w.bytes, w.noise, w.choice})
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
	w.run, w.noise = k.Run, k.Noise
	w.choice.Fake, w.choice.Real = k.Choice.Fake, k.Choice.Real
	w.sampled(k.Sheet, k.Bytes)
}
