package pagetest

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// A stroke on the pad gets a verdict, which follows D while it trains; three rounds are guessed by keys.
func TestPlayRoom(t *testing.T) {
	p := open(t, desktop, small+"&room=play")
	p.until("window.ganvas && ganvas.status().step > 20")
	p.until("!document.querySelector('#studio.waiting')")
	empty := p.text("pad-says")
	p.drag(120, 90, 260, 330)
	p.until("/^D takes it for/.test(document.getElementById('pad-says').innerText)")
	p.look("play-draw")
	first := p.text("pad-says")
	p.until("document.getElementById('pad-says').innerText !== " + quoted(first)) // D has learned since
	p.click("pad-clear")
	p.until("document.getElementById('pad-says').innerText === " + quoted(empty))
	p.click("pad-real")
	p.until("/The judge sees a \\d/.test(document.getElementById('pad-says').innerText)")

	p.click("play-guess")
	p.click("guess-next")
	for round := 1; round <= 3; round++ {
		p.until("!document.getElementById('guess-real').disabled")
		p.press([]string{"1", "2"}[round%2])
		p.until("document.querySelectorAll('#rounds li').length === " + itoa(round))
		if says := p.text("game-says"); !regexp.MustCompile(`^It was (real|a fake)\. You`).MatchString(says) {
			t.Errorf("after round %d it says %q", round, says)
		}
		p.press("\r") // on to the next picture
	}
	p.look("play-guess")
	right := eval[int](p, "[...document.querySelectorAll('#rounds li > span:nth-of-type(1)')].filter((e) => e.className === 'right').length")
	if score := p.text("score-you"); score != itoa(right) {
		t.Errorf("%d of the rounds are marked right, the score is %s", right, score)
	}
	p.noErrors()
}

// A finger draws on a phone's pad, and drags the field of the latent space; elsewhere it scrolls the page.
func TestTouch(t *testing.T) {
	p := open(t, view{390, 844, false, 2}, plain+"&room=play")
	p.until("window.ganvas && ganvas.status().step > 20")
	p.until("!document.querySelector('#studio.waiting')")
	p.show("view")
	p.swipe(60, 90, 220, 250)
	p.until("/^D takes it for/.test(document.getElementById('pad-says').innerText)")
	p.look("touch-play")
	p.click("tab-latent")
	p.show("view")
	p.drawn()
	top := func() float64 { return eval[float64](p, "document.getElementById('view').getBoundingClientRect().top") }
	before, at := p.drawing("view"), top()
	p.swipe(200, 200, 90, 120)
	p.rest()
	if part := changed(before, p.drawing("view")); !(part > 0.03) {
		t.Errorf("after a swipe %.3f of the field's pixels differ", part)
	}
	if now := top(); math.Abs(now-at) > 1 {
		t.Errorf("a swipe over the field has scrolled it from %g to %g", at, now)
	}
	before = p.drawing("view")
	p.fingers([][2]float64{{150, 150}, {190, 190}}, [][2]float64{{60, 60}, {280, 280}})
	p.rest()
	if part := changed(before, p.drawing("view")); !(part > 0.03) {
		t.Errorf("two fingers that part change %.3f of the field's pixels", part)
	}
	p.look("touch-latent")
	if wide := eval[float64](p, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the page is %g pixels wide in a window of 390", wide)
	}
	p.noErrors()
}

// show scrolls to the element with that id.
func (p *visit) show(id string) {
	p.t.Helper()
	eval[bool](p, "document.getElementById('"+id+"').scrollIntoView({block: 'start', behavior: 'instant'}) === undefined")
}

// swipe moves a finger from one place of the drawing to another.
func (p *visit) swipe(x, y, toX, toY float64) {
	p.t.Helper()
	p.fingers([][2]float64{{x, y}}, [][2]float64{{toX, toY}})
}

// fingers moves some fingers at once.
func (p *visit) fingers(from, to [][2]float64) {
	p.t.Helper()
	corner := eval[[]float64](p, `(() => { const r = document.getElementById("studio").getBoundingClientRect(); return [r.left, r.top]; })()`)
	touch := func(kind input.DispatchTouchEventType, points ...*input.TouchPoint) {
		p.t.Helper()
		if _, err := chromedp.Call(p.ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points}); err != nil {
			p.t.Fatalf("the finger: %v", err)
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

// TestLookAtRooms writes screenshots of these rooms with weights that were trained before into the folder that
// GANVAS_PICTURES names, to be looked at.
func TestLookAtRooms(t *testing.T) {
	folder(t)
	for name, v := range map[string]view{"wide": desktop, "wide-dark": {1440, 900, true, 1}, "phone": {390, 844, false, 2}} {
		lang := map[string]string{"wide": "en", "wide-dark": "zh", "phone": "en"}[name]
		p := open(t, v, "room=latent&preset=conditional&autostart=0&lang="+lang)
		p.started()
		eval[bool](p, `ganvas.load(new URL("weights/conditional.safetensors", location), {paused: true}).then(() => true)`)
		p.drawn()
		p.rest()
		p.look("latent-" + name)
		eval[bool](p, `((e) => { e.value = "2026"; return e.dispatchEvent(new Event("input")); })(document.getElementById("latent-write"))`)
		eval[bool](p, "(document.getElementById('latent-values').open = true)")
		p.until("document.querySelectorAll('#values input').length === 6")
		p.rest()
		p.show("view")
		p.look("latent-writing-" + name)
		p.click("tab-play")
		p.click("play")
		p.until("ganvas.status().step > 20 && ganvas.status().state === 'running'")
		p.click("pad-real")
		p.rest()
		p.look("play-" + name)
		p.show("drawing")
		p.look("play-below-" + name)
		p.click("play-guess")
		for round := 1; round <= 4; round++ {
			p.click("guess-next")
			p.until("!document.getElementById('guess-real').disabled")
			p.click([]string{"guess-fake", "guess-real"}[round%2])
		}
		p.rest()
		p.show("stage")
		p.look("guess-" + name)
		p.noErrors()
	}
}

// A run on points shows where its plane of noise lands.
func TestLatentSpaceOfPoints(t *testing.T) {
	p := open(t, desktop, "room=latent&preset=ring-2d")
	p.until("window.ganvas && ganvas.status().step > 300")
	p.until("!document.querySelector('#studio.waiting') && /fake 2/.test(document.getElementById('latent-here').innerText)")
	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	p.rest()
	p.look("latent-points")
	before := p.drawing("view")
	p.mouse(input.DispatchMouseEventTypeMousePressed, 300, 250, true)
	p.mouse(input.DispatchMouseEventTypeMouseReleased, 300, 250, false)
	p.until("/[1-9]/.test(document.getElementById('latent-here').innerText.split('towards')[0])")
	p.drag(300, 300, 400, 200)
	p.rest()
	if part := changed(before, p.drawing("view")); !(part > 0.01) {
		t.Errorf("after dragging %.4f of the drawing's pixels differ", part)
	}
	p.click("tab-play")
	p.until("!document.getElementById('play-points').hidden && document.getElementById('playing').hidden")
	p.noErrors()
}

// folder skips the test unless GANVAS_PICTURES names a folder for screenshots.
func folder(t *testing.T) {
	t.Helper()
	if os.Getenv("GANVAS_PICTURES") == "" {
		t.Skip("GANVAS_PICTURES names no folder for screenshots")
	}
}

func quoted(s string) string { return strconv.Quote(s) }
