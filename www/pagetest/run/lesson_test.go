package run

import (
	"strings"
	"testing"

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
	p.Part("a run that goes wrong", func(t *testing.T, p *pagetest.Visit) { goWrong(t, p, wrong{"unstable", "diverged", "Diverged"}) })
	p.Part("dials", dials)
	p.NoErrors()
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
