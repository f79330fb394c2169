package rooms

import (
	"fmt"
	"image"
	"testing"

	"github.com/chromedp/cdproto/input"

	"ganvas/www/pagetest"
)

// The plane shows D's field, which goes with every update and can be switched off, and a hidden unit over it; sets of points are a
// click away; and while it is watched and the run trains, a pause, a change of a rate and another room wait for little.
func planeRoom(t *testing.T, p *pagetest.Visit) {
	p.Begins("ring-2d", "")
	p.Click("tab-plane")
	p.Trained(60)
	p.Until("!document.querySelector('#studio.waiting') && document.querySelectorAll('#plane-words p').length === 3")
	p.Until("/at step 60/.test(document.getElementById('studio').title)")
	p.Shows("view", "a field in colours", func(m image.Image) bool { return pagetest.Coloured(m) > 0.05 })
	p.Look("plane")
	for _, window := range [][2]int64{{1280, 720}, {1440, 900}} { // what changes the game stands beside it
		p.Resize(window[0], window[1])
		p.Rest()
		p.InView(fmt.Sprintf("%d × %d", window[0], window[1]), "#play", "#plane-field", "#studio", "#plane-here", "#plane-set-ring", "#plane-update", "#dial-lr_g", "#dial-discriminator-more", "#n-right", "#grade-word")
	}
	before := p.Settled()
	p.Click("plane-field")
	p.Changes(before, 0.1, "D's field switched off")
	p.Click("plane-field")
	p.Returns(before, 0.001, "D's field was switched off")
	p.Click("plane-grid")
	p.Changes(before, 0.005, "the generator's grid")
	p.Click("plane-grid")

	// The first unit of the second layer lies under that layer's words.
	unit := pagetest.Eval[[]float64](p, `((e) => [e.offsetLeft + 12, e.offsetTop + e.offsetHeight + 12])(document.querySelectorAll("#plane-words p")[1])`)
	p.Mouse(input.DispatchMouseEventTypeMouseMoved, unit[0], unit[1], false)
	p.Until("/unit 1 of D’s hidden layer 2/.test(document.getElementById('plane-here').textContent)")
	p.Changes(before, 0.1, "a hidden unit over the plane")
	p.Mouse(input.DispatchMouseEventTypeMouseMoved, 5, -20, false)
	p.Returns(before, 0.001, "a hidden unit was shown")

	if says := p.Text("plane-update"); says != "One update: D’s turn" {
		t.Errorf("between steps the button says %q", says)
	}
	p.Click("plane-update")
	p.Until("document.getElementById('plane-update').textContent === 'One update: G’s turn' && ganvas.status().updates === 1")
	p.Changes(before, 0.003, "an update of D")

	p.Click("play")
	p.Until("ganvas.status().step > 200")
	const most = 2000 // milliseconds, on machines that do much else besides
	waits := pagetest.Eval[[]float64](p, `(async () => {
		const timed = async (f) => { const t = performance.now(); await f(); return performance.now() - t; };
		const rate = await timed(() => ganvas.set("lr_d", 0.001)), paused = await timed(() => ganvas.pause());
		await ganvas.resume();
		const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
		const room = await timed(async () => (document.getElementById("tab-latent").click(), await frame()));
		document.getElementById("tab-plane").click();
		return [rate, paused, room];
	})()`)
	for i, what := range []string{"a rate", "a pause", "another room"} {
		if waits[i] > most {
			t.Errorf("%s took %.0f ms", what, waits[i])
		}
	}
	t.Logf("a rate, a pause and another room took %.0f ms", waits)
	p.Click("plane-set-moons")
	p.Click("ask-yes")
	p.Until("ganvas.status().recipe.dataset === 'moons' && /dataset=moons/.test(location.search) && document.getElementById('plane-set-moons').ariaPressed === 'true'")
	p.Until("ganvas.status().step > 20")
	p.Click("plane-draw")
	p.Until("document.getElementById('plane-own').checkVisibility() && document.getElementById('plane-train').disabled")
	drawn := func(how string) {
		t.Helper()
		p.Until("!document.getElementById('plane-train').disabled")
		p.Click("plane-clear")
		p.Until("document.getElementById('plane-train').disabled")
		p.Show("view") // the buttons below it may have been scrolled to
		t.Logf("drawn by %s", how)
	}
	p.Drag(100, 100, 250, 220)
	drawn("pointer")
	p.Swipe(120, 90, 220, 200)
	drawn("finger")
	pagetest.Eval[bool](p, "document.getElementById('studio').focus() === undefined")
	p.Press("\r")
	for range 4 {
		p.Do(pagetest.KeyDown("ArrowRight"), pagetest.KeyDown("ArrowDown"))
	}
	p.Press("\r")
	drawn("keys")
	p.Drag(100, 100, 250, 220)
	p.Until("!document.getElementById('plane-train').disabled")
	p.Click("plane-train")
	p.Click("ask-yes")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 20 && /points/.test(document.querySelector('.tagline').textContent)")
	p.Click("plane-draw")
	p.ClickOn("#plane-word button")
	p.Click("ask-yes")
	p.Until("ganvas.status().step > 30 && document.getElementById('plane-own').hidden")
	p.Look("plane-word")
	// A picture's dark parts: a black bar in its left half.
	p.Click("plane-draw")
	pagetest.Eval[bool](p, `(async () => {
		const canvas = new OffscreenCanvas(60, 40), c = canvas.getContext("2d"), given = new DataTransfer(), input = document.getElementById("plane-file");
		c.fillStyle = "white"; c.fillRect(0, 0, 60, 40); c.fillStyle = "black"; c.fillRect(5, 5, 12, 30);
		given.items.add(new File([await canvas.convertToBlob()], "bar.png", { type: "image/png" }));
		input.files = given.files;
		return input.dispatchEvent(new Event("change"));
	})()`)
	p.Click("ask-yes")
	p.Until("ganvas.status().step > 30 && document.getElementById('plane-own').hidden && ganvas.status().recipe.dataset === 'own'")
	p.Click("plane-try-collapse")
	p.Click("ask-yes")
	p.Until("ganvas.status().recipe.dataset === 'ring' && ganvas.status().recipe.loss === 'bce' && ganvas.status().state === 'running'")
	p.Click("plane-beside")
	p.Until("document.getElementById('tab-compare').ariaSelected === 'true' && /R1/.test(document.getElementById('compare-b').textContent) && /Loss/.test(document.getElementById('compare-differ').textContent)")
}

// A run on pictures has no plane: the room says so, and begins one on points.
func TestPlaneOfPictures(t *testing.T) {
	p := pagetest.Open(t, pagetest.View{Width: 390, Height: 844, Scale: 1}, pagetest.Plain+"&room=plane&lang=zh&autostart=0")
	p.Started()
	p.Until("document.getElementById('plane-none').checkVisibility() && !document.getElementById('plane-show').checkVisibility()")
	p.Click("plane-begin")
	p.Until("ganvas.status().recipe.dataset === 'ring' && ganvas.status().step > 5 && document.querySelectorAll('#plane-words p').length === 3")
	if wide := pagetest.Eval[int](p, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the page is %d wide", wide)
	}
	p.NoErrors()
}
