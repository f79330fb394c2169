package rooms

import (
	"strings"
	"testing"

	"ganvas/www/pagetest"
)

// tiny is a convolutional run with batch norm whose steps take a few milliseconds.
const tiny = "preset=dcgan&generator=8-4&discriminator=4-8&batch=16&lr_d=0.002&autostart=0&lang=en"

// firstFake is an expression for the bytes of the first fake that is shown.
const firstFake = `(async () => { const { data, bytes } = await ganvas.ask({ type: "noise" });
	return ganvas.generate({ noise: new Float32Array(bytes.slice().buffer, 0, data.values) }); })()`

// What is said of verdicts, by runs that follow each other in one page.
func TestVerdicts(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, tiny+"&change=1")
	p.Started()
	p.Part("one in all rooms", oneVerdictInAllRooms)
	p.Part("nothing stays of the run before", nothingStaysOfTheRunBefore)
	p.Part("scores are no probabilities", scoresAreNoProbabilities)
	p.NoErrors()
}

// One fake, one paused step: every room has one verdict.
func oneVerdictInAllRooms(t *testing.T, p *pagetest.Visit) {
	pagetest.Eval[bool](p, "(async () => { await ganvas.step(12); return true; })()")
	p.Until("ganvas.status().step === 12 && ganvas.status().state === 'paused'")
	want := pagetest.Eval[int](p, "(async () => Math.round(100 * (await ganvas.verdict(await "+firstFake+")).p[0]))()")
	p.Click("curves-losses") // the page says anew what is shown
	p.Until("/number 1:.* both losses/.test(document.getElementById('status').textContent)")
	watch := pagetest.Eval[int](p, "Number(/finds it (\\d+) % real/.exec(document.getElementById('status').textContent)[1])")
	p.Click("tab-inside")
	p.Until("/fake 1: /.test(document.getElementById('inside-says').textContent)")
	inside := pagetest.Eval[int](p, "Math.round(Number(/fake 1: [<> ]*([\\d.]+) % real/.exec(document.getElementById('inside-says').textContent)[1]))")
	if watch != want || inside != want {
		t.Errorf("D's verdict is %d %% when asked, %d %% where one watches, %d %% inside", want, watch, inside)
	}
}

// A critic's scores are nowhere shown as probabilities.
func scoresAreNoProbabilities(t *testing.T, p *pagetest.Visit) {
	p.Begins("wgan-gp", "generator: [8, 4], discriminator: [4, 8], batch: 16, d_steps: 1")
	pagetest.Eval[bool](p, "(async () => { await ganvas.step(3); return true; })()")
	p.Until("ganvas.status().step === 3 && ganvas.status().state === 'paused'")
	p.Until("/score/.test(document.getElementById('judged-fake').textContent)")
	for _, id := range []string{"judged-fake", "judged-real", "status"} {
		if says := pagetest.Eval[string](p, "document.getElementById('"+id+"').textContent"); strings.Contains(says, "% real") {
			t.Errorf("%s says %q", id, says)
		}
	}
	p.Click("tab-inside")
	p.Until("/Score of fake 1: [+−\\d]/.test(document.getElementById('inside-says').textContent)")
	if says := p.Text("inside-says"); strings.Contains(says, "% real") {
		t.Errorf("inside it says %q", says)
	}
}

// What is opened has nothing of the run before on it, and no verdicts of a discriminator that has learned nothing.
func nothingStaysOfTheRunBefore(t *testing.T, p *pagetest.Visit) {
	p.Begins("dcgan", "generator: [8, 4], discriminator: [4, 8], batch: 16, lr_d: 0.002")
	p.Click("tab-watch")
	pagetest.Eval[bool](p, `(async () => { await ganvas.step(5); return true; })()`)
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === 5 && /\\d/.test(document.getElementById('n-right').textContent)")
	p.Click("g-go")
	p.Until("!document.getElementById('generated').hidden")
	before := p.Text("doctor")
	stays := func(what string) {
		t.Helper()
		p.Until("document.getElementById('generated').hidden && document.getElementById('g-save').hidden")
		p.Until("document.getElementById('n-right').textContent === '–'")
		if right := p.Text("n-right"); right != "–" {
			t.Errorf("%s: D is right %s", what, right)
		}
	}
	pagetest.Eval[bool](p, `(async () => { await ganvas.load("weights/quick.safetensors", { paused: true }); return true; })()`)
	stays("after opening weights")
	p.Until("document.getElementById('judged-real').textContent === 'no verdict'")
	if says := p.Text("judged-fake"); strings.Contains(says, "%") {
		t.Errorf("a discriminator that has learned nothing says %q", says)
	}
	p.Click("tab-inside")
	p.Until("/No verdicts/.test(document.getElementById('inside-says').textContent)")
	if after := p.Text("doctor"); after == before && strings.Contains(before, "digits") {
		t.Errorf("the doctor still says %q", after)
	}
	p.Click("tab-watch")
	p.Click("g-go")
	p.Until("!document.getElementById('generated').hidden")
	pagetest.Eval[bool](p, `(async () => { await ganvas.start({ packing: 2 }, { preset: "quick", paused: true }); return true; })()`)
	stays("after a start")
	p.Until("/%/.test(document.getElementById('judged-real').textContent)")
	p.Until("/2 samples together/.test(document.getElementById('judged-real').title)")
}
