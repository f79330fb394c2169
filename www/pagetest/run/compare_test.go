package run

import (
	"strconv"
	"strings"
	"testing"

	"ganvas/www/pagetest"
)

// Two recipes train side by side in fair turns, pause together, and the other run waits while another room is open.
func TestCompare(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&room=compare&lang=en")
	p.Until("window.ganvas && ganvas.status().step > 30")
	p.Part("side by side", sideBySide)
	p.Part("one that hangs", hungComparison)
	p.Part("refuses the same value", compareRefusesTheSameValue)
	p.NoErrors()
}

func sideBySide(t *testing.T, p *pagetest.Visit) {
	p.Until("document.getElementById('compare-field').value === 'lr_d' && document.getElementById('compare-value').value === '0.00005'")
	pagetest.Eval[bool](p, `((v) => (v.value = "much") && true)(document.getElementById("compare-value"))`)
	p.Click("compare-go")
	p.Until("/must be a number/.test(document.getElementById('compare-wrong').textContent)")
	pagetest.Eval[bool](p, `((v) => (v.value = "0.0002") && true)(document.getElementById("compare-value"))`)
	p.Click("compare-go")
	p.Until("/With 0.0002 both runs would be the same/.test(document.getElementById('compare-wrong').textContent)")
	if !pagetest.Eval[bool](p, "document.getElementById('compare-pair').hidden") {
		t.Error("two recipes that are the same are compared")
	}
	pagetest.Eval[bool](p, `((v) => (v.value = "0.001") && true)(document.getElementById("compare-value"))`)
	p.Click("compare-go")
	p.Until("!document.getElementById('compare-pair').hidden && " + pagetest.StepB + " > 20")
	if words := p.Text("compare-differ"); !strings.Contains(words, "0.0002 in A, 0.001 in B") {
		t.Errorf("the difference is said as %q", words)
	}
	start := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(start+60) + " && " + pagetest.StepB + " > " + strconv.Itoa(start+60))
	// The faster one waits; what it may be ahead is 50 steps, and the page hears of steps in lumps.
	for range 3 {
		if apart := pagetest.Eval[float64](p, "Math.abs(ganvas.status().step - "+pagetest.StepB+")"); apart > 250 {
			t.Errorf("the runs are %v steps apart", apart)
		}
		p.Rest()
	}
	p.Look("compare")

	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	at := pagetest.Stands[int](p, pagetest.StepB)
	p.Click("play")
	p.Until(pagetest.StepB + " > " + strconv.Itoa(at+20))

	p.Click("tab-watch")
	at = pagetest.Stands[int](p, pagetest.StepB)
	own := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(own+100))
	if now := pagetest.Eval[int](p, pagetest.StepB); now > at {
		t.Errorf("the other run goes on from step %d to %d though nobody looks", at, now)
	}
	p.Click("tab-compare")
	p.Until(pagetest.StepB + " > " + strconv.Itoa(at+20))
	p.Click("compare-end")
	p.Until("document.getElementById('compare-pair').hidden")
	own = p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(own+60))
}

// A run to compare with that hangs is given up: the page says so and offers it again, and its own goes on.
func hungComparison(t *testing.T, p *pagetest.Visit) {
	p.Until("document.getElementById('compare-value').value !== ''")
	p.Click("compare-go")
	p.Until("!document.getElementById('compare-pair').hidden && " + pagetest.StepB + " > 20")
	pagetest.Eval[bool](p, `(async () => { await ganvasPage.watchCompared(0, true); for (let i = 0; i < 8; i++) await ganvasPage.watchCompared(2000); return true; })()`)
	p.Until("document.getElementById('compare-pair').hidden && /to compare with stopped: no step came/.test(document.getElementById('notices').innerText)")
	at := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(at+100))
	p.ClickOn("#notices .notice button:nth-of-type(1)")
	p.Until("!document.getElementById('compare-pair').hidden && " + pagetest.StepB + " > 3")
}
