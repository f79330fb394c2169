package pagetest

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// keptSteps is the steps of the runs that the browser keeps.
const keptSteps = `new Promise((done) => {
	const opened = indexedDB.open("ganvas");
	opened.onsuccess = () => {
		const runs = opened.result.transaction("runs").objectStore("runs").getAll();
		runs.onsuccess = () => (opened.result.close(), done(runs.result.map((r) => r.step)));
	};
})`

// A reload in the middle loses nothing: the page offers the run that was paused, and goes on with the very weights.
func TestARunSurvivesAReload(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 20")
	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	at, drawn := p.step(), p.sum("ganvas.generate({count: 5, seed: 3})")
	for !eval[bool](p, keptSteps+".then((steps) => steps.length === 1 && steps[0] === "+itoa(at)+")") {
		p.rest()
	}
	p.visit(small + "&seed=9")
	p.until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.do(chromedp.Click(chromedp.CSS("#notices .notice button:nth-of-type(1)")))
	p.until("ganvas.status().step === " + itoa(at) + " && ganvas.status().state === 'paused'")
	if p.sum("ganvas.generate({count: 5, seed: 3})") != drawn {
		t.Error("the run that was kept draws other digits than before")
	}
	p.noErrors()
}

// What is forgotten is not offered again.
func TestAKeptRunCanBeForgotten(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 3")
	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	p.rest()
	p.visit(small + "&autostart=0")
	p.until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.do(chromedp.Click(chromedp.CSS("#notices .notice button:nth-of-type(2)")))
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
