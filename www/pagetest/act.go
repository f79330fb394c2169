package pagetest

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"strconv"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// plain is a run whose steps take a few milliseconds; small has the settings open beside it.
const (
	plain = "preset=classic&generator=64-64&discriminator=64-64&batch=32"
	small = "change=1&" + plain
)

// started waits until the page has a run.
func (p *visit) started() {
	p.t.Helper()
	p.until("window.ganvas && ganvas.status().recipe")
}

// click presses the element with that id.
func (p *visit) click(id string) {
	p.t.Helper()
	p.clickOn("#" + id)
}

// clickOn presses the first element of a CSS selector as a pointer does, once it is in view, enabled, uncovered and stands still:
// what a run brings (a kept run, a measurement) may move what is below it. Where the press went astray all the same, it presses again.
func (p *visit) clickOn(selector string) {
	p.t.Helper()
	type place struct {
		X, Y float64
		Free bool
	}
	var last place
	pressed := soon(func() bool {
		before := last
		last = eval[place](p, `((e) => {
			if (!e?.checkVisibility() || e.disabled) return {x: 0, y: 0, free: false};
			const {left, top, width, height} = e.getClientRects()[0], x = left + width / 2, y = top + height / 2;
			const free = e.contains(document.elementFromPoint(x, y));
			if (!free) e.scrollIntoView({block: "center", behavior: "instant"});
			window.pressed = false;
			e.addEventListener("click", () => (window.pressed = true), {once: true, capture: true});
			return {x, y, free};
		})(document.querySelector(`+strconv.Quote(selector)+`))`)
		if !last.Free || last != before {
			return false
		}
		for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
			event := input.DispatchMouseEventParams{Type: kind, X: last.X, Y: last.Y, Button: input.MouseButtonLeft, ClickCount: 1}
			if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, event); err != nil {
				p.t.Fatalf("the mouse: %v", err)
			}
		}
		return eval[bool](p, "window.pressed !== false") // a page that is left knows nothing of it
	})
	if !pressed {
		p.t.Fatalf("%s cannot be pressed: %+v", selector, last)
	}
}

// press types a key at what has the focus.
func (p *visit) press(key string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(key))
}

// fill replaces an input's text and leaves it.
func (p *visit) fill(id, text string) {
	p.t.Helper()
	eval[bool](p, `((e) => { e.value = "`+text+`"; return e.dispatchEvent(new Event("change")); })(document.getElementById("`+id+`"))`)
}

func (p *visit) step() int      { p.t.Helper(); return eval[int](p, "ganvas.status().step") }
func (p *visit) state() string  { p.t.Helper(); return eval[string](p, "ganvas.status().state") }
func (p *visit) notice() string { p.t.Helper(); return p.text("notices") }

func (p *visit) text(id string) string {
	p.t.Helper()
	return eval[string](p, `document.getElementById("`+id+`").innerText`)
}

// sum is a number that differs when the bytes do, of an expression that gives a Uint8Array.
func (p *visit) sum(expression string) string {
	p.t.Helper()
	return eval[string](p, `(async () => { const d = await crypto.subtle.digest("SHA-256", await (`+expression+`)); return [...new Uint8Array(d)].map((b) => b.toString(16).padStart(2, "0")).join(""); })()`)
}

// rest waits for the moment in which nothing that goes on would have changed the page unseen.
func (p *visit) rest() { time.Sleep(400 * time.Millisecond) }

// drawing is what the window shows of the element with that id.
func (p *visit) drawing(id string) image.Image {
	p.t.Helper()
	shot, err := png.Decode(bytes.NewReader(p.picture()))
	if err != nil {
		p.t.Fatalf("the screenshot is no PNG: %v", err)
	}
	box := eval[[]float64](p, `(() => { const r = document.getElementById("`+id+`").getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; })()`)
	scale := float64(shot.Bounds().Dx()) / eval[float64](p, "innerWidth")
	at := image.Rect(int(box[0]*scale), int(box[1]*scale), int(box[2]*scale), int(box[3]*scale)).Intersect(shot.Bounds())
	if at.Empty() {
		p.t.Fatalf("#%s is outside the window: %v", id, box)
	}
	return shot.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(at)
}

// shades counts the levels of grey in a picture; a blank one has few.
func shades(m image.Image) int {
	seen := map[uint32]bool{}
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			if r, g, b, _ := m.At(x, y).RGBA(); r == g && g == b {
				seen[r>>8] = true
			}
		}
	}
	return len(seen)
}

// changed is the share of the pixels in which two pictures of one size differ.
func changed(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return math.NaN()
	}
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return float64(n) / float64(a.Bounds().Dx()*a.Bounds().Dy())
}

// keyDown presses a key that types nothing, such as an arrow.
func keyDown(name string) chromedp.Action[chromedp.Void] {
	return chromedp.KeyEvent(map[string]string{"ArrowRight": kb.ArrowRight, "ArrowLeft": kb.ArrowLeft, "ArrowDown": kb.ArrowDown, "ArrowUp": kb.ArrowUp}[name])
}
