package pagetest

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"image/png"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// slide puts the time line's slider at a step, as a pointer does.
func (p *visit) slide(step int) {
	p.t.Helper()
	eval[bool](p, `(() => { const s = document.getElementById("time-at"); s.value = `+itoa(step)+`; return s.dispatchEvent(new Event("input", {bubbles: true})); })()`)
}

// The time line shows the same noise as it was, by pointer and by key, while the run goes on; and branches off.
func TestTimeLine(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 30")
	p.until("!document.getElementById('time').hidden")
	first := p.sum("ganvas.ask({type: 'moment', n: 0}).then((a) => a.bytes)")
	p.slide(0)
	p.until("!document.getElementById('looking').hidden && /step 0, epoch 0/.test(document.getElementById('looking').innerText)")
	at := p.step()
	p.until("ganvas.status().step > " + itoa(at+5)) // the run goes on meanwhile
	if eval[int](p, "Number(document.getElementById('time-at').value)") != 0 {
		t.Error("the slider does not stay where it was put")
	}
	if again := p.sum("ganvas.ask({type: 'moment', n: 0}).then((a) => a.bytes)"); again != first {
		t.Error("the pictures of step 0 have changed since")
	}
	p.do(chromedp.Focus(chromedp.CSS("#time-at")))
	p.press(kb.ArrowRight)
	p.until("/looking at step [1-9]/.test(document.getElementById('looking-says').innerText)")
	p.press(kb.End)
	p.until("document.getElementById('looking').hidden")

	// Pause, and branch off from the beginning with another learning rate.
	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	left := p.step()
	p.slide(0)
	p.until("/looking at step 0/.test(document.getElementById('looking-says').innerText)")
	p.look("time-then")
	p.click("time-branch")
	p.until("document.getElementById('branch').open")
	p.look("branch")
	p.do(chromedp.SetValue(chromedp.CSS("#branch-field"), "noise"))
	eval[bool](p, `document.getElementById("branch-field").dispatchEvent(new Event("change"))`)
	if !contains(p.text("branch-help"), "other networks") || !eval[bool](p, "document.getElementById('branch-yes').disabled") {
		t.Errorf("changing the noise on the way is answered by %q", p.text("branch-help"))
	}
	eval[bool](p, `((f) => { f.value = "lr_d"; return f.dispatchEvent(new Event("change")); })(document.getElementById("branch-field"))`)
	eval[bool](p, `((f) => { f.value = "-3"; return f.dispatchEvent(new Event("input")); })(document.getElementById("branch-value"))`)
	if p.text("branch-wrong") == "" {
		t.Error("a learning rate of -3 is not refused")
	}
	eval[bool](p, `((f) => { f.value = "0.001"; return f.dispatchEvent(new Event("input")); })(document.getElementById("branch-value"))`)
	p.click("branch-yes")
	p.until("!document.getElementById('branch').open && ganvas.status().recipe.lr_d === 0.001 && ganvas.status().step === 0 && ganvas.status().state === 'paused'")
	name := "before the branch at step 0"
	p.until("document.getElementById('looking').hidden && [...document.querySelectorAll('#runs input')].some((i) => i.value === '" + name + "')")
	p.click("play")
	p.until("ganvas.status().step > 20")

	// The table of what was measured has each step of the branch.
	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	f, err := os.Open(p.saved("csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != p.step()+1 || rows[1][0] != "1" || rows[len(rows)-1][0] != itoa(p.step()) {
		t.Errorf("at step %d the table has %d lines (%v)", p.step(), len(rows), err)
	}

	if curves, err := png.Decode(bytes.NewReader(read(t, p.saved("curves-png")))); err != nil || shades(curves) < 3 {
		t.Errorf("the picture of the curves: %v", err)
	}
	var log struct{ Rows [][]float64 }
	if err := json.Unmarshal(read(t, p.saved("json")), &log); err != nil || len(log.Rows) != p.step() {
		t.Errorf("at step %d the JSON has %d rows (%v)", p.step(), len(log.Rows), err)
	}
	if film := read(t, p.saved("webm")); !bytes.HasPrefix(film, []byte{0x1a, 0x45, 0xdf, 0xa3}) || len(film) < 1000 {
		t.Errorf("the film has %d bytes and begins with % x", len(film), film[:min(4, len(film))])
	}

	// The run before the branch is there whole.
	p.onRun(name, "Open")
	p.until("ganvas.status().step === " + itoa(left) + " && ganvas.status().recipe.lr_d === 0.0002")
	p.noErrors()
}
