package run

import (
	"strconv"
	"strings"
	"testing"

	"ganvas/www/pagetest"
)

// Every field has a row with its sentence, its range and when it applies; networks are drawn before they are started, and
// impossible ones refused in the trainer's words.
func changeTheExperiment(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.Click("play")
	p.Until("ganvas.status().step > 3 && document.querySelectorAll('#shapes li').length === 8")
	bare := pagetest.Eval[[]string](p, `fetch("config.json").then((r) => r.json()).then(({fields}) => fields.filter(({name}) => {
		const input = document.getElementById(name), row = input?.closest(".field");
		return !row || row.querySelector(".help").textContent.length < 10 || !row.querySelector(".range").textContent || !/at once|restart/.test(row.querySelector(".when").textContent);
	}).map((f) => f.name))`)
	if len(bare) > 0 {
		t.Errorf("these fields lack a row, a sentence, a range or when they apply: %v", bare)
	}
	shapes := "document.getElementById('shapes').innerText"
	if text := pagetest.Eval[string](p, shapes); !strings.Contains(text, "50,960") || !strings.Contains(text, "784") {
		t.Errorf("the shapes of 100-64-64-784 are shown as %q", text)
	}
	p.Fill("arch", "dcgan")
	p.Fill("generator", "64-32-16")
	p.Until("!document.getElementById('refused').hidden")
	if why := p.Text("refused"); !strings.Contains(why, "multiples of 8") || !pagetest.Eval[bool](p, "document.getElementById('apply').disabled && document.getElementById('shapes').hidden") {
		t.Errorf("dcgan with three widths is refused with %q, and its start is disabled: %v", why, pagetest.Eval[bool](p, "document.getElementById('apply').disabled"))
	}
	at := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(at)) // the run goes on meanwhile
	p.Fill("generator", "16-8")
	p.Fill("discriminator", "8-16")
	p.Until("document.getElementById('refused').hidden && /14×14×8/.test(" + shapes + ") && !document.getElementById('apply').disabled")
	p.Click("discard")
	p.Until("/50,960/.test(" + shapes + ") && document.getElementById('arch').value === 'mlp'")
	// Another preset: its line, its shapes, its start.
	pagetest.Eval[bool](p, "(document.getElementById('presets').open = true)")
	p.Click("preset-dcgan")
	p.Until("/7×7×64/.test(" + shapes + ") && /28×28×1/.test(" + shapes + ")")
	if says := pagetest.Eval[string](p, "document.querySelector('label:has(#preset-dcgan)').innerText"); !strings.Contains(says, "Convolutions") {
		t.Errorf("the preset's line is %q", says)
	}
	p.Fill("batch", "8")
	p.Click("apply")
	p.Until("ganvas.status().recipe.arch === 'dcgan' && ganvas.status().recipe.batch === 8")
	if q := pagetest.Eval[string](p, "location.search"); !strings.Contains(q, "preset=dcgan") || !strings.Contains(q, "batch=8") || strings.Contains(q, "generator") {
		t.Errorf("the address is %s", q)
	}
	p.Fill("lr_g", "0.0005")
	p.Until("/lr_g=0.0005/.test(location.search)")
}

// The whole state outlives a reload, and both link buttons give it.
func TestAddressRestores(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&threads=1&lang=en&autostart=0", pagetest.Trouble{Script: "navigator.clipboard.writeText = async (text) => { window.copied = text; };"})
	p.Started()
	p.Click("lang-zh")
	p.Click("tab-latent")
	p.Fill("lr_d", "0.0007")
	p.Until("ganvas.status().recipe.lr_d === 0.0007")
	address := pagetest.Eval[string](p, "location.href")
	p.Click("copy-link")
	p.Until("window.copied === location.href && document.getElementById('copied').innerText !== ''")
	p.Goto(address[strings.Index(address, "?")+1:])
	p.Started()
	got := pagetest.Eval[[]any](p, `[document.documentElement.lang, document.querySelector("[aria-selected=true]").id, ganvas.status().recipe.lr_d, ganvas.status().recipe.batch, ganvas.status().threads, ganvas.status().step, document.getElementById("controls").hidden]`)
	for i, want := range []any{"zh", "tab-latent", 0.0007, 32.0, 1.0, 0.0, false} {
		if got[i] != want {
			t.Errorf("after a visit of %s, value %d is %v, want %v", address, i, got[i], want)
		}
	}
	if pagetest.Eval[string](p, "location.href") != address {
		t.Errorf("the address became %s", pagetest.Eval[string](p, "location.href"))
	}
	// A link for a lesson: a goal, and parts that are hidden.
	pagetest.Eval[bool](p, `(() => { document.getElementById("lesson-link").open = true; const set = (e, v) => { e.value = v; e.dispatchEvent(new Event("input", {bubbles: true})); };
		set(document.getElementById("link-goal"), "step"); set(document.getElementById("link-goal-value"), "12"); document.querySelector("#link-hide [value=time]").click(); return true; })()`)
	p.Click("copy-lesson")
	p.Until("/goal=step:12/.test(window.copied) && /hide=time/.test(window.copied)")
	p.NoErrors()
}

func TestLessonLink(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&lang=en&embed=1&hide=rooms,reset,numbers&goal=step:30,covered:10")
	p.Started()
	seen := func(id string) bool {
		return pagetest.Eval[bool](p, "document.getElementById('"+id+"').checkVisibility()")
	}
	for id, want := range map[string]bool{"rooms": false, "reset": false, "headline": false, "lesson": false, "lang-en": false, "play": true, "goal": true, "change": true} {
		if seen(id) != want {
			t.Errorf("#%s is seen: %v", id, seen(id))
		}
	}
	p.Until("document.querySelectorAll('#goal .done').length === 1")
	if goal := p.Text("goal"); !strings.Contains(goal, "step 30") || !strings.Contains(goal, "Reached") || !strings.Contains(goal, "at least 10") {
		t.Errorf("the goals are %q", goal)
	}
	p.Press("r")
	p.Rest()
	if pagetest.Eval[bool](p, "document.getElementById('ask').open") {
		t.Error("a button that is hidden can be pressed by key")
	}
	p.NoErrors()
	p.Goto(pagetest.Small + "&lang=en&autostart=0&hide=nonsense&goal=covered:11&embed=maybe")
	p.Started()
	p.Until("document.querySelectorAll('#notices > *').length >= 3")
	for _, name := range []string{"hide", "goal", "embed"} {
		if !strings.Contains(p.Notice(), name) {
			t.Errorf("the notices do not name %s: %q", name, p.Notice())
		}
	}
	if !seen("rooms") || !seen("lang-en") || seen("goal") {
		t.Error("bad values hide parts or set goals")
	}
}

// The drawer opens and closes by key, on a phone as a sheet that leaves Play free.
func TestDrawer(t *testing.T) {
	p := pagetest.Open(t, pagetest.View{Width: 390, Height: 844, Scale: 2}, pagetest.Plain+"&autostart=0&lang=en")
	p.Started()
	p.Still() // the sheet is there at once
	pagetest.Eval[bool](p, "document.getElementById('change').focus() === undefined")
	p.Press("\r")
	p.Until("!document.getElementById('controls').hidden && document.activeElement.id === 'controls'")
	if box := pagetest.Eval[[]float64](p, `(() => { const s = document.getElementById("controls").getBoundingClientRect(), b = document.getElementById("play").getBoundingClientRect(); return [s.left, s.top, s.width, b.top - s.bottom]; })()`); box[0] != 0 || box[1] != 0 || box[2] != 390 || box[3] < 0 {
		t.Errorf("the sheet is at %v (left, top, width, space over Play)", box)
	}
	p.Press("\x1b")
	p.Until("document.getElementById('controls').hidden && document.activeElement.id === 'change'")
	p.Click("change")
	p.Click("close-change")
	p.Until("document.getElementById('controls').hidden && !/change=/.test(location.search)")
	p.NoErrors()
}

// The lesson's buttons put the page into the state they speak of, and ask before steps are lost.
func lessonStates(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.Click("play")
	p.Until("ganvas.status().step > 30")
	try := func(name string) {
		t.Helper()
		pagetest.Eval[bool](p, "document.querySelector('[data-try=\""+name+"\"]').click() === undefined")
	}
	try("losses.minimax")
	p.Until("document.getElementById('ask').open")
	p.Click("ask-no")
	p.Rest()
	if loss := pagetest.Eval[string](p, "ganvas.status().recipe.loss"); loss != "bce" {
		t.Errorf("after Cancel the run has the loss %s", loss)
	}
	try("losses.minimax")
	p.Until("document.getElementById('ask').open")
	p.Click("ask-yes")
	p.Until("ganvas.status().recipe.loss === 'minimax' && ganvas.status().recipe.batch === 100 && /loss=minimax/.test(location.search)")
	try("noise.latent")
	p.Until("document.getElementById('tab-latent').getAttribute('aria-selected') === 'true'")
	try("generator.shapes")
	p.Until("!document.getElementById('controls').hidden && document.getElementById('shapes').getBoundingClientRect().top < 200")
	try("turns.step")
	p.Until("ganvas.status().state === 'paused'")
	for _, lang := range []string{"en", "zh"} {
		p.Click("lang-" + lang)
		if n := pagetest.Eval[int](p, "[...document.querySelectorAll('#lesson section')].filter((s) => s.querySelector('h3').innerText && [...s.querySelectorAll('p')].reduce((n, p) => n + p.innerText.length, 0) > 60 && s.querySelector('button')).length"); n != 12 {
			t.Errorf("%s: %d sections have a heading, text and a button, want 12", lang, n)
		}
		if text := p.Text("lesson"); strings.Contains(text, "undefined") || strings.Contains(text, "$") {
			t.Errorf("%s: the lesson has raw marks in it", lang)
		}
	}
	p.Click("lang-en")
	p.Click("close-change")
}
