package pagetest

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	code := m.Run()
	ended()
	os.Exit(code)
}

func TestTrainsByItself(t *testing.T) {
	p := open(t, desktop, small)
	p.started()
	p.until("!document.querySelector('#studio.waiting') && ganvas.status().step > 5")
	p.rest()
	first := p.drawing("view")
	if n := shades(first); n < 50 {
		t.Errorf("the canvas has %d shades of grey: it is blank", n)
	}
	at := p.step()
	p.until("ganvas.status().step > " + itoa(at+100))
	p.rest()
	if part := changed(first, p.drawing("view")); !(part > 0.02) {
		t.Errorf("after 100 steps %.4f of the canvas's pixels differ from the first ones", part)
	}
	p.until("document.getElementById('arriving').hidden")
	p.until("/% real/.test(document.getElementById('judged-real').textContent)")
	p.noErrors()
}

func TestPauseStepAndPlay(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 3")
	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	at := p.step()
	p.rest()
	if now := p.step(); now != at {
		t.Errorf("a paused run went from step %d to %d", at, now)
	}
	p.click("step")
	p.until("ganvas.status().state === 'paused' && ganvas.status().step === " + itoa(at+1))
	p.press("s")
	p.until("ganvas.status().state === 'paused' && ganvas.status().step === " + itoa(at+2))
	eval[bool](p, "document.activeElement.blur() === undefined")
	p.press(" ")
	p.until("ganvas.status().state === 'running' && ganvas.status().step > " + itoa(at+5))
	p.press(" ")
	p.until("ganvas.status().state === 'paused'")
	p.noErrors()
}

func TestStartOverAsks(t *testing.T) {
	p := open(t, desktop, small+"&autostart=0")
	p.started()
	p.click("step")
	p.until("ganvas.status().step === 1 && ganvas.status().state === 'paused'")
	p.press("r")
	p.until("document.getElementById('ask').open")
	p.click("ask-no")
	p.rest()
	if p.step() != 1 {
		t.Errorf("after Cancel the run is at step %d, it was at 1", p.step())
	}
	p.click("reset")
	p.click("ask-yes")
	p.until("ganvas.status().state === 'running' && ganvas.status().recipe.batch === 32")
	p.noErrors()
}

func TestSettings(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 3")
	p.fill("lr_g", "0.001")
	p.until("ganvas.status().recipe.lr_g === 0.001")
	p.fill("lr_g", "7")
	p.until("/1e-7/.test(document.getElementById('notices').innerText)")
	if rate := eval[float64](p, "Number(document.getElementById('lr_g').value)"); rate != 0.001 {
		t.Errorf("a refused learning rate leaves %v in its input, the run has 0.001", rate)
	}
	at := p.step()
	p.fill("seed", "5")
	p.until("!document.getElementById('pending').hidden")
	p.until("ganvas.status().step > " + itoa(at)) // the run goes on until the start
	p.click("apply")
	p.until("ganvas.status().recipe.seed === 5 && document.getElementById('pending').hidden")
	if q := eval[string](p, "location.search"); !contains(q, "seed=5") || !contains(q, "generator=64-64") {
		t.Errorf("the address is %s: it should hold the experiment", q)
	}
	p.noErrors()
}

func TestRunEnds(t *testing.T) {
	p := open(t, desktop, "preset=classic&generator=2&discriminator=2&batch=4096&epochs=1&autostart=0")
	p.started()
	p.until("document.getElementById('arriving').hidden && document.getElementById('progress').value > 0")
	p.click("play")
	p.until("ganvas.status().state === 'finished'")
	p.until("document.getElementById('play').disabled")
	p.until("/^The run is over/.test(document.getElementById('doctor').innerText)")
	p.noErrors()
}

// A growing run says how far it is, and reaches the full resolution.
func TestGrowing(t *testing.T) {
	p := open(t, desktop, "preset=progressive&generator=4-4-4-4&discriminator=4-4-4-4&noise=8&batch=8&stage_images=48")
	p.until("window.ganvas && ganvas.status().step > 1")
	p.until("!document.getElementById('growth').hidden && document.getElementById('n-side').textContent.startsWith('32 × 32')")
	if n := eval[int](p, "ganvas.generate({count: 4, seed: 2}).then((b) => b.length)"); n != 4*784 {
		t.Errorf("4 digits are %d bytes, want %d", n, 4*784)
	}
	p.noErrors()
}
