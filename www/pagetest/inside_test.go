package pagetest

import (
	"image"
	"testing"

	"github.com/chromedp/chromedp"
)

// marked is which layer or sample is marked, as "network layer" or "kind index".
const marked = `((id) => { const d = document.querySelector("#" + id + " [aria-checked=true]").dataset; return id === "layers" ? d.network + " " + d.layer : d.of + " " + d.index; })`

// coloured is the share of pixels that are far from grey.
func coloured(m image.Image) float64 {
	n, of := 0, m.Bounds().Dx()*m.Bounds().Dy()
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			r, g, b, _ := m.At(x, y).RGBA()
			if max(r, g, b)-min(r, g, b) > 40<<8 {
				n++
			}
		}
	}
	return float64(n) / float64(of)
}

// differs is the share of pixels in which two pictures of the drawing differ; the words above it may move it a little.
func differs(a, b image.Image) float64 {
	w, h := min(a.Bounds().Dx(), b.Bounds().Dx()), min(a.Bounds().Dy(), b.Bounds().Dy())
	n := 0
	for y := range h {
		for x := range w {
			if a.At(a.Bounds().Min.X+x, a.Bounds().Min.Y+y) != b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y) {
				n++
			}
		}
	}
	return float64(n) / float64(w*h)
}

// A visitor looks into the networks while they train: chooses layers and samples by pointer and by keyboard, and lets an
// image follow D's wish, which raises D's verdict of it.
func TestLookInside(t *testing.T) {
	p := open(t, view{width: 1440, height: 1900, scale: 1}, plain+"&room=inside&lang=en")
	p.started()
	p.until("!document.querySelector('#studio.waiting') && document.querySelectorAll('#layers [role=radio]').length === 8")
	if n := eval[int](p, "document.querySelectorAll('#samples canvas').length"); n != 16 {
		t.Errorf("%d samples can be chosen", n)
	}
	p.until(marked + "('layers') === 'discriminator 0'")
	p.rest()
	if says := eval[string](p, "document.getElementById('studio').title"); !contains(says, "histograms") {
		t.Errorf("the drawing is described as %q", says)
	}
	first := p.drawing("view")
	if part := coloured(first); part < 0.02 {
		t.Errorf("%.4f of the drawing is in colours: no weights are seen", part)
	}

	p.clickOn("#layers [data-network=generator][data-layer='4']")
	p.until("/under generator.4[.]/.test(document.getElementById('inside-says').textContent) && " + marked + "('layers') === 'generator 4'")
	p.rest()
	if part := differs(first, p.drawing("view")); !(part > 0.05) {
		t.Errorf("another layer changes %.4f of the drawing", part)
	}
	p.do(chromedp.Focus(chromedp.CSS("#layers [aria-checked=true]")))
	eval[bool](p, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }))`)
	p.until(marked + "('layers') === 'discriminator input' && document.activeElement.dataset.layer === 'input'")
	p.clickOn("#samples [data-of=real][data-index='3']")
	p.until(marked + "('samples') === 'real 3' && document.getElementById('inside-says').textContent.includes('real digit 4')")

	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	p.clickOn("#samples [data-of=fake][data-index='2']")
	p.until(marked + "('samples') === 'fake 2' && document.getElementById('inside-says').textContent.includes('fake 3')")
	p.rest()
	before := p.drawing("view")
	p.click("follow")
	p.until("!document.getElementById('unfollow').disabled")
	p.until("document.getElementById('follow-says').textContent.startsWith('After')")
	if rise := eval[float64](p, "((m) => Number(m[2]) - Number(m[3]))(document.getElementById('follow-says').textContent.match(/step (\\d+) finds it (?:> )?([\\d.]+) %.*was (?:< )?([\\d.]+) %/))"); !(rise > 0) {
		t.Errorf("following has raised D's verdict by %v per cent: %s", rise, p.text("follow-says"))
	}
	p.rest()
	followed := p.drawing("view")
	if part := differs(before, followed); !(part > 0.001) {
		t.Errorf("following has changed %.5f of the drawing", part)
	}
	p.click("unfollow")
	p.until("document.getElementById('unfollow').disabled")
	p.rest()
	if part := differs(before, p.drawing("view")); part > 0.0005 {
		t.Errorf("after the way back %.5f of the drawing differ from before", part)
	}
	p.click("lang-zh")
	p.until("document.getElementById('inside-says').textContent.includes('判别器')")
	if wide := eval[int](p, "document.documentElement.scrollWidth"); wide > 1440 {
		t.Errorf("the page is %d wide", wide)
	}
	p.noErrors()
}

// Programs get arrays of what is inside, and the way of an image of their own; a page that is narrow shows it all too.
func TestInsideForPrograms(t *testing.T) {
	p := open(t, view{width: 390, height: 844, scale: 2}, "preset=conditional&generator=16-8&discriminator=8-16&batch=16&room=inside")
	p.started()
	p.until("ganvas.status().step > 3 && document.querySelectorAll('#layers [role=radio]').length > 6")
	got := eval[map[string]any](p, `ganvas.inspect({ network: "generator", layer: "", of: "fake", index: 4 }).then((i) => {
		const w = i.weights, values = new Int8Array(i.bytes.buffer, w.at, w.units * w.each * w.h * w.w);
		return { network: i.network, label: i.label, any: values.some((v) => v !== 0), side: [w.h, w.w].join("×"), past: i.past.steps.length > 0 };
	})`)
	for name, want := range map[string]any{"network": "generator", "label": 4.0, "any": true, "side": "7×7", "past": true} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	if ok := eval[bool](p, `ganvas.wish({ image: new Uint8Array(784).fill(90), digit: 3, steps: 5 }).then((w) =>
		w.count > 1 && w.logits.every((v, k) => k === 0 || v > w.logits[k - 1]) && w.bytes[0] === 90)`); !ok {
		t.Error("an image of one's own does not follow the wish")
	}
	if why := eval[string](p, `ganvas.inspect({ layer: "nothing" }).catch((e) => e.message)`); !contains(why, "no layer") {
		t.Errorf("a layer that is not there is answered by %q", why)
	}
	if wide := eval[int](p, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the page is %d wide and scrolls sideways", wide)
	}
	if bare := eval[[]string](p, nameless); len(bare) > 0 {
		t.Errorf("these have no name: %v", bare)
	}
	p.noErrors()
}
