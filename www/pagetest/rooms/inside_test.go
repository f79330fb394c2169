package rooms

import (
	"image"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// marked is which layer or sample is marked, as "network layer" or "kind index".
const marked = `((id) => { const d = document.querySelector("#" + id + " [aria-checked=true]").dataset; return id === "inside-layers" ? d.network + " " + d.layer : d.of + " " + d.index; })`

// A visitor looks into the networks: chooses layers and samples by pointer and by keyboard, and lets an
// image follow D's wish, which raises D's verdict of it.
func TestLookInside(t *testing.T) {
	p := pagetest.Open(t, pagetest.View{Width: 1440, Height: 1900}, pagetest.Plain+"&room=inside&lang=en&autostart=0")
	p.Trained(20)
	p.Until("!document.querySelector('#studio.waiting') && document.querySelectorAll('#inside-layers [role=radio]').length === 8")
	if n := pagetest.Eval[int](p, "document.querySelectorAll('#samples canvas').length"); n != 16 {
		t.Errorf("%d samples can be chosen", n)
	}
	p.Until(marked + "('inside-layers') === 'discriminator 0'")
	p.Until("document.getElementById('studio').title.includes('histograms')")
	p.Shows("view", "weights in colours", func(m image.Image) bool { return pagetest.Coloured(m) >= 0.02 })
	first := p.Settled()

	p.ClickOn("#inside-layers [data-network=generator][data-layer='4']")
	p.Until("/under generator.4[.]/.test(document.getElementById('inside-says').textContent) && " + marked + "('inside-layers') === 'generator 4'")
	p.Changes(first, 0.05, "another layer")
	p.Do(chromedp.Focus(chromedp.CSS("#inside-layers [aria-checked=true]")))
	pagetest.Eval[bool](p, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }))`)
	p.Until(marked + "('inside-layers') === 'discriminator input' && document.activeElement.dataset.layer === 'input'")
	p.ClickOn("#samples [data-of=real][data-index='3']")
	p.Until(marked + "('samples') === 'real 3' && document.getElementById('inside-says').textContent.includes('real digit 4')")

	p.ClickOn("#samples [data-of=fake][data-index='2']")
	p.Until(marked + "('samples') === 'fake 2' && document.getElementById('inside-says').textContent.includes('fake 3')")
	before := p.Settled()
	p.Click("follow")
	p.Until("!document.getElementById('unfollow').disabled")
	p.Until("document.getElementById('follow-says').textContent.startsWith('After')")
	if rise := pagetest.Eval[float64](p, "((m) => Number(m[2]) - Number(m[3]))(document.getElementById('follow-says').textContent.match(/step (\\d+) finds it (?:> )?([\\d.]+) %.*was (?:< )?([\\d.]+) %/))"); !(rise > 0) {
		t.Errorf("following has raised D's verdict by %v per cent: %s", rise, p.Text("follow-says"))
	}
	p.Changes(before, 0.001, "following")
	p.Click("unfollow")
	p.Until("document.getElementById('unfollow').disabled")
	p.Returns(before, 0.0005, "following")
	p.Click("lang-zh")
	p.Until("document.getElementById('inside-says').textContent.includes('判别器')")
	if wide := pagetest.Eval[int](p, "document.documentElement.scrollWidth"); wide > 1440 {
		t.Errorf("the page is %d wide", wide)
	}
	p.NoErrors()
}

// A value of a residual block is the sum of its two ways, each of which leads to where it comes from; of a transposed convolution a window shows what
// reaches the value, and moves. The noise is followed through to the verdict, and the gradients are shown backwards.
func TestTakenApart(t *testing.T) {
	p := pagetest.Open(t, pagetest.View{Width: 1440, Height: 1900}, "preset=sngan&generator=8-4-4&discriminator=4-4-8&batch=8&room=inside&lang=en&autostart=0")
	p.Trained(2)
	says := func(id, pattern string) {
		p.Until("/" + pattern + "/.test(document.getElementById('" + id + "').textContent)")
	}
	const terms = `[...document.querySelectorAll("#sum-parts .result")].map((e) => Number(e.textContent.replace("−", "-")))`
	p.ClickOn("#inside-layers [data-network=discriminator][data-layer='1']")
	says("sum-says", "two ways through the block .* added.*Together that is")
	if two := pagetest.Eval[[]float64](p, terms); len(two) != 2 || math.Abs(two[0]+two[1]-pagetest.Eval[float64](p, `Number(document.getElementById("sum-says").textContent.match(/Together that is ([−\d.]+)/)[1].replace(/[.]$/, "").replace("−", "-"))`)) > 0.02 {
		t.Errorf("the block's ways are %v, and it is said: %s", two, p.Text("sum-says"))
	}
	p.ClickOn("#sum-parts .product:last-child button")
	p.Until(marked + "('inside-layers') === 'discriminator 1.skip.0'")
	says("sum-says", "after spectral norm")
	p.ClickOn("#inside-layers [data-network=discriminator][data-layer='0.main.2']")
	says("sum-says", "4 of its values come together in this one .averaged down.: 0.25 × ")
	p.ClickOn("#inside-layers [data-layer='6.skip.0']")
	says("sum-says", "the label has a row of weights of its own")

	pagetest.Eval[bool](p, `ganvas.start({ generator: "16-8", discriminator: "8-16", batch: "8" }, { preset: "dcgan", paused: true }).then(() => ganvas.step(2)).then(() => true)`)
	p.Until("ganvas.status().step === 2 && ganvas.status().state === 'paused'")
	p.Until("document.querySelector('#inside-layers [data-network=generator]:last-child').dataset.layer === '7'")
	p.ClickOn("#inside-layers [data-network=generator]:last-child")
	says("sum-says", "a transposed convolution")
	says("window-says", "is reached by 4 values of each map that goes in")
	before := p.Text("window-says")
	p.Click("window-move")
	p.Until("document.getElementById('window-says').textContent !== " + strconv.Quote(before))
	p.Click("window-move")
	p.Until("document.getElementById('window-says').textContent === " + strconv.Quote(before))

	p.Click("walk-gradients")
	p.Until("document.querySelectorAll('#inside-layers em').length === 2")
	says("walk-says", "Its weights’ gradients are about [\\d.]")
	p.Click("walk-noise")
	says("walk-says", "plain random numbers")
	p.Until("document.querySelectorAll('#inside-layers em').length === 0 && " + marked + "('inside-layers') === 'generator input'")
	p.Until(marked + "('inside-layers') === 'generator 0'")
	p.Click("walk-noise")
	p.Until("document.getElementById('walk-says').textContent === ''")
	p.NoErrors()
}

// The ways through the networks end: the gradients with what became of them, the noise with the verdict.
func TestLongWalks(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.View{Width: 1440, Height: 1900}, pagetest.Plain+"&room=inside&lang=en&autostart=0")
	p.Trained(3)
	p.Until("document.querySelectorAll('#inside-layers [role=radio]').length === 8")
	p.Click("walk-gradients")
	p.Until("/Discriminator: .* at its end.*Generator: .* at its end/.test(document.getElementById('walk-says').textContent)")
	if bars := pagetest.Eval[int](p, "document.querySelectorAll('#inside-layers em').length"); bars != 6 {
		t.Errorf("%d layers with weights have a bar", bars)
	}
	p.Click("walk-noise")
	p.Until("/From random numbers to a verdict.*real/.test(document.getElementById('walk-says').textContent) && " + marked + "('inside-layers').startsWith('discriminator')")
	p.NoErrors()
}

// Programs get arrays of what is inside, and the way of an image of their own; a page that is narrow shows it all too.
func TestLongInsideForPrograms(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.View{Width: 390, Height: 844, Scale: 2}, "preset=conditional&generator=16-8&discriminator=8-16&batch=16&room=inside")
	p.Started()
	p.Until("ganvas.status().step > 3 && document.querySelectorAll('#inside-layers [role=radio]').length > 6")
	got := pagetest.Eval[map[string]any](p, `ganvas.inspect({ network: "generator", layer: "", of: "fake", index: 4 }).then((i) => {
		const w = i.weights, values = new Int8Array(i.bytes.buffer, w.at, w.units * w.each * w.h * w.w);
		return { network: i.network, label: i.label, any: values.some((v) => v !== 0), side: [w.h, w.w].join("×"), past: i.past.steps.length > 0 };
	})`)
	for name, want := range map[string]any{"network": "generator", "label": 4.0, "any": true, "side": "7×7", "past": true} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	// A value of a feature map comes apart into patches and kernels, and the products add up to what is said.
	pagetest.Eval[bool](p, `ganvas.start({ generator: "16-8", discriminator: "8-16", batch: "16" }, { preset: "dcgan" }).then(() => true)`)
	p.Until("ganvas.status().step > 3 && !ganvas.status().recipe.conditional")
	p.ClickOn("#inside-layers [data-network=discriminator]:nth-of-type(2)")
	p.Until("/column 8: the kernel lies over/.test(document.getElementById('sum-says').textContent)")
	p.Fill("sum-row", "3")
	pagetest.Eval[bool](p, "document.getElementById('sum-row').dispatchEvent(new Event('input', {bubbles: true}))")
	p.Until("/row 3, column 8/.test(document.getElementById('sum-says').textContent) && document.querySelectorAll('#sum-parts .patch i').length === 16 && document.querySelectorAll('#sum-parts .kernel i').length === 16")
	const sums = `(() => { const read = (s) => Number(s.replace("−", "-")), values = (kind) => [...document.querySelectorAll("#sum-parts ." + kind + " i")].map((e) => read(e.textContent));
		const x = values("patch"), w = values("kernel"); return [x.reduce((all, v, i) => all + v * w[i], 0), read(document.querySelector("#sum-parts .result").textContent)]; })()`
	if sum := pagetest.Eval[[]float64](p, sums); math.Abs(sum[0]-sum[1]) > 0.1 {
		t.Errorf("the products that are shown come to %v, and %v is said", sum[0], sum[1])
	}
	if ok := pagetest.Eval[bool](p, `ganvas.wish({ image: new Uint8Array(784).fill(90), digit: 3, steps: 5 }).then((w) =>
		w.count > 1 && w.logits.every((v, k) => k === 0 || v > w.logits[k - 1]) && w.bytes[0] === 90)`); !ok {
		t.Error("an image of one's own does not follow the wish")
	}
	if why := pagetest.Eval[string](p, `ganvas.inspect({ layer: "nothing" }).catch((e) => e.message)`); !strings.Contains(why, "no layer") {
		t.Errorf("a layer that is not there is answered by %q", why)
	}
	if wide := pagetest.Eval[int](p, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the page is %d wide and scrolls sideways", wide)
	}
	if bare := pagetest.Eval[[]string](p, pagetest.Nameless); len(bare) > 0 {
		t.Errorf("these have no name: %v", bare)
	}
	p.NoErrors()
}
