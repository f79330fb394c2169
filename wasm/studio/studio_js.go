package main

import (
	"encoding/json"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/wire"
	"ganvas/wasm/bridge"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/compare"
	"ganvas/wasm/studio/inside"
	"ganvas/wasm/studio/latent"
	"ganvas/wasm/studio/palette"
	"ganvas/wasm/studio/plane"
	"ganvas/wasm/studio/play"
	"ganvas/wasm/studio/watch"
)

// settle is how many frames are drawn whole after Ebiten has made a new, empty screen.
const settle = 2

// studio shows one room at a time. Events change the rooms, which mark what has to be drawn again; Draw draws only that.
type studio struct {
	canvas   *canvas.Canvas
	rooms    map[string]canvas.Room
	open     string
	size     [2]float64 // the screen's, in device pixels
	placed   float64    // the width that the open room was placed for, 0 for anew
	told     float64    // the height the page knows, in CSS pixels
	settling int        // frames to be drawn whole
	alarm    *time.Timer
}

func newStudio() *studio {
	s := &studio{settling: settle, open: "watch"}
	s.canvas = &canvas.Canvas{Pen: canvas.NewPen(), Theme: palette.Of("light"), Unit: 1, Place: func() { s.placed = 0 }}
	s.rooms = map[string]canvas.Room{
		"watch":   watch.New(s.canvas),
		"plane":   plane.New(s.canvas),
		"inside":  inside.New(s.canvas),
		"latent":  latent.New(s.canvas),
		"play":    play.New(s.canvas),
		"compare": compare.New(s.canvas),
	}
	return s
}

func (s *studio) room() canvas.Room { return s.rooms[s.open] }

func (s *studio) event(e wire.Event) {
	defer s.sleep()
	for _, r := range s.rooms {
		r.Event(e)
	}
}

func (s *studio) tell(room, topic string, json, bytes []byte) {
	defer s.sleep()
	if r := s.rooms[room]; r != nil {
		r.Tell(topic, json, bytes)
	}
}

func (s *studio) look(l bridge.Look) {
	defer s.sleep()
	s.canvas.Look, s.canvas.Theme = l, palette.Of(l.Theme)
	s.settling = settle
}

// enter opens a room; one that does not exist leaves the open one.
func (s *studio) enter(name string) {
	defer s.sleep()
	if s.rooms[name] == nil || name == s.open {
		return
	}
	s.room().Pointer(bridge.Pointer{})
	s.open, s.placed, s.settling = name, 0, settle
	bridge.Grab(s.room().Grabs())
}

func (s *studio) pointer(p bridge.Pointer) {
	defer s.sleep()
	p.X, p.Y = p.X*s.canvas.Unit, p.Y*s.canvas.Unit
	s.room().Pointer(p)
}

func (s *studio) zoom(x, y, factor float64) bool {
	defer s.sleep()
	z, ok := s.room().(canvas.Zoomer)
	return ok && z.Zoom(x*s.canvas.Unit, y*s.canvas.Unit, factor)
}

// grab tells the frame which parts of the open room are dragged.
func (s *studio) grab() {
	var areas [][4]float64
	if g, ok := s.room().(canvas.Grabber); ok {
		for _, r := range g.Areas() {
			u := s.canvas.Unit
			areas = append(areas, [4]float64{r.X / u, r.Y / u, r.W / u, r.H / u})
		}
	}
	bridge.GrabAreas(areas)
}

// Update implements ebiten.Game; events drive everything, so there is nothing to do.
func (s *studio) Update() error { return nil }

// Draw implements ebiten.Game; where nothing is stale the last frame stays.
func (s *studio) Draw(screen *ebiten.Image) {
	whole := s.settling > 0
	if whole {
		s.settling--
		screen.Fill(s.canvas.Theme.Card)
	}
	s.room().Draw(screen, whole)
	s.sleep()
}

// sleep asks for the next frame for when there is something to draw: presenting one costs as much as drawing it.
func (s *studio) sleep() {
	next := time.Duration(0)
	if r, ok := s.room().(canvas.Sleeper); ok && s.settling == 0 && s.placed != 0 {
		next = r.Sleeps()
	}
	switch {
	case next == 0:
		ebiten.ScheduleFrame()
	case next > 0:
		if s.alarm != nil {
			s.alarm.Stop()
		}
		s.alarm = time.AfterFunc(next, ebiten.ScheduleFrame)
	}
}

// Layout implements ebiten.Game; LayoutF is used.
func (s *studio) Layout(w, h int) (int, int) { return w, h }

// LayoutF makes the screen's pixels the device's and has the open room place everything when the width changes.
func (s *studio) LayoutF(w, h float64) (float64, float64) {
	u := ebiten.Monitor().DeviceScaleFactor()
	w, h = max(w, 1), max(h, 1)
	if size := [2]float64{w * u, h * u}; size != s.size {
		s.size, s.settling = size, settle
	}
	if wide := float64(int(w * u)); s.placed != wide || s.canvas.Unit != u {
		s.placed, s.canvas.Unit, s.settling = wide, u, settle
		if px := s.room().Layout(wide)/u + 2; px != s.told {
			s.told = px
			bridge.CallPage("height", px)
		}
		s.grab()
	}
	return w * u, h * u
}

// keep is the state that outlives a reload.
func (s *studio) keep() []byte {
	all := map[string][]byte{}
	for name, r := range s.rooms {
		if b := r.Keep(); b != nil {
			all[name] = b
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return nil
	}
	return text
}

func (s *studio) restore(text []byte) {
	defer s.sleep()
	var all map[string][]byte
	if text == nil || json.Unmarshal(text, &all) != nil {
		return
	}
	for name, kept := range all {
		if r := s.rooms[name]; r != nil {
			r.Restore(kept)
		}
	}
}
