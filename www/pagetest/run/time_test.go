package run

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"image/png"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ganvas/www/pagetest"
)

// The time line shows the same noise as it was, by pointer and by key, while the run goes on; and branches off.
func timeLine(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.Click("play")
	p.Until("ganvas.status().step > 30")
	p.Until("!document.getElementById('time').hidden")
	pagetest.Eval[bool](p, "ganvas.on((e) => { if (e.type === 'remembered') window.moments = e.data.moments; }) || true")
	first := p.Sum("ganvas.ask({type: 'moment', step: 0}).then((a) => a.bytes)")
	p.Slide(0)
	p.Until("!document.getElementById('looking').hidden && /step 0, epoch 0/.test(document.getElementById('looking').innerText)")
	at := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(at+5)) // the run goes on meanwhile
	if pagetest.Eval[int](p, "Number(document.getElementById('time-at').value)") != 0 {
		t.Error("the slider does not stay where it was put")
	}
	if again := p.Sum("ganvas.ask({type: 'moment', step: 0}).then((a) => a.bytes)"); again != first {
		t.Error("the pictures of step 0 have changed since")
	}
	p.Until("window.moments?.length > 2") // the arrow leads from one to the next, and from the last but one to now
	p.Do(chromedp.Focus(chromedp.CSS("#time-at")))
	p.Press(kb.ArrowRight)
	p.Until("/looking at step [1-9]/.test(document.getElementById('looking-says').innerText)")
	p.Press(kb.End)
	p.Until("document.getElementById('looking').hidden")

	// Pause, and branch off from the beginning with another learning rate.
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	left := p.Step()
	p.Slide(0)
	p.Until("/looking at step 0/.test(document.getElementById('looking-says').innerText)")
	p.Look("time-then")
	p.Click("time-branch")
	p.Until("document.getElementById('branch').open")
	p.Look("branch")
	p.Do(chromedp.SetValue(chromedp.CSS("#branch-field"), "noise"))
	pagetest.Eval[bool](p, `document.getElementById("branch-field").dispatchEvent(new Event("change"))`)
	if !strings.Contains(p.Text("branch-help"), "other networks") || !pagetest.Eval[bool](p, "document.getElementById('branch-yes').disabled") {
		t.Errorf("changing the noise on the way is answered by %q", p.Text("branch-help"))
	}
	pagetest.Eval[bool](p, `((f) => { f.value = "lr_d"; return f.dispatchEvent(new Event("change")); })(document.getElementById("branch-field"))`)
	pagetest.Eval[bool](p, `((f) => { f.value = "-3"; return f.dispatchEvent(new Event("input")); })(document.getElementById("branch-value"))`)
	if p.Text("branch-wrong") == "" {
		t.Error("a learning rate of -3 is not refused")
	}
	pagetest.Eval[bool](p, `((f) => { f.value = "0.001"; return f.dispatchEvent(new Event("input")); })(document.getElementById("branch-value"))`)
	p.Click("branch-yes")
	p.Until("!document.getElementById('branch').open && ganvas.status().recipe.lr_d === 0.001 && ganvas.status().step === 0 && ganvas.status().state === 'paused'")
	name := "before the branch at step 0"
	p.Until("document.getElementById('looking').hidden && [...document.querySelectorAll('#runs input')].some((i) => i.value === '" + name + "')")
	p.Click("play")
	p.Until("ganvas.status().step > 20")

	// The table of what was measured has each step of the branch.
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	f, err := os.Open(p.Saved("csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != p.Step()+1 || rows[1][0] != "1" || rows[len(rows)-1][0] != strconv.Itoa(p.Step()) {
		t.Errorf("at step %d the table has %d lines (%v)", p.Step(), len(rows), err)
	}

	if curves, err := png.Decode(bytes.NewReader(pagetest.Read(t, p.Saved("curves-png")))); err != nil || pagetest.Shades(curves) < 3 {
		t.Errorf("the picture of the curves: %v", err)
	}
	var log struct{ Rows [][]float64 }
	if err := json.Unmarshal(pagetest.Read(t, p.Saved("json")), &log); err != nil || len(log.Rows) != p.Step() {
		t.Errorf("at step %d the JSON has %d rows (%v)", p.Step(), len(log.Rows), err)
	}
	if film := pagetest.Read(t, p.Saved("webm")); !bytes.HasPrefix(film, []byte{0x1a, 0x45, 0xdf, 0xa3}) || len(film) < 1000 {
		t.Errorf("the film has %d bytes and begins with % x", len(film), film[:min(4, len(film))])
	}

	// The run before the branch is there whole.
	p.OnRun(name, "Open")
	p.Until("ganvas.status().step === " + strconv.Itoa(left) + " && ganvas.status().recipe.lr_d === 0.0002")
}
