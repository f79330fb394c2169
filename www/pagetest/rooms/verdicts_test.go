package rooms

import (
	"image"
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
	pagetest.Eval[bool](p, "ganvas.on((e) => { if (e.type === 'sampled') window.sheet = e.sheet; }) || true")
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
	// To play with, the drawing takes one of the fakes that are shown; which one is told by what the page asks D about.
	pagetest.Eval[bool](p, `(() => {
		const asked = ganvas.verdict;
		ganvas.verdict = (bytes, more) => ((window.onPad = bytes), asked.call(ganvas, bytes, more));
		return document.getElementById("tab-play").click() === undefined;
	})()`)
	p.Click("pad-center")
	p.Click("pad-fake")
	p.Until("window.onPad && /^D takes it for/.test(document.getElementById('pad-says').textContent)")
	play := pagetest.Eval[[]int](p, `(async () => {
		const bytes = await ganvas.generate({noise: (await ganvas.noise()).noise}), size = onPad.length;
		const of = sheet.fakeScores.findIndex((_, i) => bytes.subarray(i * size, (i + 1) * size).every((v, k) => v === onPad[k]));
		return [Math.round(100 * sheet.fakeScores[of]), Number(/(\d+) %/.exec(document.getElementById("pad-says").textContent)[1])];
	})()`)
	if play[0] != play[1] {
		t.Errorf("D's verdict on a fake is %d %% where one watches, %d %% where one plays", play[0], play[1])
	}
	p.Click("pad-center")
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

// curves is the share of the chart's place in a drawing of the first room that has the curves' colours.
func curves(p *pagetest.Visit, m image.Image) float64 {
	p.T.Helper()
	at := pagetest.Eval[[]float64](p, `(() => {
		const r = document.getElementById("curves").getBoundingClientRect(), v = document.getElementById("view").getBoundingClientRect();
		return [(r.left - v.left) / v.width, (r.bottom - v.top) / v.height, (r.right - v.left) / v.width];
	})()`)
	b := m.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	place := image.Rect(b.Min.X+int(at[0]*w), b.Min.Y+int(at[1]*h), b.Min.X+int(at[2]*w), b.Min.Y+int(at[1]*h)+80).Intersect(b)
	return pagetest.Coloured(m.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(place))
}

// played leaves a drawing and a round of the game in the room to play in.
func played(p *pagetest.Visit) {
	p.T.Helper()
	p.Click("tab-play")
	p.Click("play-draw")
	p.Drag(120, 90, 260, 330)
	p.Until("/real|learned nothing/.test(document.getElementById('pad-says').textContent)")
	p.Click("play-guess")
	p.Click("guess-next")
	p.Until("!document.getElementById('guess-real').disabled")
	p.Press("1")
	p.Until("document.querySelectorAll('#rounds li').length === 1")
	p.Click("play-draw")
}

// latentField goes to the field of noise, and is what it shows.
func latentField(p *pagetest.Visit) image.Image {
	p.T.Helper()
	p.Click("tab-latent")
	p.Drawn()
	return p.Settled()
}

// What is opened has nothing of the run before on it, and no verdicts of a discriminator that has learned nothing.
func nothingStaysOfTheRunBefore(t *testing.T, p *pagetest.Visit) {
	p.Begins("dcgan", "generator: [8, 4], discriminator: [4, 8], batch: 16, lr_d: 0.002")
	p.Click("tab-watch")
	pagetest.Eval[bool](p, `(async () => { await ganvas.step(5); return true; })()`)
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === 5 && /\\d/.test(document.getElementById('n-right').textContent)")
	p.Shows("view", "curves", func(m image.Image) bool { return curves(p, m) > 0.002 })
	p.Click("g-go")
	p.Until("!document.getElementById('generated').hidden")
	before := p.Text("doctor")
	played(p)
	field := latentField(p)
	// stays fails the test where a room shows something of the run before; the page is left in the first room.
	stays := func(what string) {
		t.Helper()
		p.Until("document.getElementById('generated').hidden && document.getElementById('g-save').hidden")
		p.Until("document.getElementById('n-right').textContent === '–'")
		p.Changes(field, 0.03, what+" in the field of noise") // where the page still is
		p.Click("tab-play")
		p.Until("!/D takes it/.test(document.getElementById('pad-says').textContent)")
		if rounds := pagetest.Eval[string](p, "document.querySelectorAll('#rounds li').length + document.getElementById('score-you').textContent + document.getElementById('score-d').textContent"); rounds != "0––" {
			t.Errorf("%s: of the game there is %s", what, rounds)
		}
		p.Click("tab-watch")
		p.Shows("view", "a chart without curves "+what, func(m image.Image) bool { return curves(p, m) == 0 })
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
	played(p)
	field = latentField(p)
	pagetest.Eval[bool](p, `(async () => { await ganvas.start({ packing: 2 }, { preset: "quick", paused: true }); return true; })()`)
	stays("after a start")
	p.Until("/%/.test(document.getElementById('judged-real').textContent)")
	p.Until("/2 samples together/.test(document.getElementById('judged-real').title)")
	// Along a tape the generator is another one at each place.
	pagetest.Eval[bool](p, "document.querySelector('#pretrained button[data-name=classic]').click() === undefined")
	p.Until("!document.getElementById('tape').hidden && document.getElementById('tape-at').textContent.includes('30000')")
	p.Click("g-go")
	p.Until("!document.getElementById('generated').hidden")
	played(p)
	field = latentField(p)
	pagetest.Eval[bool](p, `((e) => { e.value = "0"; return e.dispatchEvent(new Event("input")); })(document.getElementById("tape-place"))`)
	p.Until("document.getElementById('tape-at').textContent.includes('step 0)')")
	p.Until("document.getElementById('generated').hidden")
	p.Changes(field, 0.03, "another place of the tape in the field of noise")
}
