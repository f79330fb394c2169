package run

import (
	"strings"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// wrong is a button of the lesson whose run goes wrong, how it does, and what the doctor says then.
type wrong struct{ button, state, says string }

// A run of the lesson goes wrong, and the doctor says how.
func TestLessonRunsGoWrong(t *testing.T) {
	goWrong(t, wrong{"unstable", "diverged", "Diverged"})
}

// So do the others.
func TestLongLessonRunsGoWrong(t *testing.T) {
	longtest.Test(t)
	goWrong(t, wrong{"collapse", "collapsed", "of the 8 modes"}, wrong{"won", "won", "has won"})
}

func goWrong(t *testing.T, cases ...wrong) {
	t.Helper()
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&lang=en&autostart=0")
	p.Started()
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
	p.NoErrors()
}
