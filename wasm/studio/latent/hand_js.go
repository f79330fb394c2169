package latent

import (
	"math"

	"ganvas/wasm/bridge"
)

// hand is what the pointer is doing.
type hand struct {
	last   bridge.Pointer
	from   bridge.Pointer // where it was pressed
	on     holds
	far    bool    // it has moved since, so that letting go is no click
	anchor int     // that the next fake becomes
	phase  float64 // of the walk that goes by itself: there to 1, back to 2
}

// holds says what a drag moves.
type holds int

const (
	nothing holds = iota
	theField
	theWay
)

const slack = 4 // CSS pixels that a click may slip

// Pointer implements canvas.Room.
func (r *Room) Pointer(p bridge.Pointer) {
	h := &r.hand
	was := h.last
	h.last = p
	if r.space.Rows() < 3 || r.place.Stops == 0 {
		return
	}
	switch {
	case !p.Down && !p.Click:
		h.on = nothing
	case p.Down && !was.Down:
		h.from, h.far, h.on = p, false, r.under(p)
	case p.Down:
		h.far = h.far || math.Hypot(p.X-h.from.X, p.Y-h.from.Y) > slack*r.place.Unit
	}
	switch {
	case h.on == theField && h.far && was.Down:
		r.view.Pan(p.X-was.X, p.Y-was.Y)
		r.stale = true
	case h.on == theWay:
		r.playing = false
		r.goAlong(r.place.At(p.X))
	case p.Click && !h.far:
		r.click(p)
	}
}

func (r *Room) under(p bridge.Pointer) holds {
	switch {
	case r.place.Field.Contains(p.X, p.Y):
		return theField
	case r.place.Strip.Contains(p.X, p.Y):
		return theWay
	}
	return nothing
}

// click goes to a place of the field, or makes a fake the next anchor.
func (r *Room) click(p bridge.Pointer) {
	if r.place.Field.Contains(p.X, p.Y) {
		r.playing = false
		r.space.Go(r.view.Plane(p.X, p.Y))
		r.here()
		return
	}
	if i := r.place.Fakes.At(p.X, p.Y); i >= 0 && i < r.space.Rows() {
		r.choose(r.hand.anchor, i)
		r.hand.anchor = (r.hand.anchor + 1) % 3
	}
}

// Zoom implements canvas.Zoomer.
func (r *Room) Zoom(x, y, factor float64) bool {
	if r.place.Stops == 0 || !r.place.Field.Contains(x, y) {
		return false
	}
	r.view.Zoom(x, y, factor)
	r.stale = true
	return true
}

// key moves the field by a key's name.
func (r *Room) key(name string) {
	f := r.place.Field
	_, cell := r.view.Cell(r.view.Level())
	x, y := f.X+f.W/2, f.Y+f.H/2
	switch name {
	case "ArrowLeft":
		r.view.Pan(cell, 0)
	case "ArrowRight":
		r.view.Pan(-cell, 0)
	case "ArrowUp":
		r.view.Pan(0, cell)
	case "ArrowDown":
		r.view.Pan(0, -cell)
	case "+":
		r.view.Zoom(x, y, math.Sqrt2)
	case "-":
		r.view.Zoom(x, y, 1/math.Sqrt2)
	case "Home":
		r.view.Whole()
	case "Enter":
		r.playing = false
		r.space.Go(r.view.U, r.view.V)
		r.here()
	}
	r.stale = true
}
