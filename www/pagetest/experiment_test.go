package pagetest

import (
	"strings"
	"testing"
)

// Every field has a row with its sentence, its range and when it applies; networks are drawn before they are started, and
// impossible ones refused in the trainer's words.
func TestChangeTheExperiment(t *testing.T) {
	p := open(t, desktop, small+"&lang=en")
	p.until("window.ganvas && ganvas.status().step > 3 && document.querySelectorAll('#shapes li').length === 8")
	bare := eval[[]string](p, `fetch("config.json").then((r) => r.json()).then(({fields}) => fields.filter(({name}) => {
		const input = document.getElementById(name), row = input?.closest(".field");
		return !row || row.querySelector(".help").textContent.length < 10 || !row.querySelector(".range").textContent || !/at once|restart/.test(row.querySelector(".when").textContent);
	}).map((f) => f.name))`)
	if len(bare) > 0 {
		t.Errorf("these fields lack a row, a sentence, a range or when they apply: %v", bare)
	}
	shapes := "document.getElementById('shapes').innerText"
	if text := eval[string](p, shapes); !contains(text, "50,960") || !contains(text, "784") {
		t.Errorf("the shapes of 100-64-64-784 are shown as %q", text)
	}
	p.fill("arch", "sngan")
	p.until("!document.getElementById('refused').hidden")
	if why := p.text("refused"); !contains(why, "three feature-map widths") || !eval[bool](p, "document.getElementById('apply').disabled && document.getElementById('shapes').hidden") {
		t.Errorf("sngan with two widths is refused with %q, and its start is disabled: %v", why, eval[bool](p, "document.getElementById('apply').disabled"))
	}
	at := p.step()
	p.until("ganvas.status().step > " + itoa(at)) // the run goes on meanwhile
	p.fill("generator", "16-8-8")
	p.fill("discriminator", "8-8-16")
	p.until("document.getElementById('refused').hidden && /14×14×8/.test(" + shapes + ") && !document.getElementById('apply').disabled")
	p.click("discard")
	p.until("/50,960/.test(" + shapes + ") && document.getElementById('arch').value === 'mlp'")
	// Another preset: its line, its shapes, its start.
	eval[bool](p, "(document.getElementById('presets').open = true)")
	p.click("preset-dcgan")
	p.until("/7×7×64/.test(" + shapes + ") && /28×28×1/.test(" + shapes + ")")
	if says := eval[string](p, "document.querySelector('label:has(#preset-dcgan)').innerText"); !contains(says, "Convolutions") {
		t.Errorf("the preset's line is %q", says)
	}
	p.fill("batch", "8")
	p.click("apply")
	p.until("ganvas.status().recipe.arch === 'dcgan' && ganvas.status().recipe.batch === 8")
	if q := eval[string](p, "location.search"); !contains(q, "preset=dcgan") || !contains(q, "batch=8") || contains(q, "generator") {
		t.Errorf("the address is %s", q)
	}
	p.fill("lr_g", "0.0005")
	p.until("/lr_g=0.0005/.test(location.search)")
	p.noErrors()
}

// The whole state outlives a reload, and both link buttons give it.
func TestAddressRestores(t *testing.T) {
	p := open(t, desktop, small+"&threads=1&lang=en&autostart=0", trouble{script: "navigator.clipboard.writeText = async (text) => { window.copied = text; };"})
	p.started()
	p.click("lang-zh")
	p.click("tab-latent")
	p.fill("lr_d", "0.0007")
	p.until("ganvas.status().recipe.lr_d === 0.0007")
	address := eval[string](p, "location.href")
	p.click("copy-link")
	p.until("window.copied === location.href && document.getElementById('copied').innerText !== ''")
	p.visit(address[strings.Index(address, "?")+1:])
	p.started()
	got := eval[[]any](p, `[document.documentElement.lang, document.querySelector("[aria-selected=true]").id, ganvas.status().recipe.lr_d, ganvas.status().recipe.batch, ganvas.status().threads, ganvas.status().step, document.getElementById("controls").hidden]`)
	for i, want := range []any{"zh", "tab-latent", 0.0007, 32.0, 1.0, 0.0, false} {
		if got[i] != want {
			t.Errorf("after a visit of %s, value %d is %v, want %v", address, i, got[i], want)
		}
	}
	if eval[string](p, "location.href") != address {
		t.Errorf("the address became %s", eval[string](p, "location.href"))
	}
	// A link for a lesson: a goal, and parts that are hidden.
	eval[bool](p, `(() => { document.getElementById("lesson-link").open = true; const set = (e, v) => { e.value = v; e.dispatchEvent(new Event("input", {bubbles: true})); };
		set(document.getElementById("link-goal"), "step"); set(document.getElementById("link-goal-value"), "12"); document.querySelector("#link-hide [value=time]").click(); return true; })()`)
	p.click("copy-lesson")
	p.until("/goal=step:12/.test(window.copied) && /hide=time/.test(window.copied)")
	p.noErrors()
}

func TestLessonLink(t *testing.T) {
	p := open(t, desktop, small+"&lang=en&embed=1&hide=rooms,reset,numbers&goal=step:30,covered:10")
	p.started()
	seen := func(id string) bool {
		return eval[bool](p, "document.getElementById('"+id+"').checkVisibility()")
	}
	for id, want := range map[string]bool{"rooms": false, "reset": false, "headline": false, "lesson": false, "lang-en": false, "play": true, "goal": true, "change": true} {
		if seen(id) != want {
			t.Errorf("#%s is seen: %v", id, seen(id))
		}
	}
	p.until("document.querySelectorAll('#goal .done').length === 1")
	if goal := p.text("goal"); !contains(goal, "step 30") || !contains(goal, "Reached") || !contains(goal, "at least 10") {
		t.Errorf("the goals are %q", goal)
	}
	p.press("r")
	p.rest()
	if eval[bool](p, "document.getElementById('ask').open") {
		t.Error("a button that is hidden can be pressed by key")
	}
	p.noErrors()
	p.visit(small + "&lang=en&autostart=0&hide=nonsense&goal=covered:11&embed=maybe")
	p.started()
	p.until("document.querySelectorAll('#notices > *').length >= 3")
	for _, name := range []string{"hide", "goal", "embed"} {
		if !contains(p.notice(), name) {
			t.Errorf("the notices do not name %s: %q", name, p.notice())
		}
	}
	if !seen("rooms") || !seen("lang-en") || seen("goal") {
		t.Error("bad values hide parts or set goals")
	}
}

// The drawer opens and closes by key, on a phone as a sheet that leaves Play free.
func TestDrawer(t *testing.T) {
	p := open(t, view{width: 390, height: 844, scale: 2}, plain+"&autostart=0&lang=en")
	p.started()
	p.still() // the sheet is there at once
	eval[bool](p, "document.getElementById('change').focus() === undefined")
	p.press("\r")
	p.until("!document.getElementById('controls').hidden && document.activeElement.id === 'controls'")
	if box := eval[[]float64](p, `(() => { const s = document.getElementById("controls").getBoundingClientRect(), b = document.getElementById("play").getBoundingClientRect(); return [s.left, s.top, s.width, b.top - s.bottom]; })()`); box[0] != 0 || box[1] != 0 || box[2] != 390 || box[3] < 0 {
		t.Errorf("the sheet is at %v (left, top, width, space over Play)", box)
	}
	p.press("\x1b")
	p.until("document.getElementById('controls').hidden && document.activeElement.id === 'change'")
	p.click("change")
	p.click("close-change")
	p.until("document.getElementById('controls').hidden && !/change=/.test(location.search)")
	p.noErrors()
}

// The lesson's buttons put the page into the state they speak of, and ask before steps are lost.
func TestLesson(t *testing.T) {
	p := open(t, desktop, plain+"&lang=en")
	p.until("window.ganvas && ganvas.status().step > 30")
	try := func(name string) {
		t.Helper()
		eval[bool](p, "document.querySelector('[data-try=\""+name+"\"]').click() === undefined")
	}
	try("losses.minimax")
	p.until("document.getElementById('ask').open")
	p.click("ask-no")
	p.rest()
	if loss := eval[string](p, "ganvas.status().recipe.loss"); loss != "bce" {
		t.Errorf("after Cancel the run has the loss %s", loss)
	}
	try("losses.minimax")
	p.until("document.getElementById('ask').open")
	p.click("ask-yes")
	p.until("ganvas.status().recipe.loss === 'minimax' && ganvas.status().recipe.batch === 100 && /loss=minimax/.test(location.search)")
	try("noise.latent")
	p.until("document.getElementById('tab-latent').getAttribute('aria-selected') === 'true'")
	try("generator.shapes")
	p.until("!document.getElementById('controls').hidden && document.getElementById('shapes').getBoundingClientRect().top < 200")
	try("turns.step")
	p.until("ganvas.status().state === 'paused'")
	for _, lang := range []string{"en", "zh"} {
		p.click("lang-" + lang)
		if n := eval[int](p, "[...document.querySelectorAll('#lesson section')].filter((s) => s.querySelector('h3').innerText && [...s.querySelectorAll('p')].reduce((n, p) => n + p.innerText.length, 0) > 60 && s.querySelector('button')).length"); n != 10 {
			t.Errorf("%s: %d sections have a heading, text and a button, want 10", lang, n)
		}
		if text := p.text("lesson"); contains(text, "undefined") || contains(text, "$") {
			t.Errorf("%s: the lesson has raw marks in it", lang)
		}
	}
	p.noErrors()
}
