package run

import (
	"strings"
	"testing"

	"ganvas/www/pagetest"
)

// What cannot be taken stays in its field with the reason under it, Start says why it cannot, and a decimal comma is understood.
func errorsStandAtTheirField(t *testing.T, p *pagetest.Visit) {
	wrong := func(field, text, allowed string) {
		t.Helper()
		p.FillShown(field, text)
		p.Until("document.getElementById('" + field + "-wrong').textContent !== ''")
		if says := pagetest.Eval[string](p, "document.getElementById('"+field+"-wrong').textContent"); !strings.Contains(says, allowed) {
			t.Errorf("%s %q: %q", field, text, says)
		}
		if kept := pagetest.Eval[string](p, "document.getElementById('"+field+"').value"); kept != text {
			t.Errorf("%s %q has become %q", field, text, kept)
		}
		if !pagetest.Eval[bool](p, "document.getElementById('apply').disabled && !document.getElementById('refused').hidden") {
			t.Errorf("%s %q: it can be started, or nothing says why not", field, text)
		}
	}
	wrong("lr_d", "abc", "a number from")
	wrong("batch", "", "a whole number from")
	wrong("seed", "9007199254740993", "a whole number from")
	if says := p.Notice(); says != "" {
		t.Errorf("a notice says it as well: %q", says)
	}
	p.Fill("batch", "32")
	p.Fill("seed", "1")
	p.Fill("lr_d", "0,002")
	p.Until("ganvas.status().recipe.lr_d === 0.002 && document.getElementById('lr_d').value === '0.002'")
	p.Until("document.getElementById('refused').hidden")
}

// Notices do not move the page, the same one is counted, and few are seen at once.
func noticesKeepOutOfTheWay(t *testing.T, p *pagetest.Visit) {
	p.Click("close-change")
	pagetest.Eval[bool](p, "ganvas.pause().then(() => true)") // what the run says takes its own room
	p.Until("ganvas.status().state === 'paused'")
	const top = "document.getElementById('transport').getBoundingClientRect().top"
	before := pagetest.Eval[float64](p, top)
	pagetest.Eval[bool](p, `(async () => { const { notice } = await import("/js/page/notices.js");
		for (const text of ["a", "b", "c", "d", "e", "e", "e"]) notice(text); return true; })()`)
	if after := pagetest.Eval[float64](p, top); after != before {
		t.Errorf("notices have moved the page by %v pixels", after-before)
	}
	if seen := pagetest.Eval[[]float64](p, "((box, last) => [box.height, box.bottom - last.bottom])(document.getElementById('notices').getBoundingClientRect(), document.querySelector('#notices > :last-child').getBoundingClientRect())"); seen[0] > 200 || seen[1] < -1 {
		t.Errorf("notices take %v pixels, and the newest ends %v above their end", seen[0], seen[1])
	}
	if times := pagetest.Eval[string](p, "document.querySelector('#notices > :last-child span').dataset.times"); times != "×3" {
		t.Errorf("what was said three times is counted as %q", times)
	}
}

// Buttons of the lesson do what they say.
func lessonButtons(t *testing.T, p *pagetest.Visit) {
	try := func(name string) { t.Helper(); p.ClickOn("[data-try='" + name + "']") }
	p.Begins("classic", pagetest.PlainFields)
	const chosen = "document.querySelector('#inside-layers [aria-checked=true]')?.dataset.network"
	try("generator.inside")
	p.Until(chosen + " === 'generator'")
	try("discriminator.inside")
	p.Until(chosen + " === 'discriminator'")
	pagetest.Eval[bool](p, "(async () => { await ganvas.step(30); return true; })()")
	p.Until("ganvas.status().step === 30 && ganvas.status().state === 'paused'")
	for _, c := range [][2]string{{"generator.shapes", "classic"}, {"dcgan.shapes", "dcgan"}, {"progressive.shapes", "progressive"}} {
		name, preset := c[0], c[1]
		try(name)
		p.Until("!document.getElementById('controls').hidden && document.querySelectorAll('#shapes li').length > 2")
		if pagetest.Eval[bool](p, "document.getElementById('ask').open") || p.Step() != 30 {
			t.Errorf("%s wants to end the run", name)
		}
		p.Until("document.getElementById('preset-name').textContent.includes('" + preset + "')")
	}
	p.Click("discard")
	try("turns.slow")
	p.Until("document.getElementById('slow').getAttribute('aria-pressed') === 'true'")
	try("losses.bce")
	p.Until("document.getElementById('ask').open")
	p.Click("ask-yes")
	p.Until("ganvas.status().recipe.generator[0] === 256 && ganvas.status().step < 30")
	if pagetest.Eval[string](p, "document.getElementById('slow').getAttribute('aria-pressed')") != "false" {
		t.Error("slow motion stays on in the run that another button starts")
	}
}

// Values are compared as values, refusals are in the page's language, and tabs keep their places.
func compareRefusesTheSameValue(t *testing.T, p *pagetest.Visit) {
	p.Click("compare-end")
	p.Begins("classic", pagetest.PlainFields+", lr_d: 0.004")
	p.Click("lang-zh")
	p.Until("document.querySelectorAll('#compare-field option').length > 5 && document.getElementById('compare-pair').hidden")
	pagetest.Eval[bool](p, `(() => { const f = document.getElementById("compare-field"); f.value = "lr_d"; return f.dispatchEvent(new Event("change")); })()`)
	p.Fill("compare-value", "4e-3")
	p.Click("compare-go")
	p.Until("document.getElementById('compare-wrong').textContent.includes('0.004')")
	for _, sentence := range []string{
		"Step 40 cannot go on with lr_d 9: lr_d is \"9\": it must be a number from 0 to 1.", "Seed cannot be changed on the way, since the run has used its random numbers: begin a new run with it.",
		"No whole state of this run is kept yet: pause it, and one will be.", "Ema cannot be switched on or off on the way: begin a new run with it.",
		"The training diverged at step 7: a loss became NaN, so the run went back to step 0; lower the learning rates.", "The real samples have not arrived yet: try again in a moment.",
	} {
		says := pagetest.Eval[string](p, "(async () => (await import('/js/page/reasons.js')).reasoned(`"+sentence+"`))()")
		if strings.ContainsAny(says, ":") || strings.Contains(says, " the ") {
			t.Errorf("on a Chinese page it says %q", says)
		}
	}
	const lefts = "JSON.stringify([...document.querySelectorAll('#rooms [role=tab]')].map((e) => e.getBoundingClientRect().left))"
	before := pagetest.Eval[string](p, lefts)
	p.Click("tab-watch")
	if after := pagetest.Eval[string](p, lefts); after != before {
		t.Errorf("the tabs stood at %s and stand at %s", before, after)
	}
}

// As many numbers are written as were asked for.
func asManyNumbersAsAsked(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", "generator: [16], discriminator: [16], batch: 16, conditional: true")
	p.FillShown("g-text", "2026")
	p.Fill("g-count", "5")
	p.Click("g-go")
	p.Until("/written 5 times/.test(document.getElementById('generated').getAttribute('aria-label'))")
	if ratio := pagetest.Eval[float64](p, "((c) => c.height / c.width)(document.getElementById('generated'))"); ratio < 1.1 {
		t.Errorf("five lines of four digits are %v as tall as wide", ratio)
	}
}
