package pagetest

import (
	"bytes"
	"image"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// look writes the window as PNG into the folder that GANVAS_PICTURES names, if it names one.
func (p *visit) look(name string) {
	p.t.Helper()
	if folder := os.Getenv("GANVAS_PICTURES"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".png"), p.picture(), 0o644); err != nil {
			p.t.Fatal(err)
		}
	}
}

// mouse does something at a place of the drawing, in CSS pixels from its corner.
func (p *visit) mouse(kind input.DispatchMouseEventType, x, y float64, held bool) {
	p.t.Helper()
	corner := eval[[]float64](p, `(() => { const r = document.getElementById("studio").getBoundingClientRect(); return [r.left, r.top]; })()`)
	event := input.DispatchMouseEventParams{Type: kind, X: corner[0] + x, Y: corner[1] + y, Button: input.MouseButtonLeft, ClickCount: 1}
	if held {
		event.Buttons = 1
	}
	if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, event); err != nil {
		p.t.Fatalf("the mouse: %v", err)
	}
}

// drag presses at one place of the drawing and lets go at another.
func (p *visit) drag(x, y, toX, toY float64) {
	p.t.Helper()
	p.mouse(input.DispatchMouseEventTypeMouseMoved, x, y, false)
	p.mouse(input.DispatchMouseEventTypeMousePressed, x, y, true)
	const moves = 6
	for k := 1.0; k <= moves; k++ {
		p.mouse(input.DispatchMouseEventTypeMouseMoved, x+(toX-x)*k/moves, y+(toY-y)*k/moves, true)
	}
	p.mouse(input.DispatchMouseEventTypeMouseReleased, toX, toY, false)
}

// drawn waits until the drawing shows pictures of many shades.
func (p *visit) drawn() {
	p.t.Helper()
	p.until("!document.querySelector('#studio.waiting')")
	for range 100 {
		if shades(p.drawing("view")) > 60 {
			return
		}
		p.rest()
	}
	p.t.Fatal("the drawing stays blank")
}

// changes waits until the drawing differs from what it was.
func (p *visit) changes(from image.Image, why string) {
	p.t.Helper()
	for range 100 {
		if changed(from, p.drawing("view")) > 0 {
			return
		}
		p.rest()
	}
	p.t.Errorf("%s changes nothing in the drawing", why)
}

// The field is dragged by pointer and by keys, a place is chosen by click, and all of it can be kept.
func TestLatentSpace(t *testing.T) {
	p := open(t, desktop, "room=latent&preset=conditional&generator=16-8&discriminator=8-16&batch=16&autostart=0")
	p.started()
	p.drawn()
	p.until("/fake 2/.test(document.getElementById('latent-here').innerText)")
	p.look("latent-begin")

	before := p.drawing("view")
	p.drag(300, 250, 480, 180)
	p.rest()
	dragged := p.drawing("view")
	if part := changed(before, dragged); !(part > 0.03) {
		t.Errorf("after dragging %.3f of the drawing's pixels differ", part)
	}
	p.mouse(input.DispatchMouseEventTypeMousePressed, 300, 250, true)
	p.mouse(input.DispatchMouseEventTypeMouseReleased, 300, 250, false)
	here := p.text("latent-here")
	p.until("document.getElementById('latent-here').innerText !== " + quoted(here))
	p.press(kb.ArrowRight) // the drawing has the focus after the click
	p.press("+")
	p.rest()
	if part := changed(dragged, p.drawing("view")); !(part > 0.03) {
		t.Errorf("keys have changed %.3f of the drawing's pixels", part)
	}

	before = p.drawing("view")
	if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: 400, Y: 500, DeltaX: 1, DeltaY: -400}); err != nil {
		t.Fatal(err)
	}
	p.rest()
	if part := changed(before, p.drawing("view")); !(part > 0.03) || eval[float64](p, "scrollY") != 0 {
		t.Errorf("the wheel over the field has changed %.3f of the drawing's pixels", part)
	}

	p.fill("anchor-b", "30")
	p.until("/fake 30/.test(document.getElementById('latent-here').innerText)")
	eval[bool](p, `((e) => { e.value = "2026"; return e.dispatchEvent(new Event("input")); })(document.getElementById("latent-write"))`)
	p.rest()
	p.look("latent-writing")
	still, err := png.Decode(bytes.NewReader(read(t, p.saved("latent-png"))))
	if err != nil || still.Bounds().Dx()%(4*28*3) != 0 || shades(still) < 30 {
		t.Errorf("the field with 2026 everywhere, saved: %v, %v", still.Bounds(), err)
	}
	film, err := gif.DecodeAll(bytes.NewReader(read(t, p.saved("latent-gif"))))
	if err != nil || len(film.Image) != 48 || film.Image[0].Bounds().Dx() != 4*28*3 {
		t.Errorf("the walk, saved: %v", err)
	}

	p.click("walk-play")
	p.until("Number(document.getElementById('walk').value) > 5")
	p.click("walk-play")
	eval[bool](p, "(document.getElementById('latent-values').open = true)")
	p.until("document.querySelectorAll('#values input').length === 6")
	eval[bool](p, "document.getElementById('view').scrollIntoView({block: 'start', behavior: 'instant'}) === undefined")
	at := p.drawing("view")
	eval[bool](p, `((e) => { e.value = 3; return e.dispatchEvent(new Event("input")); })(document.querySelector("#values input"))`)
	p.until("!document.getElementById('values-back').disabled")
	p.changes(at, "turning a noise value")
	p.look("latent-values")
	p.click("play") // while the run trains the field follows it
	p.until("ganvas.status().step > 4")
	p.drawn()
	p.noErrors()
}
