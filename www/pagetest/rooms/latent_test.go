package rooms

import (
	"bytes"
	"image/gif"
	"image/png"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ganvas/www/pagetest"
)

// The rooms to use, in one page.
func TestRooms(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, "room=latent&preset=conditional&generator=16-8&discriminator=8-16&batch=16&autostart=0&lang=en")
	p.Started()
	p.Part("latent space of pictures", latentSpaceOfPictures)
	p.Part("latent space of points", latentSpaceOfPoints)
	p.Part("quality is measured", qualityIsMeasured)
	p.Part("play", playRoom)
	p.Part("plane", planeRoom)
	p.NoErrors()
}

// The field is dragged by pointer and by keys, a place is chosen by click, and all of it can be kept.
func latentSpaceOfPictures(t *testing.T, p *pagetest.Visit) {
	p.Drawn()
	p.Until("/fake 2/.test(document.getElementById('latent-here').innerText)")
	p.Look("latent-begin")

	before := p.Drawing("view")
	p.Drag(300, 250, 480, 180)
	p.Changes(before, 0.03, "dragging")
	dragged := p.Settled()
	p.Mouse(input.DispatchMouseEventTypeMousePressed, 300, 250, true)
	p.Mouse(input.DispatchMouseEventTypeMouseReleased, 300, 250, false)
	here := p.Text("latent-here")
	p.Until("document.getElementById('latent-here').innerText !== " + strconv.Quote(here))
	p.Press(kb.ArrowRight) // the drawing has the focus after the click
	p.Press("+")
	p.Changes(dragged, 0.03, "keys")

	before = p.Settled()
	if _, err := chromedp.Call(p.Ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: 400, Y: 500, DeltaX: 1, DeltaY: -400}); err != nil {
		t.Fatal(err)
	}
	p.Changes(before, 0.03, "the wheel over the field")
	if pagetest.Eval[float64](p, "scrollY") != 0 {
		t.Error("the wheel over the field has scrolled the page")
	}

	p.Fill("anchor-b", "30")
	p.Until("/fake 30/.test(document.getElementById('latent-here').innerText)")
	pagetest.Eval[bool](p, `((e) => { e.value = "2026"; return e.dispatchEvent(new Event("input")); })(document.getElementById("latent-write"))`)
	p.Look("latent-writing")
	still, err := png.Decode(bytes.NewReader(pagetest.Read(t, p.Saved("latent-png"))))
	if err != nil || still.Bounds().Dx()%(4*28*3) != 0 || pagetest.Shades(still) < 30 {
		t.Errorf("the field with 2026 everywhere, saved: %v, %v", still.Bounds(), err)
	}
	film, err := gif.DecodeAll(bytes.NewReader(pagetest.Read(t, p.Saved("latent-gif"))))
	if err != nil || len(film.Image) != 48 || film.Image[0].Bounds().Dx() != 4*28*3 {
		t.Errorf("the walk, saved: %v", err)
	}

	p.Click("walk-play")
	p.Until("Number(document.getElementById('walk').value) > 5")
	p.Click("walk-play")
	pagetest.Eval[bool](p, "(document.getElementById('latent-values').open = true)")
	p.Until("document.querySelectorAll('#values input').length === 6")
	pagetest.Eval[bool](p, "document.getElementById('view').scrollIntoView({block: 'start', behavior: 'instant'}) === undefined")
	at := p.Drawing("view")
	pagetest.Eval[bool](p, `((e) => { e.value = 3; return e.dispatchEvent(new Event("input")); })(document.querySelector("#values input"))`)
	p.Until("!document.getElementById('values-back').disabled")
	p.Changes(at, 0, "turning a noise value")
	p.Look("latent-values")
	p.Click("play") // while the run trains the field follows it
	p.Until("ganvas.status().step > 4")
	p.Drawn()
}
