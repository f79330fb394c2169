package pagetest

import (
	"testing"
)

// says opens the page in trouble and waits for a notice that matches a pattern.
func says(t *testing.T, what trouble, query, pattern string) *visit {
	t.Helper()
	p := open(t, desktop, query, what)
	p.until("/" + pattern + "/.test(document.getElementById('notices').innerText)")
	return p
}

// lacking is a server without these files.
func lacking(paths ...string) trouble { return trouble{missing: paths} }

func TestWithoutWebGL(t *testing.T) {
	p := says(t, trouble{script: `{ const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind === "webgl2" ? null : get.call(this, kind, ...rest); }; }`}, small+"&lang=en", "WebGL 2")
	p.until("ganvas.status().step > 20")
	p.rest()
	if n := shades(p.drawing("fallback")); n < 50 {
		t.Errorf("the plain pictures have %d shades", n)
	}
	p.noErrors()
}

func TestWithoutStudio(t *testing.T) {
	p := says(t, lacking("/studio.wasm"), small+"&lang=en", "drawing program could not be loaded")
	at := p.step()
	p.until("ganvas.status().step > " + itoa(at+5) + " && !document.getElementById('fallback').hidden")
}

func TestWithoutWorkers(t *testing.T) {
	p := says(t, trouble{script: "delete window.Worker"}, small+"&lang=en", "Worker")
	if p.state() != "failed" {
		t.Errorf("without Workers the state is %q", p.state())
	}
	p.noErrors()
}

func TestWithoutStorage(t *testing.T) {
	p := open(t, desktop, small, trouble{script: `for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) Object.defineProperty(window, name, { get() { throw new DOMException("storage is off", "SecurityError"); } })`})
	p.until("window.ganvas && ganvas.status().step > 3")
	p.noErrors()
}

func TestUnreachableData(t *testing.T) {
	const digits = "/data/train-images-idx3-ubyte.gz"
	p := says(t, lacking(digits), small+"&lang=en", "train-images")
	p.bringBack(digits)
	eval[bool](p, `[...document.querySelectorAll("#notices button")].find((b) => b.textContent === "Try again").click() === undefined`)
	p.until("ganvas.status().step > 3")
}

func TestTrainerThatCannotBeHad(t *testing.T) {
	p := says(t, lacking("/trainer.wasm"), small+"&lang=en", "trainer stopped")
	if words := eval[string](p, "ganvas.ready.then(() => '', (e) => e.message)"); words == "" {
		t.Error("ganvas.ready is fulfilled without a trainer")
	}
	p.bringBack("/trainer.wasm")
	eval[bool](p, `[...document.querySelectorAll("#notices button")].find((b) => b.textContent === "Start the trainer again").click() === undefined`)
	p.until("ganvas.status().step > 3")
}

func TestDivergence(t *testing.T) {
	p := says(t, trouble{}, small+"&loss=lsgan&optimizer=sgd&lr_g=1&lr_d=1&lang=en", "learning rates")
	if p.state() != "diverged" {
		t.Errorf("the state is %q", p.state())
	}
	p.fill("lr_g", "0.00001")
	p.fill("lr_d", "0.00001")
	p.until("ganvas.status().recipe.lr_d === 0.00001")
	p.click("play")
	at := p.step()
	p.until("ganvas.status().step > " + itoa(at+3))
	p.noErrors()
}

// A Worker that is lost in mid-run is reported, and the others go on from a state that all had agreed on.
func TestLostWorker(t *testing.T) {
	p := open(t, desktop, small+"&threads=2")
	p.until("window.ganvas && ganvas.status().threads === 2 && ganvas.status().step > 20")
	eval[bool](p, "ganvasPage.loseWorker() === undefined")
	p.until("ganvas.status().threads === 1")
	step := p.step()
	p.until("ganvas.status().step > " + itoa(step))
	if state := p.state(); state != "running" {
		t.Errorf("the run is %s", state)
	}
	if !contains(eval[string](p, "document.body.innerText"), "Worker was lost") {
		t.Error("the page does not say that a Worker was lost")
	}
	p.noErrors()
}
