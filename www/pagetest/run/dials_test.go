package run

import (
	"fmt"
	"strings"
	"testing"

	"ganvas/www/pagetest"
)

// Pictures, chart, main numbers and main controls are in view together; what the controls change is changed at once, or waits for a start and
// says what is lost by it.
func dials(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.Click("tab-watch")
	p.Trained(7)
	p.Placed()
	tells(p)
	seen := []string{"#play", "#n-right", "#q-covered", "#grade-word", "#doctor", "#studio", "#curves", "[data-at=fakes]", "[data-at=reals]", "#try-this summary",
		"#dial-preset", "#dial-loss", "#dial-arch", "#dial-batch", "#dial-lr_g", "#dial-lr_g-slide", "#dial-lr_d", "#dial-g_steps-more", "#dial-d_steps-more", "#dial-generator-more", "#dial-discriminator-less"}
	for _, window := range [][2]int64{{1440, 900}, {1280, 720}, {2560, 1440}} {
		p.Resize(window[0], window[1])
		p.Rest()
		p.InView(fmt.Sprintf("%d × %d", window[0], window[1]), seen...)
	}
	p.Resize(1440, 900)
	// A rate acts at once, by slider and by box, and the drawer's field follows.
	pagetest.Eval[bool](p, `((e) => { e.value = "10"; e.dispatchEvent(new Event("input")); return e.dispatchEvent(new Event("change")); })(document.getElementById("dial-lr_g-slide"))`)
	p.Until("ganvas.status().recipe.lr_g === 0.002 && document.getElementById('lr_g').value === '0.002' && document.getElementById('dial-lr_g').value === '0.002'")
	p.Fill("dial-lr_d", "0,0007")
	p.Until("ganvas.status().recipe.lr_d === 0.0007 && document.getElementById('dial-pending').hidden")
	// A loss waits, and says for what.
	p.Fill("dial-loss", "hinge")
	p.Until("!document.getElementById('dial-pending').hidden && document.getElementById('loss').value === 'hinge'")
	if says := p.Text("dial-pending"); !strings.Contains(says, "Loss") || !strings.Contains(says, "67 steps") {
		t.Errorf("the loss waits with the words %q", says)
	}
	if p.Step() != 67 || pagetest.Eval[string](p, "ganvas.status().recipe.loss") != "bce" {
		t.Error("the loss has begun another run by itself")
	}
	p.Click("dial-discard")
	p.Until("document.getElementById('dial-pending').hidden && document.getElementById('dial-loss').value === 'bce'")
	// Layers by + and −, wider ones by their menu; D learns twice a step.
	p.Click("dial-generator-more")
	p.Until("document.getElementById('generator').value === '64-64-64' && document.querySelectorAll('.card.fake .bars li').length === 3")
	pagetest.Eval[bool](p, `((e) => { e.value = "128"; return e.dispatchEvent(new Event("change")); })(document.querySelectorAll(".card.fake .bars select")[2])`)
	p.Click("dial-discriminator-less")
	p.Click("dial-d_steps-more")
	p.Until("/120,080 weights/.test(document.querySelector('.card.fake .count').textContent)")
	p.Click("dial-apply")
	p.Until("ganvas.status().recipe.generator.join('-') === '64-64-128' && ganvas.status().recipe.discriminator.join('-') === '64' && ganvas.status().recipe.d_steps === 2")
	// What cannot be is refused here as well.
	p.Fill("dial-arch", "dcgan")
	p.Until("!document.getElementById('dial-refused').hidden && document.getElementById('dial-apply').disabled")
	if says := p.Text("dial-refused"); !strings.Contains(says, "multiples of 8") {
		t.Errorf("three layers of a dcgan are refused with %q", says)
	}
	p.Click("dial-discard")
	p.Until("document.getElementById('dial-refused').hidden")
	tryThis(p)
}

// inView is what of the page's words a visitor sees without scrolling.
const inView = `(() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = [];
	for (let n = walk.nextNode(); n; n = walk.nextNode()) {
		const e = n.parentElement, r = e.getBoundingClientRect();
		if (n.data.trim() && e.checkVisibility({visibilityProperty: true}) && r.width > 1 && r.height > 1 && r.top >= 0 && r.bottom <= innerHeight) all.push(n.data.trim());
	}
	return all.join(" "); })()`

// tells fails the test unless the screen tells a newcomer what is going on, in both languages, in every window: what the two networks do, how often D
// is right and what that is for G, and how good the fakes are.
func tells(p *pagetest.Visit) {
	p.T.Helper()
	pagetest.Eval[bool](p, "ganvas.step(60).then(() => ganvas.measure()).then(() => true)")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().metrics && document.getElementById('doctor').dataset.state !== 'young'")
	for _, window := range [][2]int64{{390, 844}, {1280, 720}, {1440, 900}} {
		p.Resize(window[0], window[1])
		for lang, sentences := range map[string][]string{
			"en": {"a fake comes out, and the discriminator says how real it looks", "D is right", "% ", "Digits", " / 10", "Quality"},
			"zh": {"生成器", "判别器判对", "% ", "质量"},
		} {
			p.Click("lang-" + lang)
			p.Rest()
			text := pagetest.Eval[string](p, inView) + " "
			for _, want := range append(sentences, p.Text("grade-word")) {
				if !strings.Contains(text, want) {
					p.T.Errorf("%v, %s: what is in view does not say %q: %s", window, lang, want, text)
				}
			}
			if balance := p.Text("right-says"); len(balance) < 4 || !strings.Contains(text, balance) {
				p.T.Errorf("%v, %s: nothing in view says whether %q is good for G", window, lang, p.Text("n-right"))
			}
			if doctor := p.Text("doctor"); window[0] > 900 && (len(doctor) < 10 || !strings.Contains(text, doctor)) {
				p.T.Errorf("%v, %s: the sentence on the run, %q, is not in view", window, lang, doctor)
			}
		}
	}
	p.Click("lang-en")
}

// tryThis opens one of the ten experiments: each is a link, and the page says what to look for.
func tryThis(p *pagetest.Visit) {
	p.T.Helper()
	p.ClickOn("#try-this summary")
	links := pagetest.Eval[[]string](p, "[...document.querySelectorAll('#try-list a')].map((a) => a.getAttribute('href'))")
	if len(links) != 10 {
		p.T.Errorf("%d experiments to try: %q", len(links), links)
	}
	p.ClickOn("#try-list [data-experiment=collapse]")
	p.Until("document.getElementById('ask').open || ganvas.status().recipe.dataset === 'ring'")
	if pagetest.Eval[bool](p, "document.getElementById('ask').open") {
		p.Click("ask-yes")
	}
	p.Until("ganvas.status().recipe.dataset === 'ring' && ganvas.status().recipe.lr_d === 0.005 && document.getElementById('tab-plane').ariaSelected === 'true'")
	if says := p.Text("try-look"); !strings.Contains(says, "eight clumps") {
		p.T.Errorf("what to look for in a collapse: %q", says)
	}
	if q := pagetest.Eval[string](p, "location.search"); !strings.Contains(q, "preset=ring-2d") || !strings.Contains(q, "leak=0") || !strings.Contains(q, "room=plane") {
		p.T.Errorf("the address of it is %s", q)
	}
	p.Fill("dial-lr_d", "0.0004")
	p.Until("document.getElementById('try-look').hidden") // another experiment by now
}
