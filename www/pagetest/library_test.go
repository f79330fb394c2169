package pagetest

import (
	"math"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

// runs are the names of the runs in the library, in the list's order.
func (p *visit) runs() []string {
	p.t.Helper()
	return eval[[]string](p, `[...document.querySelectorAll("#runs li")].map((li) => li.querySelector("input")?.value ?? "")`)
}

// onRun presses a button of the run with that name.
func (p *visit) onRun(name, button string) {
	p.t.Helper()
	pressed := eval[bool](p, `(() => {
		const item = [...document.querySelectorAll("#runs li")].find((li) => (li.querySelector("input")?.value ?? li.textContent).includes(`+strconv.Quote(name)+`));
		const found = [...(item?.querySelectorAll("button") ?? [])].find((b) => b.textContent === `+strconv.Quote(button)+`);
		found?.click();
		return Boolean(found);
	})()`)
	if !pressed {
		p.t.Fatalf("no run %q with a button %q: %v", name, button, p.runs())
	}
}

// another is a second tab of the same visitor on the same page.
func (p *visit) another(query string) *visit {
	p.t.Helper()
	parent, err := chrome()
	if err != nil {
		p.t.Fatal(err)
	}
	q := &visit{t: p.t, server: p.server, missing: map[string]bool{}}
	ctx, cancel := chromedp.NewContext(parent)
	p.t.Cleanup(cancel)
	q.ctx = ctx
	if err := chromedp.Listen(ctx, q.listen); err != nil {
		p.t.Fatal(err)
	}
	q.visit(query)
	return q
}

// Runs are kept under a name, deleted and brought back, and opened; another tab offers and overwrites only what is free.
func TestLibrary(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 20")
	at := p.kept()
	p.click("keep-run")
	p.until("document.querySelectorAll('#runs li').length === 2")
	eval[bool](p, `((i) => { i.value = "first try"; return i.dispatchEvent(new Event("change")); })(document.querySelector("#runs input"))`)
	p.until("[...document.querySelectorAll('#runs input')].some((i) => i.defaultValue === 'first try')")
	p.onRun("first try", "Delete")
	p.until("/Deleted: first try/.test(document.getElementById('runs').innerText)")
	p.onRun("first try", "Undo")
	p.until("document.querySelector('#runs input[value], #runs input') && [...document.querySelectorAll('#runs input')].some((i) => i.value === 'first try')")

	p.look("library")
	// A second tab does not offer the run of this one, which lives, and keeps its own beside it.
	q := p.another(small + "&seed=4")
	q.until("window.ganvas && ganvas.status().step > 10 && document.querySelectorAll('#runs li').length === 2")
	if said := q.notice(); said != "" {
		t.Errorf("a second tab says %q", said)
	}
	if list := q.text("runs"); !contains(list, "goes on in another tab") {
		t.Errorf("the second tab does not say that a run goes on elsewhere: %q", list)
	}
	q.click("play")
	q.until("ganvas.status().state === 'paused' && document.querySelectorAll('#runs li').length === 3")
	other := q.step()

	// After a reload, the first tab offers its own run, not that of the second.
	p.visit(small + "&autostart=0")
	p.until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.clickOn("#notices .notice button:nth-of-type(1)")
	p.until("ganvas.status().step === " + itoa(at) + " && ganvas.status().state === 'paused'")
	p.click("play")
	p.until("ganvas.status().step > " + itoa(at+5))
	p.onRun("first try", "Open")
	p.until("ganvas.status().step === " + itoa(at) + " && ganvas.status().state === 'paused'")
	if q.step() != other {
		t.Error("the second tab's run is another one now")
	}
	p.noErrors()
	q.noErrors()
}

// What the list gains while one works beside it takes neither the focus nor the button below from under the pointer.
func TestAGrowingListStaysInPlace(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 20")
	p.click("keep-run")
	p.until("document.querySelectorAll('#runs li').length === 1")
	eval[bool](p, "document.querySelector('#runs button').focus() === undefined && (window.focused = document.activeElement).matches('#runs button')")
	p.do(chromedp.ScrollIntoView(chromedp.CSS("#csv")))
	place := func() float64 { return eval[float64](p, "document.getElementById('csv').getBoundingClientRect().top") }
	before := place()
	eval[bool](p, "document.getElementById('play').click() === undefined")
	p.until("ganvas.status().state === 'paused' && document.querySelectorAll('#runs li').length === 2")
	if after := place(); math.Abs(after-before) > 2 {
		t.Errorf("with one more run in the list the button below stands at %.0f, before at %.0f", after, before)
	}
	if !eval[bool](p, "document.activeElement === focused && focused.isConnected") {
		t.Error("with one more run in the list the focus is gone")
	}
	p.noErrors()
}

// Whoever opens a run loses nothing of the one that was going on.
func TestOpeningARunKeepsTheOther(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 20")
	p.click("keep-run")
	p.until("document.querySelectorAll('#runs li').length === 1")
	opened := p.runs()[0]
	p.until("ganvas.status().step > " + itoa(p.step()+100))
	reached := p.step()
	p.onRun(opened, "Open")
	p.until("ganvas.status().state === 'paused' && ganvas.status().step < " + itoa(reached))
	if !soon(func() bool {
		return eval[bool](p, keptSteps+".then((steps) => steps.some((s) => s >= "+itoa(reached)+"))")
	}) {
		t.Errorf("of the run that had reached step %d nothing is kept", reached)
	}
	p.noErrors()
}
