package run

import (
	"math"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// wrong is a button of the lesson whose run goes wrong, how it does, and what the doctor says then.
type wrong struct{ button, state, says string }

// The lesson's buttons, of which the last one's run goes wrong and the doctor says how, and the dials, in one page.
func TestLessonAndDials(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&lang=en&autostart=0")
	p.Started()
	p.Part("buttons do what they say", lessonButtons)
	p.Part("states they speak of", lessonStates)
	p.Part("beside the studio", lessonBeside)
	p.Part("a run that goes wrong", func(t *testing.T, p *pagetest.Visit) { goWrong(t, p, wrong{"unstable", "diverged", "Diverged"}) })
	p.Part("dials", dials)
	p.NoErrors()
}

// Beside the studio, a button of the lesson changes that and leaves the line where it is; Back undoes it.
func lessonBeside(t *testing.T, p *pagetest.Visit) {
	p.Click("tab-watch")
	p.Click("lesson-open")
	p.Until("document.body.classList.contains('lesson-beside') && ((a, b) => a.left >= b.right && a.top < innerHeight / 2)(document.getElementById('lesson').getBoundingClientRect(), document.getElementById('stage').getBoundingClientRect())")
	const button = "[data-try='noise.latent']"
	pagetest.Eval[bool](p, `document.querySelector("`+button+`").scrollIntoView({block: "center", behavior: "instant"}) === undefined`)
	where := `JSON.stringify([scrollY, document.getElementById("lesson").scrollTop])`
	p.Rest()
	before := pagetest.Eval[string](p, where)
	p.ClickOn(button)
	p.Until("document.getElementById('tab-latent').getAttribute('aria-selected') === 'true'")
	p.Rest()
	if after := pagetest.Eval[string](p, where); after != before {
		t.Errorf("page and lesson stood at %s and stand at %s", before, after)
	}
	if pagetest.Eval[bool](p, "document.getElementById('lesson-back').checkVisibility()") {
		t.Error("there is a way back to what is in view")
	}
	pagetest.Eval[bool](p, "history.back() === undefined")
	p.Until("document.getElementById('tab-watch').getAttribute('aria-selected') === 'true'")
	p.Click("lesson-open")
	p.Until("!document.body.classList.contains('lesson-beside')")
}

// So do the others.
func TestLongLessonRunsGoWrong(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&lang=en&autostart=0")
	p.Started()
	goWrong(t, p, wrong{"collapse", "collapsed", "of the 8 modes"}, wrong{"won", "won", "has won"})
	p.NoErrors()
}

func goWrong(t *testing.T, p *pagetest.Visit, cases ...wrong) {
	t.Helper()
	for _, c := range cases {
		pagetest.Eval[bool](p, `document.querySelector("[data-try='wrong.`+c.button+`']").click() === undefined`)
		p.Until("ganvas.status().step <= 20 || document.getElementById('ask').open")
		if pagetest.Eval[bool](p, "document.getElementById('ask').open") {
			p.Click("ask-yes")
		}
		p.Until("document.getElementById('doctor').dataset.state === '" + c.state + "'")
		if says := p.Text("doctor"); !strings.Contains(says, c.says) {
			t.Errorf("%s: the doctor says %q", c.button, says)
		}
	}
}

// The point of Dirac's game is dragged by pointer and by keys, and the sentence below says what becomes of it; under a penalty it comes to rest, which
// answers the section's question: its tick is there at once, over all, and after a reload. A button's way to the studio has a way back to its section.
func TestLongLessonByHand(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.View{Width: 1280, Height: 900}, pagetest.Plain+"&lang=en&autostart=0")
	p.Started()
	p.Still()
	p.Placed()
	pagetest.Eval[bool](p, "document.getElementById('lesson-circle').querySelector('svg').scrollIntoView({block: 'center', behavior: 'instant'}) === undefined")
	const point = "document.querySelector('#lesson-circle .handle')"
	place := func() []float64 {
		t.Helper()
		return pagetest.Eval[[]float64](p, "((r, of) => [r.left + r.width / 2, r.top + r.height / 2, of.left, of.top])("+point+".getBoundingClientRect(), "+point+".closest('svg').getBoundingClientRect())")
	}
	drag := func(dx, dy float64) {
		t.Helper()
		from := place()
		for k, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMouseReleased} {
			part := min(1, float64(k)/2)
			event := input.DispatchMouseEventParams{Type: kind, X: from[0] + dx*part, Y: from[1] + dy*part, Button: input.MouseButtonLeft, ClickCount: 1}
			if k < 3 {
				event.Buttons = 1
			}
			if _, err := chromedp.Call(p.Ctx, input.DispatchMouseEvent, event); err != nil {
				t.Fatal(err)
			}
		}
		if to := place(); math.Abs(to[0]-to[2]-from[0]+from[2]-dx) > 1.5 || math.Abs(to[1]-to[3]-from[1]+from[3]-dy) > 1.5 {
			t.Errorf("dragged by %v, %v the point went from %v to %v", dx, dy, from, to)
		}
	}
	says := func(words string) {
		t.Helper()
		p.Until("document.querySelector('#lesson-circle figure .says').textContent.startsWith('" + words + "')")
	}
	says("It circles")
	drag(-40, 30)
	says("It circles")
	before := place()
	p.Until("document.activeElement === " + point)
	pagetest.Eval[bool](p, point+`.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }))`)
	if after := place(); !(after[0] > before[0]+1) || math.Abs(after[1]-before[1]) > 0.5 {
		t.Errorf("an arrow to the right moves the point from %v to %v", before, after)
	}
	const ticks = "document.querySelectorAll('#lesson nav .done').length"
	if n := pagetest.Eval[int](p, ticks); n != 0 {
		t.Errorf("%d questions are answered before any is", n)
	}
	pagetest.Eval[bool](p, `((e) => { e.value = "1"; return e.dispatchEvent(new Event("input")); })(document.querySelector("#lesson-circle input"))`)
	says("It comes to rest")
	ticked := ticks + " === 1 && document.querySelector('#lesson-circle .ask').classList.contains('done') && document.querySelector('#lesson-circle .verdict').textContent === 'Done!' && document.querySelector('#lesson progress').value === 1 && document.querySelector('#lesson .reached').textContent.startsWith('1 of 12')"
	p.Until(ticked)
	p.Goto(pagetest.Plain + "&lang=en&autostart=0")
	p.Started()
	p.Until(ticked)

	p.ClickOn("[data-try='generator.inside']")
	p.Until("document.getElementById('tab-inside').getAttribute('aria-selected') === 'true' && !document.getElementById('lesson-back').hidden")
	p.Until("document.getElementById('lesson-generator').getBoundingClientRect().top > innerHeight")
	p.Click("lesson-back")
	p.Until("((r) => r.top > -2 && r.top < innerHeight / 2)(document.getElementById('lesson-generator').getBoundingClientRect()) && document.getElementById('lesson-generator').contains(document.activeElement) && document.getElementById('lesson-back').hidden")
	p.NoErrors()
}
