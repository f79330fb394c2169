package pagetest

import "testing"

// The three runs that go wrong in the lesson do so, and the doctor says how.
func TestLessonRunsGoWrong(t *testing.T) {
	p := open(t, desktop, plain+"&lang=en&autostart=0")
	p.started()
	for _, c := range []struct{ button, state, says string }{
		{"unstable", "diverged", "Diverged"}, {"collapse", "collapsed", "of the 8 modes"}, {"won", "won", "has won"},
	} {
		eval[bool](p, `document.querySelector("[data-try='wrong.`+c.button+`']").click() === undefined`)
		p.until("ganvas.status().step <= 20 || document.getElementById('ask').open")
		if eval[bool](p, "document.getElementById('ask').open") {
			p.click("ask-yes")
		}
		p.until("document.getElementById('doctor').dataset.state === '" + c.state + "'")
		if says := p.text("doctor"); !contains(says, c.says) {
			t.Errorf("%s: the doctor says %q", c.button, says)
		}
	}
	p.noErrors()
}
