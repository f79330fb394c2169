package run

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// What the buttons of a run do, in one page.
func TestTransport(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&lang=en")
	p.Started()
	p.Part("trains by itself", trainsByItself)
	p.Part("settings", settings)
	p.Part("pause, step and play", pauseStepAndPlay)
	p.Part("questions in a row", questionsInARow)
	p.Part("start over asks", startOverAsks)
	p.Part("errors stand at their field", errorsStandAtTheirField)
	p.Part("change the experiment", changeTheExperiment)
	p.Part("time line", timeLine)
	p.Part("notices keep out of the way", noticesKeepOutOfTheWay)
	p.NoErrors()
}

func trainsByItself(t *testing.T, p *pagetest.Visit) {
	p.Until("!document.querySelector('#studio.waiting') && ganvas.status().step > 5")
	first := p.Drawn()
	at := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(at+60))
	p.Changes(first, 0.02, "60 steps")
	p.Until("document.getElementById('arriving').hidden")
	p.Until("/% real/.test(document.getElementById('judged-real').textContent)")
}

func settings(t *testing.T, p *pagetest.Visit) {
	p.Fill("lr_g", "0.001")
	p.Until("ganvas.status().recipe.lr_g === 0.001")
	p.Fill("lr_g", "7")
	p.Until("/1e-7/.test(document.getElementById('lr_g-wrong').textContent)")
	if rate := pagetest.Eval[[]float64](p, "[Number(document.getElementById('lr_g').value), ganvas.status().recipe.lr_g]"); rate[0] != 7 || rate[1] != 0.001 {
		t.Errorf("a refused learning rate leaves %v in its input, and the run has %v", rate[0], rate[1])
	}
	p.Fill("lr_g", "0.001")
	at := p.Step()
	p.Fill("seed", "5")
	p.Until("!document.getElementById('pending').hidden")
	p.Until("ganvas.status().step > " + strconv.Itoa(at)) // the run goes on until the start
	p.Click("apply")
	p.Until("ganvas.status().recipe.seed === 5 && document.getElementById('pending').hidden")
	if q := pagetest.Eval[string](p, "location.search"); !strings.Contains(q, "seed=5") || !strings.Contains(q, "generator=64-64") {
		t.Errorf("the address is %s: it should hold the experiment", q)
	}
}

func pauseStepAndPlay(t *testing.T, p *pagetest.Visit) {
	p.Until("ganvas.status().state === 'running' && ganvas.status().step > 3")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	at := p.Step()
	p.Rest()
	if now := p.Step(); now != at {
		t.Errorf("a paused run went from step %d to %d", at, now)
	}
	p.Click("step")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === " + strconv.Itoa(at+1))
	p.Press("s")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === " + strconv.Itoa(at+2))
	pagetest.Eval[bool](p, "document.activeElement.blur() === undefined")
	p.Press(" ")
	p.Until("ganvas.status().state === 'running' && ganvas.status().step > " + strconv.Itoa(at+5))
	p.Press(" ")
	p.Until("ganvas.status().state === 'paused'")
}

// A question that follows another at once, whose dialog has not told yet that it was closed, gets an answer of its own, and one
// that comes while another is open takes its place.
func questionsInARow(t *testing.T, p *pagetest.Visit) {
	got := pagetest.Eval[[]bool](p, `(async () => {
		const { confirmed } = await import("./js/run/transport.js");
		const press = (id) => document.getElementById(id).click();
		const first = confirmed(5);
		press("ask-no");
		const second = confirmed(6);
		await new Promise((done) => setTimeout(done, 100));
		press("ask-yes");
		const third = confirmed(7), fourth = confirmed(8);
		press("ask-yes");
		const late = new Promise((done) => setTimeout(done, 2000, false));
		return [await first, await Promise.race([second, late]), await third, await Promise.race([fourth, late]), document.getElementById("ask").open];
	})()`)
	if want := []bool{false, true, false, true, false}; !slices.Equal(got, want) {
		t.Errorf("the answers are %v, want %v", got, want)
	}
	p.Rest()
	p.Until("window.ganvas && !history.state?.dialog") // each has taken back its own entry of the history, and no more
}

func startOverAsks(t *testing.T, p *pagetest.Visit) {
	at := p.Step()
	p.Press("r")
	p.Until("document.getElementById('ask').open")
	p.Click("ask-no")
	p.Rest()
	if p.Step() != at {
		t.Errorf("after Cancel the run is at step %d, it was at %d", p.Step(), at)
	}
	p.Click("reset")
	p.Click("ask-yes")
	p.Until("ganvas.status().state === 'running' && ganvas.status().recipe.batch === 32")
}

// Runs of other recipes, one after the other in one page.
func TestLongRunsOfAllKinds(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&lang=en&autostart=0")
	p.Started()
	p.Part("along a tape", func(t *testing.T, p *pagetest.Visit) { alongTape(t, p, false) })
	p.Part("as many numbers as asked", asManyNumbersAsAsked)
	p.Part("the run ends", runEnds)
	p.Part("growing", growing)
	p.NoErrors()
}

func runEnds(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", "generator: [2], discriminator: [2], batch: 4096, epochs: 1")
	p.Until("document.getElementById('arriving').hidden && document.getElementById('progress').value > 0")
	p.Click("play")
	p.Until("ganvas.status().state === 'finished'")
	p.Until("document.getElementById('play').disabled")
	p.Until("/^The run is over/.test(document.getElementById('doctor').innerText)")
}

// A growing run says how far it is, and reaches the full resolution.
func growing(t *testing.T, p *pagetest.Visit) {
	p.Begins("progressive", "generator: [4, 4, 4, 4], discriminator: [4, 4, 4, 4], noise: 8, batch: 8, stage_images: 48")
	p.Click("play")
	p.Until("!document.getElementById('growth').hidden && document.getElementById('n-side').textContent.startsWith('32 × 32')")
	if n := pagetest.Eval[int](p, "ganvas.generate({count: 4, seed: 2}).then((b) => b.length)"); n != 4*784 {
		t.Errorf("4 digits are %d bytes, want %d", n, 4*784)
	}
}
