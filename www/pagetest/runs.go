package pagetest

import (
	"strconv"

	"github.com/chromedp/chromedp"
)

// KeptSteps is the steps of the runs that the browser keeps.
const KeptSteps = `new Promise((done) => {
	const opened = indexedDB.open("ganvas", 1);
	opened.onupgradeneeded = () => opened.result.createObjectStore("runs", {keyPath: "id"});
	opened.onsuccess = () => {
		const runs = opened.result.transaction("runs").objectStore("runs").getAll();
		runs.onsuccess = () => (opened.result.close(), done(runs.result.map((r) => r.step)));
	};
})`

// Kept pauses the run, unless it rests, and waits until the browser keeps it, alone; it returns the step.
func (p *Visit) Kept() int {
	p.T.Helper()
	if p.State() != "paused" {
		p.Click("play")
	}
	p.Until("ganvas.status().state === 'paused'")
	at := p.Step()
	if !Soon(func() bool {
		return Eval[bool](p, KeptSteps+".then((steps) => steps.length === 1 && steps[0] === "+strconv.Itoa(at)+")")
	}) {
		p.T.Fatalf("the run paused at step %d is not kept", at)
	}
	return at
}

// Runs are the names of the runs in the library, in the list's order.
func (p *Visit) Runs() []string {
	p.T.Helper()
	return Eval[[]string](p, `[...document.querySelectorAll("#runs li")].map((li) => li.querySelector("input")?.value ?? "")`)
}

// OnRun presses a button of the run with that name.
func (p *Visit) OnRun(name, button string) {
	p.T.Helper()
	pressed := Eval[bool](p, `(() => {
		const item = [...document.querySelectorAll("#runs li")].find((li) => (li.querySelector("input")?.value ?? li.textContent).includes(`+strconv.Quote(name)+`));
		const found = [...(item?.querySelectorAll("button") ?? [])].find((b) => b.textContent === `+strconv.Quote(button)+`);
		found?.click();
		return Boolean(found);
	})()`)
	if !pressed {
		p.T.Fatalf("no run %q with a button %q: %v", name, button, p.Runs())
	}
}

// Another is a second tab of the same visitor on the same page.
func (p *Visit) Another(query string) *Visit {
	p.T.Helper()
	parent, err := chrome()
	if err != nil {
		p.T.Fatal(err)
	}
	q := &Visit{T: p.T, Server: p.Server, missing: map[string]bool{}}
	ctx, cancel := chromedp.NewContext(parent)
	p.T.Cleanup(cancel)
	q.Ctx = ctx
	if err := chromedp.Listen(ctx, q.listen); err != nil {
		p.T.Fatal(err)
	}
	q.Goto(query)
	return q
}

// StepB is the other run's step, as the page says it.
const StepB = `Number(document.getElementById("compare-b").textContent.split("step ").at(-1).replaceAll(",", ""))`

// DrawSeven draws a seven on the pad and waits for what is said of it.
func DrawSeven(p *Visit) {
	p.Drag(95, 105, 285, 95)
	p.Drag(285, 95, 170, 335)
	p.Until("/The judge sees a/.test(document.getElementById('pad-says').innerText)")
}
