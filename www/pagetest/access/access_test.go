package access

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// axe is the accessibility checker that .ci/run fetches.
func axe(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(cache, "ganvas", "axe-core", "node_modules", "axe-core", "axe.min.js"))
	if err == nil {
		return string(script)
	}
	if os.Getenv(pagetest.Required) == "required" {
		t.Fatalf("axe-core is not there, and %s says that it is required: .ci/run install fetches it", pagetest.Required)
	}
	t.Skip("axe-core is not there: .ci/run install fetches it")
	return ""
}

// audit runs axe over what is shown now and returns a line for each violation. The frame of the drawing has nothing to read but
// its title, which the page gives it.
const audit = `axe.run({exclude: [["#studio"]]}, {iframes: false, resultTypes: ["violations"]}).then(({violations}) =>
	violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target.join(" ") + " " + n.html.slice(0, 120) + " " + (n.any[0]?.message ?? ""))))`

// phone is a narrow window, in the dark.
var phone = pagetest.View{Width: 390, Height: 844, Scale: 2, Dark: true}

// No violation in what a visitor sees first, on a phone in Chinese and dark.
func TestAudit(t *testing.T) { audited(t, phone) }

// Nor in any room, with the settings open and closed, in every window, theme and language.
func TestLongAudit(t *testing.T) {
	longtest.Test(t)
	for _, v := range []pagetest.View{pagetest.Desktop, phone, {Width: 390, Height: 844, Scale: 2}, {Width: 1440, Height: 900, Dark: true}} {
		audited(t, v, "zh", "en")
	}
}

func audited(t *testing.T, v pagetest.View, languages ...string) {
	t.Helper()
	t.Run(fmt.Sprintf("%d, dark %v", v.Width, v.Dark), func(t *testing.T) { auditRooms(t, v, languages) }) // whose end closes its tab
}

func auditRooms(t *testing.T, v pagetest.View, languages []string) {
	t.Helper()
	script := axe(t)
	p := pagetest.Open(t, v, pagetest.Plain+"&lang=zh&autostart=0&goal=step:5,covered:10")
	p.Still()
	p.Trained(11)
	p.Until("document.querySelectorAll('#pretrained li').length > 0")
	pagetest.Eval[bool](p, script+"; true")
	check := func(what string) {
		t.Helper()
		for _, violation := range pagetest.Eval[[]string](p, audit) {
			t.Errorf("%d × %d, dark %v, %s: %s", v.Width, v.Height, v.Dark, what, violation)
		}
	}
	check("at first")
	for _, lang := range languages {
		pagetest.Eval[bool](p, "document.getElementById('lang-"+lang+"').click() === undefined")
		for _, room := range pagetest.Eval[[]string](p, "[...document.querySelectorAll('#rooms [role=tab]')].map((e) => e.id)") {
			pagetest.Eval[bool](p, "document.getElementById('"+room+"').click() === undefined")
			p.Rest()
			check(lang + " " + room)
		}
		pagetest.Eval[bool](p, `document.getElementById("change").click(); for (const d of document.querySelectorAll("#controls details")) d.open = true; true`)
		p.Until("document.querySelectorAll('#shapes li').length > 0")
		p.Rest()
		check(lang + " settings")
		p.FillShown("arch", "dcgan")
		p.Fill("generator", "64-32-16")
		p.Until("!document.getElementById('refused').hidden")
		check(lang + " settings that are refused")
		pagetest.Eval[bool](p, `document.getElementById("discard").click(); document.getElementById("close-change").click(); true`)
	}
	if len(languages) == 0 {
		return
	}
	pagetest.Eval[bool](p, "document.getElementById('about-open').click() === undefined")
	p.Until("document.getElementById('about-page').open")
	check("about the page")
	pagetest.Eval[bool](p, "document.getElementById('about-page').close() === undefined")
	pagetest.Eval[bool](p, "document.getElementById('reset').click() === undefined")
	p.Until("document.getElementById('ask').open")
	check("the question before a new start")
}

// described names the element with the focus and says whether its focus is seen and where it stands in the document.
const described = `(() => {
	const e = document.activeElement, s = getComputedStyle(e);
	const all = [...document.querySelectorAll("*")];
	return [e.id || e.tagName + " " + (e.innerText || e.value || "").slice(0, 30), s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2, all.indexOf(e), e.tagName];
})()`

// Everything is reached by the Tab key in the document's order, with its focus seen, and nothing holds it.
func TestKeyboard(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&lang=en&autostart=0")
	p.Started()
	p.Until("document.getElementById('arriving').hidden")
	var order []string
	last := -1
	for range 120 {
		p.Press("\t")
		at := pagetest.Eval[[]any](p, described)
		name, place, tag := at[0].(string), int(at[2].(float64)), at[3].(string)
		if tag == "BODY" || place <= last && len(order) > 5 {
			break // around
		}
		if tag == "IFRAME" {
			order = append(order, name)
			last = place
			continue
		}
		if !at[1].(bool) {
			t.Errorf("the focus on %s is not seen", name)
		}
		if place <= last {
			t.Errorf("the focus goes back from %s to %s", order[len(order)-1], name)
		}
		order, last = append(order, name), place
	}
	whole := strings.Join(order, ", ")
	for _, want := range []string{"lang-en", "play", "slow", "step", "depth", "reset", "tab-watch", "change", "Watch noise become digits", "See its shapes"} {
		if !strings.Contains(whole, want) {
			t.Errorf("Tab does not come to %s, only to %s", want, whole)
		}
	}
	// A room by the arrow keys, the settings and a field, all without a pointer.
	pagetest.Eval[bool](p, "document.getElementById('tab-watch').focus() === undefined")
	p.Do(pagetest.KeyDown("ArrowRight"))
	p.Until("document.activeElement.id === 'tab-plane' && document.activeElement.getAttribute('aria-selected') === 'true'")
	p.Press("\t")
	p.Press("\r")
	p.Until("document.activeElement.id === 'controls'")
	for i := 0; pagetest.Eval[string](p, "document.activeElement.id") != "lr_g"; i++ {
		if i > 60 {
			t.Fatal("Tab does not reach the learning rate in the settings")
		}
		p.Press("\t")
	}
	pagetest.Eval[bool](p, "document.activeElement.select() === undefined")
	for _, key := range "0.001\t" {
		p.Press(string(key))
	}
	p.Until("ganvas.status().recipe.lr_g === 0.001")
	if p.Step() != 0 {
		t.Error("typing into a field has made steps")
	}
	p.Press("\x1b")
	p.Until("document.activeElement.id === 'change' && !history.state?.drawer")
	undone(p)
	p.NoErrors()
}

// undone goes through what Back undoes: rooms, the settings, questions. The page stands in its second room, come from the first.
func undone(p *pagetest.Visit) {
	p.T.Helper()
	in := func(room string) {
		p.T.Helper()
		p.Until("document.getElementById('tab-" + room + "').getAttribute('aria-selected') === 'true' && document.querySelectorAll('dialog[open]').length === 0 && document.getElementById('controls').hidden")
	}
	through := func(way string) { pagetest.Eval[bool](p, "history."+way+"() === undefined") }
	in("plane")
	through("back")
	in("watch")
	through("forward")
	in("plane")
	p.Click("change")
	p.Until("!document.getElementById('controls').hidden && /change=1/.test(location.search)")
	through("back")
	in("plane")
	pagetest.Eval[bool](p, "ganvas.step(1).then(() => true)")
	p.Until("ganvas.status().step === 1 && ganvas.status().state === 'paused'")
	p.Click("reset")
	p.Until("document.getElementById('ask').open")
	through("back")
	in("plane")
	p.Click("reset")
	p.Until("document.getElementById('ask').open")
	p.Click("ask-no")
	p.Until("!document.getElementById('ask').open && !history.state?.dialog")
	if p.Step() != 1 {
		p.T.Error("a question that Back took away was answered with yes")
	}
	through("back")
	in("watch")
	if q := pagetest.Eval[string](p, "location.search"); !strings.Contains(q, "lr_g=0.001") {
		p.T.Errorf("back in the first room the address %s is of a run before", q)
	}
}

// unspoken lists what the Chinese page shows or says in English: texts of two or more Latin words with no Chinese in them.
const unspoken = `(() => {
	const english = (text) => /[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}/.test(text) && !/[\u4e00-\u9fff]/.test(text);
	const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
	for (let n = walk.currentNode; n; n = walk.nextNode()) {
		const e = n.nodeType === 3 ? n.parentElement : n;
		if (e.closest("[lang=en], script, noscript, math, textarea, .fixed-name") || !e.checkVisibility()) continue;
		const texts = n.nodeType === 3 ? [n.data] : [n.title, n.getAttribute("aria-label"), n.alt, n.placeholder].filter(Boolean);
		if (n.nodeType === 1 && n.closest("#pretrained") && n.title) texts.splice(0, 1); // a command to type
		found.push(...texts.filter(english));
	}
	return [...new Set(found)];
})()`

// spoken fails the test when something stays in English once what the page shows has arrived; where names the place.
func spoken(p *pagetest.Visit, where string) {
	p.T.Helper()
	var left []string
	for range 50 {
		if left = pagetest.Eval[[]string](p, unspoken); len(left) == 0 {
			return
		}
		p.Rest()
	}
	p.T.Errorf("%s: %q", where, left)
}

// What is read of the page, in both languages.
func TestWords(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&lang=en&autostart=0")
	p.Started()
	p.Part("outline", outline)
	p.Part("Chinese", chinese)
	p.NoErrors()
}

// On the Chinese page nothing is left in English, in any room, with the settings open, and when something is refused.
func chinese(t *testing.T, p *pagetest.Visit) {
	p.Trained(11)
	p.Until("document.querySelectorAll('#pretrained li').length > 0")
	p.Until("document.getElementById('shapes').ariaLabel")
	// In the same moment: the drawn networks do not wait for the trainer, which may be in the middle of a slow step.
	if label := pagetest.Eval[string](p, `(() => { document.getElementById("lang-zh").click(); return document.getElementById("shapes").ariaLabel; })()`); !strings.Contains(label, "网络") {
		t.Errorf("the drawn networks are called %q", label)
	}
	pagetest.Eval[bool](p, `(() => { for (const d of document.querySelectorAll("#controls details")) d.open = true; return true; })()`)
	for _, room := range pagetest.Eval[[]string](p, "[...document.querySelectorAll('#rooms [role=tab]')].map((e) => e.id)") {
		pagetest.Eval[bool](p, "document.getElementById('"+room+"').click() === undefined")
		p.Rest()
		spoken(p, room)
	}
	for _, c := range []struct{ field, value, says string }{
		{"arch", "dcgan", ""}, {"generator", "64-32-16", "8 的倍数"}, {"generator", "64-64", ""}, {"norm", "batch", ""},
		{"loss", "wgan-gp", "混在一起"}, {"label_mode", "projection", ""}, {"norm", "auto", "conditional"}, {"arch", "progressive", "不能取 label_mode projection"}, {"batch", "4000", ""},
	} {
		p.Fill(c.field, c.value)
		p.Rest()
		p.Until("document.getElementById('refused').hidden || document.getElementById('refused').innerText !== ''")
		if c.says != "" {
			p.Until("document.getElementById('refused').innerText.includes('" + c.says + "')")
		}
		spoken(p, c.field+"="+c.value)
	}
	p.Fill("lr_g", "7")
	p.Until("document.getElementById('lr_g-wrong').textContent !== ''")
	spoken(p, "a wrong value")
	if title := pagetest.Eval[string](p, "document.title"); !strings.Contains(title, "学会") {
		t.Errorf("the title is %q", title)
	}
}

// Headings go down one level at a time, and the landmarks that a screen reader jumps to are there.
func outline(t *testing.T, p *pagetest.Visit) {
	levels := pagetest.Eval[[]int](p, "[...document.querySelectorAll('h1, h2, h3, h4')].filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1]))")
	for i, level := range levels {
		if i == 0 && level != 1 || i > 0 && level > levels[i-1]+1 {
			t.Errorf("the headings' levels are %v", levels)
			break
		}
	}
	for _, landmark := range []string{"body > header", "main", "nav[aria-label]", "#transport[aria-label]", "#controls[aria-labelledby]", "article[aria-labelledby]", "[role=tabpanel][aria-labelledby]", "[role=status]"} {
		if n := pagetest.Eval[int](p, fmt.Sprintf("document.querySelectorAll(%q).length", landmark)); n == 0 {
			t.Errorf("there is no %s", landmark)
		}
	}
}
