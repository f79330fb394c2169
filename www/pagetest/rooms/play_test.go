package rooms

import (
	"math"
	"regexp"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/input"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// A stroke on the pad gets a verdict, which follows D while it trains; three rounds are guessed by keys.
func playRoom(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.Click("tab-play")
	p.Click("play")
	p.Until("ganvas.status().step > 20")
	empty, top := p.Text("pad-says"), "document.getElementById('view').getBoundingClientRect().top"
	seen := func(what ...string) { // in a frame of 900 × 760 pixels, which goes without the page's head
		t.Helper()
		pagetest.Eval[bool](p, "scrollTo(0, 0) === undefined")
		p.InView("900 × 760", what...)
	}
	p.Resize(900, 760+pagetest.Eval[int64](p, "document.querySelector('body > header').offsetHeight"))
	pagetest.Eval[bool](p, "scrollTo(0, 0) === undefined")
	p.Rest()
	before := pagetest.Eval[float64](p, top)
	p.Drag(120, 90, 260, 330)
	p.Until("/^D takes it for/.test(document.getElementById('pad-says').innerText)")
	seen("#pad-says")
	if after := pagetest.Eval[float64](p, top); after != before {
		t.Errorf("the verdict moves the pad from %v to %v while one draws", before, after)
	}
	p.Look("play-draw")
	first := p.Text("pad-says")
	p.Until("document.getElementById('pad-says').innerText !== " + strconv.Quote(first)) // D has learned since
	p.Click("pad-clear")
	p.Until("document.getElementById('pad-says').innerText === " + strconv.Quote(empty))
	p.Click("pad-real")
	p.Until("/The judge sees a \\d/.test(document.getElementById('pad-says').innerText)")

	p.Click("play-guess")
	p.Click("guess-next")
	for round := 1; round <= 3; round++ {
		p.Until("!document.getElementById('guess-real').disabled")
		if round == 1 {
			seen("#game-says", "#guess-real", "#guess-fake")
		}
		p.Press([]string{"1", "2"}[round%2])
		p.Until("document.querySelectorAll('#rounds li').length === " + strconv.Itoa(round))
		if says := p.Text("game-says"); !regexp.MustCompile(`^It was (real|a fake)\. You`).MatchString(says) {
			t.Errorf("after round %d it says %q", round, says)
		}
		p.Press("\r") // on to the next picture
	}
	p.Until("document.querySelectorAll('#rounds li').length === 3 && !document.getElementById('guess-real').disabled")
	seen("#game-says", "#guess-real")
	p.Look("play-guess")
	p.Resize(1440, 900)
	right := pagetest.Eval[int](p, "[...document.querySelectorAll('#rounds li > span:nth-of-type(1)')].filter((e) => e.className === 'right').length")
	if score := p.Text("score-you"); score != strconv.Itoa(right) {
		t.Errorf("%d of the rounds are marked right, the score is %s", right, score)
	}
}

// A finger draws on a phone's pad, and drags the field of the latent space; elsewhere it scrolls the page.
func TestLongTouch(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.View{Width: 390, Height: 844, Scale: 2}, pagetest.Plain+"&room=play&autostart=0")
	p.Trained(21)
	p.Until("!document.querySelector('#studio.waiting')")
	p.Show("view")
	p.Swipe(60, 90, 220, 250)
	p.Until("/^D takes it for/.test(document.getElementById('pad-says').innerText)")
	p.Look("touch-play")
	p.Click("tab-latent")
	p.Show("view")
	p.Drawn()
	top := func() float64 {
		return pagetest.Eval[float64](p, "document.getElementById('view').getBoundingClientRect().top")
	}
	before, at := p.Drawing("view"), top()
	p.Swipe(200, 200, 90, 120)
	p.Changes(before, 0.03, "a swipe")
	if now := top(); math.Abs(now-at) > 1 {
		t.Errorf("a swipe over the field has scrolled it from %g to %g", at, now)
	}
	before = p.Settled()
	p.Fingers([][2]float64{{150, 150}, {190, 190}}, [][2]float64{{60, 60}, {280, 280}})
	p.Changes(before, 0.03, "two fingers that part")
	p.Look("touch-latent")
	if wide := pagetest.Eval[float64](p, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the page is %g pixels wide in a window of 390", wide)
	}
	p.NoErrors()
}

// TestLookAtRooms writes screenshots of these rooms with weights that were trained before into the folder that
// GANVAS_PICTURES names, to be looked at.
func TestLookAtRooms(t *testing.T) {
	pagetest.Folder(t)
	for name, v := range map[string]pagetest.View{"wide": pagetest.Desktop, "wide-dark": {Width: 1440, Height: 900, Dark: true}, "phone": {Width: 390, Height: 844, Scale: 2}} {
		lang := map[string]string{"wide": "en", "wide-dark": "zh", "phone": "en"}[name]
		p := pagetest.Open(t, v, "room=latent&preset=conditional&autostart=0&lang="+lang)
		p.Started()
		pagetest.Eval[bool](p, `ganvas.load(new URL("weights/conditional.safetensors", location), {paused: true}).then(() => true)`)
		p.Drawn()
		p.Rest()
		p.Look("latent-" + name)
		pagetest.Eval[bool](p, `((e) => { e.value = "2026"; return e.dispatchEvent(new Event("input")); })(document.getElementById("latent-write"))`)
		pagetest.Eval[bool](p, "(document.getElementById('latent-values').open = true)")
		p.Until("document.querySelectorAll('#values input').length === 6")
		p.Rest()
		p.Show("view")
		p.Look("latent-writing-" + name)
		p.Click("tab-play")
		p.Click("play")
		p.Until("ganvas.status().step > 20 && ganvas.status().state === 'running'")
		p.Click("pad-real")
		p.Rest()
		p.Look("play-" + name)
		p.Show("drawing")
		p.Look("play-below-" + name)
		p.Click("play-guess")
		for round := 1; round <= 4; round++ {
			p.Click("guess-next")
			p.Until("!document.getElementById('guess-real').disabled")
			p.Click([]string{"guess-fake", "guess-real"}[round%2])
		}
		p.Rest()
		p.Show("stage")
		p.Look("guess-" + name)
		p.NoErrors()
	}
}

// A run on points shows where its plane of noise lands.
func latentSpaceOfPoints(t *testing.T, p *pagetest.Visit) {
	p.Begins("ring-2d", "")
	p.Click("play")
	p.Until("ganvas.status().step > 300")
	p.Until("!document.querySelector('#studio.waiting') && /fake 2/.test(document.getElementById('latent-here').innerText)")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	p.Look("latent-points")
	before := p.Settled()
	p.Mouse(input.DispatchMouseEventTypeMousePressed, 300, 250, true)
	p.Mouse(input.DispatchMouseEventTypeMouseReleased, 300, 250, false)
	p.Until("/[1-9]/.test(document.getElementById('latent-here').innerText.split('towards')[0])")
	p.Drag(300, 300, 400, 200)
	p.Changes(before, 0.01, "dragging")
	p.Click("tab-play")
	p.Until("!document.getElementById('play-points').hidden && document.getElementById('playing').hidden")
}
