package pagetest

import (
	"testing"
)

// keptSteps is the steps of the runs that the browser keeps.
const keptSteps = `new Promise((done) => {
	const opened = indexedDB.open("ganvas", 1);
	opened.onupgradeneeded = () => opened.result.createObjectStore("runs", {keyPath: "id"});
	opened.onsuccess = () => {
		const runs = opened.result.transaction("runs").objectStore("runs").getAll();
		runs.onsuccess = () => (opened.result.close(), done(runs.result.map((r) => r.step)));
	};
})`

// kept pauses the run and waits until the browser keeps it, alone; it returns the step.
func (p *visit) kept() int {
	p.t.Helper()
	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	at := p.step()
	if !soon(func() bool {
		return eval[bool](p, keptSteps+".then((steps) => steps.length === 1 && steps[0] === "+itoa(at)+")")
	}) {
		p.t.Fatalf("the run paused at step %d is not kept", at)
	}
	return at
}

// A reload in the middle loses nothing: the page offers the run that was paused, and goes on with the very weights.
func TestARunSurvivesAReload(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 20")
	at, drawn := p.kept(), p.sum("ganvas.generate({count: 5, seed: 3})")
	p.visit(small + "&seed=9")
	p.until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.clickOn("#notices .notice button:nth-of-type(1)")
	p.until("ganvas.status().step === " + itoa(at) + " && ganvas.status().state === 'paused'")
	if p.sum("ganvas.generate({count: 5, seed: 3})") != drawn {
		t.Error("the run that was kept draws other digits than before")
	}
	p.noErrors()
}

// A trainer that dies in the middle of a run takes no more with it than what came since the run was kept.
func TestARunSurvivesACrash(t *testing.T) {
	p := open(t, desktop, small, trouble{script: "const Made = Worker; window.Worker = class extends Made { constructor(...a) { super(...a); (window.made ??= []).push(this); } }"})
	p.until("window.ganvas && ganvas.status().step > 20")
	at, drawn := p.kept(), p.sum("ganvas.generate({count: 5, seed: 3})")
	eval[bool](p, "made[0].dispatchEvent(new ErrorEvent('error', {message: 'out of memory'}))")
	p.until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	eval[bool](p, "[...document.querySelectorAll('#notices button')].find((b) => b.textContent === 'Go on with it').click() === undefined")
	p.until("ganvas.status().step === " + itoa(at) + " && ganvas.status().state === 'paused'")
	if p.sum("ganvas.generate({count: 5, seed: 3})") != drawn {
		t.Error("the run that was kept draws other digits than before")
	}
}

// A run that goes on is kept once a minute, and again with every other minute.
func TestARunIsKeptEveryMinute(t *testing.T) {
	p := open(t, desktop, small, trouble{script: "const now = performance.now.bind(performance); window.later = 0; performance.now = () => now() + later"})
	p.until("window.ganvas && ganvas.status().step > 3")
	if eval[int](p, keptSteps+".then((steps) => steps.length, () => 0)") != 0 {
		t.Fatal("the run was kept in its first seconds")
	}
	last := 0
	for range 2 {
		eval[bool](p, "(later += 61000) > 0")
		kept := last
		if !soon(func() bool {
			kept = eval[int](p, keptSteps+".then((steps) => steps.length === 1 ? steps[0] : 0)")
			return kept > last
		}) {
			t.Fatalf("a minute later the run is kept at step %d, as before", kept)
		}
		last = kept
	}
	p.noErrors()
}

// What is forgotten is not offered again.
func TestAKeptRunCanBeForgotten(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 3")
	p.kept()
	p.visit(small + "&autostart=0")
	p.until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.clickOn("#notices .notice button:nth-of-type(2)")
	p.rest()
	p.visit(small + "&autostart=0")
	p.started()
	p.rest()
	if said := p.notice(); said != "" {
		t.Errorf("the page says %q", said)
	}
	p.noErrors()
}

// A browser that stores nothing trains all the same and says once that nothing is kept.
func TestABrowserThatKeepsNothing(t *testing.T) {
	p := open(t, desktop, small, trouble{script: "Object.defineProperty(window, 'indexedDB', {value: {open() { throw new DOMException('storage is off', 'SecurityError') }}})"})
	p.until("window.ganvas && ganvas.status().step > 3")
	p.click("play")
	p.until("/cannot keep the run \\(storage is off\\)/.test(document.getElementById('notices').innerText)")
	at := p.step()
	p.click("play")
	p.until("ganvas.status().step > " + itoa(at+5))
	p.noErrors()
}
