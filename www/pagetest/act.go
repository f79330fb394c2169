package pagetest

import (
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// plain is a run whose steps take a few milliseconds; small has the settings open beside it.
const (
	Plain = "preset=classic&generator=64-64&discriminator=64-64&batch=32"
	Small = "change=1&" + Plain
)

// Started waits until the page has a run.
func (p *Visit) Started() {
	p.T.Helper()
	p.Until("window.ganvas && ganvas.status().recipe")
}

// Trained waits for a run that rests and has it do n steps, with which it rests again.
func (p *Visit) Trained(n int) {
	p.T.Helper()
	p.Started()
	p.Until("ganvas.status().state === 'paused'")
	at := p.Step()
	Eval[bool](p, "ganvas.step("+strconv.Itoa(n)+").then(() => true)")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === " + strconv.Itoa(at+n))
}

// Part runs a subtest in the same page, which it finds as the part before has left it: to open the page takes longer than most
// parts do. After a part that fails the rest is left out.
func (p *Visit) Part(name string, do func(t *testing.T, p *Visit)) {
	outer := p.T.(*testing.T)
	outer.Helper()
	outer.Run(name, func(t *testing.T) {
		p.T = t
		do(t, p)
	})
	if p.T = outer; outer.Failed() {
		outer.FailNow()
	}
}

// Begins starts a run of a preset in the same page, with further fields of the recipe as JavaScript has an object; it rests, at step 0.
// What was said of runs before is closed.
func (p *Visit) Begins(preset, fields string) {
	p.T.Helper()
	Eval[bool](p, `[...document.querySelectorAll("#notices .notice")].every((n) => (n.lastElementChild.click(), true))`)
	Eval[bool](p, "ganvas.start({"+fields+"}, {preset: "+strconv.Quote(preset)+", paused: true}).then(() => true)")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === 0")
}

// PlainFields are the fields of Plain.
const PlainFields = "generator: [64, 64], discriminator: [64, 64], batch: 32"

// Click presses the element with that id.
func (p *Visit) Click(id string) {
	p.T.Helper()
	p.ClickOn("#" + id)
}

// ClickOn presses the first element of a CSS selector as a pointer does, once it is in view, enabled, uncovered and stands still:
// what a run brings (a kept run, a measurement) may move what is below it. Where the press went astray all the same, it presses again.
func (p *Visit) ClickOn(selector string) {
	p.T.Helper()
	type place struct {
		X, Y float64
		Free bool
	}
	var last place
	pressed := Soon(func() bool {
		before := last
		last = Eval[place](p, `((e) => {
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
			if _, err := chromedp.Call(p.Ctx, input.DispatchMouseEvent, event); err != nil {
				p.T.Fatalf("the mouse: %v", err)
			}
		}
		return Eval[bool](p, "window.pressed !== false") // a page that is left knows nothing of it
	})
	if !pressed {
		p.T.Fatalf("%s cannot be pressed: %+v", selector, last)
	}
}

// Press types a key at what has the focus.
func (p *Visit) Press(key string) {
	p.T.Helper()
	p.Do(chromedp.KeyEvent(key))
}

// Fill replaces an input's text and leaves it.
func (p *Visit) Fill(id, text string) {
	p.T.Helper()
	Eval[bool](p, `((e) => { e.value = "`+text+`"; return e.dispatchEvent(new Event("change")); })(document.getElementById("`+id+`"))`)
}

func (p *Visit) Step() int      { p.T.Helper(); return Eval[int](p, "ganvas.status().step") }
func (p *Visit) State() string  { p.T.Helper(); return Eval[string](p, "ganvas.status().state") }
func (p *Visit) Notice() string { p.T.Helper(); return p.Text("notices") }

func (p *Visit) Text(id string) string {
	p.T.Helper()
	return Eval[string](p, `document.getElementById("`+id+`").innerText`)
}

// Sum is a number that differs when the bytes do, of an expression that gives a Uint8Array.
func (p *Visit) Sum(expression string) string {
	p.T.Helper()
	return Eval[string](p, `(async () => { const d = await crypto.subtle.digest("SHA-256", await (`+expression+`)); return [...new Uint8Array(d)].map((b) => b.toString(16).padStart(2, "0")).join(""); })()`)
}

// Rest waits for the moment in which nothing that goes on would have changed the page unseen.
func (p *Visit) Rest() { time.Sleep(400 * time.Millisecond) }

// KeyDown presses a key that types nothing, such as an arrow.
func KeyDown(name string) chromedp.Action[chromedp.Void] {
	return chromedp.KeyEvent(map[string]string{"ArrowRight": kb.ArrowRight, "ArrowLeft": kb.ArrowLeft, "ArrowDown": kb.ArrowDown, "ArrowUp": kb.ArrowUp}[name])
}

// Nameless lists the controls that nothing names for a screen reader.
const Nameless = `[...document.querySelectorAll("button, input, select, summary, iframe, canvas, progress")].filter((e) =>
	!e.closest("[hidden], [aria-hidden=true]") && !(e.getAttribute("aria-label") || e.labels?.[0]?.textContent.trim() || e.innerText?.trim() || e.textContent.trim() || e.title)).map((e) => e.outerHTML)`

// FillShown is fill for a field that the drawer shows once its table has come.
func (p *Visit) FillShown(id, text string) {
	p.T.Helper()
	p.Until("document.getElementById('" + id + "')")
	p.Fill(id, text)
}
