package kept

import (
	"strconv"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// A reload in the middle loses nothing: the page offers the run that was paused, and goes on with the very weights. What is forgotten is
// not offered again.
func TestARunSurvivesAReload(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0")
	p.Trained(20)
	at, drawn := p.Kept(), p.Sum("ganvas.generate({count: 5, seed: 3})")
	p.Goto(pagetest.Small + "&seed=9")
	p.Until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.ClickOn("#notices .notice button:nth-of-type(1)")
	p.Until("ganvas.status().step === " + strconv.Itoa(at) + " && ganvas.status().state === 'paused'")
	if p.Sum("ganvas.generate({count: 5, seed: 3})") != drawn {
		t.Error("the run that was kept draws other digits than before")
	}
	pagetest.Eval[bool](p, "ganvas.step(5).then(() => true)")
	p.Until("document.getElementById('curves-plot').getAttribute('aria-valuemin') === '" + strconv.Itoa(at) + "'") // the curves begin where they are known
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === " + strconv.Itoa(at+5))
	p.Kept()
	p.Goto(pagetest.Small + "&autostart=0")
	p.Until("/keeps your last run/.test(document.getElementById('notices').innerText)")
	p.ClickOn("#notices .notice button:nth-of-type(2)")
	p.UntilTold(pagetest.KeptSteps + ".then((steps) => steps.length === 0)")
	p.Goto(pagetest.Small + "&autostart=0")
	p.Started()
	p.Rest()
	if said := p.Notice(); said != "" {
		t.Errorf("the page says %q", said)
	}
	p.NoErrors()
}

// A trainer that dies in the middle of a run takes no more with it than what came since the run was kept: it goes on by itself.
func TestLongARunSurvivesACrash(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0", pagetest.Trouble{Script: "const Made = Worker; window.Worker = class extends Made { constructor(...a) { super(...a); (window.made ??= []).push(this); } }"})
	p.Trained(20)
	at, drawn := p.Kept(), p.Sum("ganvas.generate({count: 5, seed: 3})")
	pagetest.Eval[bool](p, "made[0].dispatchEvent(new ErrorEvent('error', {message: 'out of memory'}))")
	p.Until("/out of memory/.test(document.getElementById('notices').innerText)")
	p.Until("ganvas.status().step === " + strconv.Itoa(at) + " && ganvas.status().state === 'paused'")
	if p.Sum("ganvas.generate({count: 5, seed: 3})") != drawn {
		t.Error("the run that was kept draws other digits than before")
	}
}

// A run that goes on is kept once a minute, and again with every other minute.
func TestLongARunIsKeptEveryMinute(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small, pagetest.Trouble{Script: "const now = performance.now.bind(performance); window.later = 0; performance.now = () => now() + later"})
	p.Until("window.ganvas && ganvas.status().step > 3")
	if pagetest.Eval[int](p, pagetest.KeptSteps+".then((steps) => steps.length, () => 0)") != 0 {
		t.Fatal("the run was kept in its first seconds")
	}
	last := 0
	for range 2 {
		pagetest.Eval[bool](p, "(later += 61000) > 0")
		kept := last
		if !pagetest.Soon(func() bool {
			kept = pagetest.Eval[int](p, pagetest.KeptSteps+".then((steps) => steps.length === 1 ? steps[0] : 0)")
			return kept > last
		}) {
			t.Fatalf("a minute later the run is kept at step %d, as before", kept)
		}
		last = kept
	}
	p.NoErrors()
}

// A browser that stores nothing trains all the same and says once that nothing is kept.
func TestLongABrowserThatKeepsNothing(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small, pagetest.Trouble{Script: "Object.defineProperty(window, 'indexedDB', {value: {open() { throw new DOMException('storage is off', 'SecurityError') }}})"})
	p.Until("window.ganvas && ganvas.status().step > 3")
	p.Click("play")
	p.Until("/cannot keep the run \\(storage is off\\)/.test(document.getElementById('notices').innerText)")
	at := p.Step()
	p.Click("play")
	p.Until("ganvas.status().step > " + strconv.Itoa(at+5))
	p.NoErrors()
}
