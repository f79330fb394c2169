package rooms

import (
	"fmt"
	"image"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/input"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// fewSteps is a run of 14 quick steps an epoch.
const fewSteps = "preset=classic&generator=16&discriminator=16&batch=4096&epochs=9&lang=en"

// The first window shows Play, both numbers, the flow band, fakes and the chart; a click sends another fake through the
// band; one chart shows verdicts or losses; a lost drawing context comes back with all that.
func TestFirstFrame(t *testing.T) {
	p := pagetest.Open(t, pagetest.Screen, pagetest.Plain+"&lang=en")
	p.Started()
	p.Placed()
	p.Until("/^\\d+ %$/.test(document.getElementById('n-right').textContent)")
	for _, what := range []string{"#play", "#n-right", "#q-covered", "#doctor", "[data-at=noise]", "[data-at=realVerdict]", "[data-at=fakes]", "#curves"} {
		if bottom := pagetest.Eval[float64](p, `document.querySelector("`+what+`").getBoundingClientRect().bottom`); !(bottom > 0 && bottom < 700) {
			t.Errorf("%s ends at %v of a window of 900", what, bottom)
		}
	}
	p.Until("ganvas.status().step > 20")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	p.Until("ganvas.status().metrics") // what they say below the drawing may take a line more
	p.Until("/number 1:/.test(document.getElementById('status').textContent)")
	before := p.Settled()
	p.At("fakes", 100, 60, input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased)
	p.Until("/number 2:/.test(document.getElementById('status').textContent)")
	p.At("fakes", -4, -40, input.DispatchMouseEventTypeMouseMoved)
	p.Changes(before, 0.001, "another fake in the flow band")
	after := p.Settled()
	if part := pagetest.Changed(before, after); !(part > 0.001 && part < 0.2) {
		t.Errorf("another fake in the flow band changes %.4f of the drawing", part)
	}
	p.Click("curves-losses")
	p.Until("/A chart shows both losses/.test(document.getElementById('status').textContent)")
	p.Changes(after, 0.005, "losses instead of verdicts")
	losses := p.Settled()
	pagetest.Eval[bool](p, "document.getElementById('studio').focus() === undefined")
	p.Press("\u0303") // arrow right
	p.Until("/number 3:/.test(document.getElementById('status').textContent)")
	p.Do(pagetest.KeyDown("ArrowDown")) // to the one below
	p.Until("Number(/number (\\d+):/.exec(document.getElementById('status').textContent)[1]) > 3 + 5")
	p.Do(pagetest.KeyDown("ArrowUp"))
	p.Until("/number 3:/.test(document.getElementById('status').textContent)")
	p.Do(pagetest.KeyDown("ArrowUp")) // above it is none
	p.Rest()
	p.Until("/number 3:/.test(document.getElementById('status').textContent)")

	pagetest.Eval[bool](p, `(() => { const f = document.getElementById("studio"); f.contentWindow.before = true; f.contentDocument.querySelector("canvas").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext(); return true; })()`)
	p.Until("document.getElementById('studio').contentWindow.ganvasStudio && !document.getElementById('studio').contentWindow.before")
	p.Returns(losses, 0.1, "the context was lost")
	p.NoErrors()
}

// Slow motion tells every update in numbered sentences and does it when its network is said to learn; steps are one update,
// one batch or one epoch deep, by button and by key; a save in between finishes the step.
func TestLongSlowMotionAndDepths(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, fewSteps+"&autostart=0&d_steps=2")
	p.Started()
	p.Placed()
	pagetest.Eval[bool](p, `(window.told = [], new MutationObserver(() => { const e = document.getElementById("now-says"); if (e.dataset.number && told.at(-1) !== e.dataset.number) told.push(e.dataset.number); }).observe(document.getElementById("now-says"), {attributes: true, childList: true})) === undefined`)
	// Every sentence of every preset and loss is there in both languages, numbered without a gap.
	if wrong := pagetest.Eval[[]string](p, `Promise.all([import("./js/run/beats.js"), import("./js/strings.js"), fetch("config.json").then((r) => r.json())]).then(([b, s, c]) => {
		const wrong = [], recipes = c.presets.map((p) => p.recipe);
		for (const {name: loss} of c.losses) for (const conditional of [false, true]) recipes.push({...recipes[0], loss, conditional, label_mode: "auxiliary", gp_weight: 10, ema: 0.9});
		for (const r of recipes) {
			const all = Array.from({length: b.updatesOf(r)}, (_, done) => b.beatsOf(r, done));
			const numbers = [...new Set(all.flat().map((x) => x.number))];
			if (numbers.some((n, i) => n !== i + 1) || all.some((u) => u.filter((x) => x.learns).length !== 1 || !u.at(-1).learns)) wrong.push(r.loss + " " + numbers);
			for (const x of all.flat()) if (/undefined/.test(s.t(x.name, x.values))) wrong.push(x.name);
		}
		return wrong;
	})`); len(wrong) > 0 {
		t.Errorf("these beats are wrong: %v", wrong)
	}
	p.Press("m")
	p.Until("document.getElementById('slow').getAttribute('aria-pressed') === 'true' && !document.getElementById('pace-label').hidden")
	pagetest.Eval[bool](p, `((e) => { e.value = e.max; return e.dispatchEvent(new Event("input")); })(document.getElementById("pace"))`)
	p.Click("play")
	p.Until("ganvas.status().step >= 1")
	p.Click("play")
	p.Until("document.getElementById('play').dataset.does === 'play'")
	if told := pagetest.Eval[[]string](p, "told.slice(0, 13)"); fmt.Sprint(told) != "[1 2 3 4 5 1 2 3 4 5 6 7 8]" {
		t.Errorf("the sentences' numbers are %v", told)
	}
	if state := p.State(); state != "paused" {
		t.Errorf("between updates the run is %s", state)
	}
	p.Press("b") // to the end of the step
	p.Until("ganvas.status().updates === 0 && ganvas.status().state === 'paused'")
	at := p.Step()
	p.Press("u")
	p.Press("u") // at once
	p.Until("ganvas.status().updates === 1")
	if n := pagetest.Eval[int](p, "ganvas.save().then((b) => b.length)"); n < 10_000 || p.Step() != at+1 {
		t.Errorf("%d bytes saved at step %d, want them at %d", n, p.Step(), at+1)
	}
	p.Press("e")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === 7") // 60000 / 4096 / 2
	pagetest.Eval[bool](p, `(document.getElementById("depth").value = "epoch") === "epoch"`)
	p.Click("step")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === 14")
	p.Press("m")
	p.Until("document.getElementById('now-says').className === ''")
	p.NoErrors()
}

// A tab in the background gets no frames: training goes on, and what has happened is drawn when it comes back.
func TestBackgroundTabTrains(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"", pagetest.Trouble{Script: `{
		const frame = requestAnimationFrame.bind(window), waiting = [];
		let hidden = false;
		window.requestAnimationFrame = (f) => (hidden ? waiting.push(f) : frame(f));
		Object.defineProperty(Document.prototype, "hidden", { get: () => hidden });
		window.held = () => waiting.length;
		window.background = (on) => { hidden = on; if (!on) waiting.splice(0).forEach((f) => frame(f)); return true; };
	}`})
	p.Started()
	p.Placed()
	p.Until("ganvas.status().step > 5")
	const frames = "document.getElementById('studio').contentWindow"
	pagetest.Eval[bool](p, frames+".background(true)")
	p.Until(frames + ".held() > 0") // what is drawn from now on is held back
	p.Rest()
	before := p.Drawing("studio")
	step := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(2*step+80))            // pictures change the less the longer they have been learned
	if part := pagetest.Changed(before, p.Drawing("studio")); part > 0.02 { // the page's own words go on
		t.Errorf("in the background %.4f of the drawing change", part)
	}
	pagetest.Eval[bool](p, frames+".background(false)")
	p.Click("play")
	p.Shows("studio", "what has happened in the background", func(m image.Image) bool { return pagetest.Changed(before, m) > 0.05 })
	p.NoErrors()
}
