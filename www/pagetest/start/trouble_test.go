package start

import (
	"image"
	"strconv"
	"strings"
	"testing"

	"ganvas/www/pagetest"
)

// says opens the page in trouble and waits for a notice that matches a pattern.
func says(t *testing.T, what pagetest.Trouble, query, pattern string) *pagetest.Visit {
	t.Helper()
	p := pagetest.Open(t, pagetest.Desktop, query, what)
	p.Until("/" + pattern + "/.test(document.getElementById('notices').innerText)")
	return p
}

// lacking is a server without these files.
func lacking(paths ...string) pagetest.Trouble { return pagetest.Trouble{Missing: paths} }

func TestWithoutWebGL(t *testing.T) {
	p := says(t, pagetest.Trouble{Script: `{ const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind === "webgl2" ? null : get.call(this, kind, ...rest); }; }`}, pagetest.Small+"&lang=en", "WebGL 2")
	p.Until("ganvas.status().step > 20")
	p.Shows("fallback", "plain pictures", func(m image.Image) bool { return pagetest.Shades(m) >= 50 })
	p.NoErrors()
}

func TestWithoutStudio(t *testing.T) {
	p := says(t, lacking("/studio.wasm"), pagetest.Small+"&lang=en", "drawing program could not be loaded")
	at := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(at+5) + " && !document.getElementById('fallback').hidden")
}

func TestWithoutWorkers(t *testing.T) {
	p := says(t, pagetest.Trouble{Script: "delete window.Worker"}, pagetest.Small+"&lang=en", "Worker")
	if p.State() != "failed" {
		t.Errorf("without Workers the state is %q", p.State())
	}
	p.NoErrors()
}

func TestWithoutStorage(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small, pagetest.Trouble{Script: `for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) Object.defineProperty(window, name, { get() { throw new DOMException("storage is off", "SecurityError"); } })`})
	p.Until("window.ganvas && ganvas.status().step > 3")
	p.NoErrors()
}

func TestUnreachableData(t *testing.T) {
	const digits = "/data/train-images-idx3-ubyte.gz"
	p := says(t, lacking(digits), pagetest.Small+"&lang=en", "train-images")
	p.BringBack(digits)
	pagetest.Eval[bool](p, `[...document.querySelectorAll("#notices button")].find((b) => b.textContent === "Try again").click() === undefined`)
	p.Until("ganvas.status().step > 3")
}

func TestTrainerThatCannotBeHad(t *testing.T) {
	p := says(t, lacking("/trainer.wasm"), pagetest.Small+"&lang=en", "trainer stopped")
	if words := pagetest.Eval[string](p, "ganvas.ready.then(() => '', (e) => e.message)"); words == "" {
		t.Error("ganvas.ready is fulfilled without a trainer")
	}
	p.BringBack("/trainer.wasm")
	pagetest.Eval[bool](p, `[...document.querySelectorAll("#notices button")].find((b) => b.textContent === "Start the trainer again").click() === undefined`)
	p.Until("ganvas.status().step > 3")
}

func divergence(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields+", loss: 'lsgan', optimizer: 'sgd', lr_g: 1, lr_d: 1")
	p.Click("play")
	p.Until("/learning rates/.test(document.getElementById('notices').innerText)")
	if p.State() != "diverged" {
		t.Errorf("the state is %q", p.State())
	}
	p.Fill("lr_g", "0.00001")
	p.Fill("lr_d", "0.00001")
	p.Until("ganvas.status().recipe.lr_d === 0.00001")
	p.Click("play")
	at := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(at+3))
}

// A Worker that is lost in mid-run is reported, and the others go on from a state that all had agreed on.
func TestLostWorker(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&threads=2&lang=en")
	p.Until("window.ganvas && ganvas.status().threads === 2 && ganvas.status().step > 20")
	pagetest.Eval[bool](p, `ganvasPage.harm(1, "it was ended") === undefined`)
	p.Until("ganvas.status().threads === 1")
	step := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(step))
	if state := p.State(); state != "running" {
		t.Errorf("the run is %s", state)
	}
	if !strings.Contains(pagetest.Eval[string](p, "document.body.innerText"), "Worker was lost") {
		t.Error("the page does not say that a Worker was lost")
	}
	p.Part("divergence", divergence)
	p.NoErrors()
}
