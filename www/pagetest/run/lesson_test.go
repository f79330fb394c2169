package run

import (
	"strings"
	"testing"

	"ganvas/www/pagetest"
)

// The three runs that go wrong in the lesson do so, and the doctor says how.
func TestLessonRunsGoWrong(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&lang=en&autostart=0")
	p.Started()
	for _, c := range []struct{ button, state, says string }{
		{"unstable", "diverged", "Diverged"}, {"collapse", "collapsed", "of the 8 modes"}, {"won", "won", "has won"},
	} {
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
