package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/wire"
	"ganvas/wasm/bridge"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/palette"
	"ganvas/wasm/studio/scene"
)

const (
	fade      = 180 * time.Millisecond // from one sheet to the next
	settle    = 2                      // frames drawn whole after Ebiten has made a new, empty screen
	chartRest = 200 * time.Millisecond // at least between two drawings of the curves
)

// studio is the drawing's state. Events change it and mark what has to be drawn again; Draw draws only that.
type studio struct {
	run    chart.Run
	sheet  *wire.Sheet
	bytes  []byte
	theme  palette.Palette
	style  bridge.Look
	place  scene.Scene
	size   [2]float64 // the screen's, in device pixels
	told   float64    // the height the page knows, in CSS pixels
	cursor bridge.Pointer

	pictures pictures
	pen      *pen

	settling                int // frames to be drawn whole
	stageStale, chartsStale bool
	chartsDrawn             time.Time
	faded                   time.Time // when the fade that goes on began
}

func newStudio() *studio {
	return &studio{theme: palette.Of("light"), pen: newPen(), settling: settle}
}

func (s *studio) event(e wire.Event) {
	switch e.Type {
	case wire.Started:
		if e.Step == 0 {
			s.run = chart.Run{}
		}
		s.chartsStale = true
	case wire.Stepped:
		s.run.Add(e.Step, e.Points)
		s.chartsStale = true
	case wire.Sampled:
		s.sampled(e.Sheet, e.Bytes)
	}
}

// sampled takes a new sheet over; a malformed one is left out.
func (s *studio) sampled(sheet *wire.Sheet, bytes []byte) {
	if sheet == nil || scene.Check(sheet, len(bytes)) != nil {
		return
	}
	quick := time.Since(s.faded) < 2*fade
	same := s.sheet != nil && scene.SameForm(s.sheet, sheet)
	s.sheet, s.bytes = sheet, bytes
	if !scene.IsPoints(sheet) {
		s.pictures.show(sheet, bytes, same && !quick && !s.style.ReducedMotion)
	}
	s.faded = time.Now()
	if !same {
		s.place.Width = 0 // placed anew
	}
	s.stageStale = true
}

func (s *studio) look(l bridge.Look) {
	s.style, s.theme = l, palette.Of(l.Theme)
	s.settling = settle
}

func (s *studio) pointer(p bridge.Pointer) {
	u := max(s.place.Unit, 1)
	p.X, p.Y = p.X*u, p.Y*u
	before := s.cursor
	s.cursor = p
	overChart := func(p bridge.Pointer) bool {
		return p.Inside && (s.place.Charts[0].Contains(p.X, p.Y) || s.place.Charts[1].Contains(p.X, p.Y))
	}
	if overChart(p) || overChart(before) {
		s.chartsStale, s.chartsDrawn = true, time.Time{}
	}
	s.tell(p)
}

// tell says in the page what is under the pointer.
func (s *studio) tell(p bridge.Pointer) {
	if s.sheet == nil || !p.Inside {
		bridge.CallPage("hover", "")
		return
	}
	if i := s.place.Fakes.At(p.X, p.Y); i >= 0 {
		bridge.CallPage("hover", fmt.Sprintf("G(z) %d · D %.2f", i+1, s.sheet.FakeScores[i]))
		if p.Click {
			bridge.CallPage("picked", i)
		}
		return
	}
	if i := s.place.Reals.At(p.X, p.Y); i >= 0 {
		bridge.CallPage("hover", fmt.Sprintf("x %d · D %.2f", i+1, s.sheet.RealScores[i]))
		return
	}
	bridge.CallPage("hover", "")
}

// Update implements ebiten.Game; events drive everything, so there is nothing to do.
func (s *studio) Update() error { return nil }

// Layout implements ebiten.Game; LayoutF is used.
func (s *studio) Layout(w, h int) (int, int) { return w, h }

// LayoutF makes the screen's pixels the device's and places everything when the width changes.
func (s *studio) LayoutF(w, h float64) (float64, float64) {
	u := ebiten.Monitor().DeviceScaleFactor()
	w, h = max(w, 1), max(h, 1)
	if size := [2]float64{w * u, h * u}; size != s.size {
		s.size, s.settling = size, settle
	}
	if s.place.Width != float64(int(w*u)) || s.place.Unit != u {
		s.place = scene.Layout(float64(int(w*u)), u, s.sheet)
		s.settling = settle
		if px := s.place.Height/u + 2; px != s.told {
			s.told = px
			bridge.CallPage("height", px)
		}
	}
	return w * u, h * u
}

// keep is the state that outlives a reload.
func (s *studio) keep() []byte {
	text, err := json.Marshal(kept{s.run, s.sheet, s.bytes})
	if err != nil {
		return nil
	}
	return text
}

type kept struct {
	Run   chart.Run
	Sheet *wire.Sheet
	Bytes []byte
}

func (s *studio) restore(text []byte) {
	var k kept
	if text == nil || json.Unmarshal(text, &k) != nil {
		return
	}
	s.run = k.Run
	s.sampled(k.Sheet, k.Bytes)
}
