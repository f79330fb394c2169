package pagetest

import (
	"strconv"
	"strings"
	"testing"
)

func itoa(n int) string             { return strconv.Itoa(n) }
func contains(text, in string) bool { return strings.Contains(text, in) }

// nameless lists the controls that nothing names for a screen reader.
const nameless = `[...document.querySelectorAll("button, input, select, summary, iframe, canvas, progress")].filter((e) =>
	!e.closest("[hidden], [aria-hidden=true]") && !(e.getAttribute("aria-label") || e.labels?.[0]?.textContent.trim() || e.innerText?.trim() || e.textContent.trim() || e.title)).map((e) => e.outerHTML)`

func TestWindows(t *testing.T) {
	papers := map[bool]string{}
	for _, v := range []view{desktop, {width: 390, height: 844, scale: 2, dark: true}, {width: 390, height: 844, scale: 2}, {width: 1440, height: 900, dark: true}} {
		p := open(t, v, small)
		p.until("window.ganvas && ganvas.status().step > 3")
		if wide := eval[int](p, "document.documentElement.scrollWidth"); wide > int(v.width) {
			t.Errorf("%d × %d: the page is %d wide and scrolls sideways", v.width, v.height, wide)
		}
		if in := eval[bool](p, `(() => { const r = document.getElementById("play").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.height >= 40; })()`); !in {
			t.Errorf("%d × %d: Play is not in the window, or too low for a finger", v.width, v.height)
		}
		if bare := eval[[]string](p, nameless); len(bare) > 0 {
			t.Errorf("%d × %d: these have no name: %v", v.width, v.height, bare)
		}
		papers[v.dark] = eval[string](p, "getComputedStyle(document.documentElement).backgroundColor")
		p.noErrors()
	}
	if papers[true] == papers[false] {
		t.Errorf("dark and light have the same paper, %s", papers[true])
	}
}

func TestAddress(t *testing.T) {
	p := open(t, desktop, small+"&seed=77&threads=1&autostart=0&lang=zh")
	p.until("window.ganvas && ganvas.status().state === 'paused'")
	if p.step() != 0 {
		t.Errorf("autostart=0 leaves the run at step %d", p.step())
	}
	got := eval[map[string]any](p, `(() => { const s = ganvas.status(); return {seed: s.recipe.seed, widths: s.recipe.generator.join("-"), batch: s.recipe.batch, threads: s.threads, lang: document.documentElement.lang}; })()`)
	for name, want := range map[string]any{"seed": 77.0, "widths": "64-64", "batch": 32.0, "threads": 1.0, "lang": "zh"} {
		if got[name] != want {
			t.Errorf("%s is %v, the address says %v", name, got[name], want)
		}
	}
	if p.notice() != "" {
		t.Errorf("a good address is answered by %q", p.notice())
	}
	p.click("lang-en")
	if words := p.text("play"); !contains(words, "Play") {
		t.Errorf("in English the button says %q", words)
	}
	p.noErrors()
}

func TestBadAddress(t *testing.T) {
	p := open(t, desktop, "preset=classic&generator=64-64&discriminator=64-64&lr_g=-3&batch=many&nonsense=1&autostart=0&lang=en")
	p.started()
	p.until("document.querySelectorAll('#notices > *').length >= 3")
	for _, name := range []string{"lr_g", "batch", "nonsense"} {
		if !contains(p.notice(), name) {
			t.Errorf("the notices do not name %s: %q", name, p.notice())
		}
	}
	if got := eval[[]any](p, "[ganvas.status().recipe.lr_g, ganvas.status().recipe.batch, ganvas.status().recipe.generator.length]"); got[0] != 2e-4 || got[1] != 100.0 || got[2] != 2.0 {
		t.Errorf("lr_g, batch and the generator's layers are %v: want the defaults 0.0002 and 100, and the address's 2", got)
	}
	p.noErrors()
	// Each value is fine, together they are not: the trainer says so, and the preset is used.
	p.visit("preset=classic&loss=r1&norm=batch&autostart=0&lang=en")
	p.started()
	p.until("document.querySelectorAll('#notices > *').length > 0")
	if !contains(p.notice(), "norm") {
		t.Errorf("what the trainer refuses is not said: %q", p.notice())
	}
}

func TestTexts(t *testing.T) {
	p := open(t, desktop, small+"&autostart=0")
	p.started()
	if missing := eval[[]string](p, `Promise.all([import("./js/strings.js"), fetch("config.json").then((r) => r.json())]).then(([m, tables]) => m.untranslated(tables))`); len(missing) > 0 {
		t.Errorf("texts that a language lacks: %v", missing)
	}
}
