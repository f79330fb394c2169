package pagetest

import (
	"strconv"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Mouse does something at a place of the drawing, in CSS pixels from its corner.
func (p *Visit) Mouse(kind input.DispatchMouseEventType, x, y float64, held bool) {
	p.T.Helper()
	corner := Eval[[]float64](p, `(() => { const r = document.getElementById("studio").getBoundingClientRect(); return [r.left, r.top]; })()`)
	event := input.DispatchMouseEventParams{Type: kind, X: corner[0] + x, Y: corner[1] + y, Button: input.MouseButtonLeft, ClickCount: 1}
	if held {
		event.Buttons = 1
	}
	if _, err := chromedp.Call(p.Ctx, input.DispatchMouseEvent, event); err != nil {
		p.T.Fatalf("the mouse: %v", err)
	}
}

// Drag presses at one place of the drawing and lets go at another.
func (p *Visit) Drag(x, y, toX, toY float64) {
	p.T.Helper()
	p.Mouse(input.DispatchMouseEventTypeMouseMoved, x, y, false)
	p.Mouse(input.DispatchMouseEventTypeMousePressed, x, y, true)
	const moves = 6
	for k := 1.0; k <= moves; k++ {
		p.Mouse(input.DispatchMouseEventTypeMouseMoved, x+(toX-x)*k/moves, y+(toY-y)*k/moves, true)
	}
	p.Mouse(input.DispatchMouseEventTypeMouseReleased, toX, toY, false)
}

// Swipe moves a finger from one place of the drawing to another.
func (p *Visit) Swipe(x, y, toX, toY float64) {
	p.T.Helper()
	p.Fingers([][2]float64{{x, y}}, [][2]float64{{toX, toY}})
}

// Fingers moves some fingers at once.
func (p *Visit) Fingers(from, to [][2]float64) {
	p.T.Helper()
	corner := Eval[[]float64](p, `(() => { const r = document.getElementById("studio").getBoundingClientRect(); return [r.left, r.top]; })()`)
	touch := func(kind input.DispatchTouchEventType, points ...*input.TouchPoint) {
		p.T.Helper()
		if _, err := chromedp.Call(p.Ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points}); err != nil {
			p.T.Fatalf("the finger: %v", err)
		}
	}
	at := func(k float64) (all []*input.TouchPoint) {
		for i, f := range from {
			id := float64(i)
			all = append(all, &input.TouchPoint{X: corner[0] + f[0] + (to[i][0]-f[0])*k, Y: corner[1] + f[1] + (to[i][1]-f[1])*k, ID: &id})
		}
		return all
	}
	touch(input.DispatchTouchEventTypeTouchStart, at(0)...)
	for _, k := range []float64{0.2, 0.4, 0.6, 0.8, 1} {
		touch(input.DispatchTouchEventTypeTouchMove, at(k)...)
	}
	touch(input.DispatchTouchEventTypeTouchEnd)
}

// At presses or moves the pointer at a place from a word's upper left corner, in CSS pixels.
func (p *Visit) At(word string, dx, dy float64, kinds ...input.DispatchMouseEventType) {
	p.T.Helper()
	box := Eval[[]float64](p, `(() => { const r = document.querySelector("[data-at=`+word+`]").getBoundingClientRect(); return [r.left, r.top]; })()`)
	for _, kind := range kinds {
		params := input.DispatchMouseEventParams{Type: kind, X: box[0] + dx, Y: box[1] + dy}
		if kind != input.DispatchMouseEventTypeMouseMoved {
			params.Button, params.ClickCount = input.MouseButtonLeft, 1
		}
		if _, err := chromedp.Call(p.Ctx, input.DispatchMouseEvent, params); err != nil {
			p.T.Fatalf("the pointer: %v", err)
		}
	}
}

// Show scrolls to the element with that id.
func (p *Visit) Show(id string) {
	p.T.Helper()
	Eval[bool](p, "document.getElementById('"+id+"').scrollIntoView({block: 'start', behavior: 'instant'}) === undefined")
}

// Slide puts the time line's slider at a step, as a pointer does.
func (p *Visit) Slide(step int) {
	p.T.Helper()
	Eval[bool](p, `(() => { const s = document.getElementById("time-at"); s.value = `+strconv.Itoa(step)+`; return s.dispatchEvent(new Event("input", {bubbles: true})); })()`)
}
