package rooms

import (
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/www/pagetest"
)

// The steps at the chart's edges, as the page says them.
const edges = `((e) => [Number(e.getAttribute("aria-valuemin")), Number(e.getAttribute("aria-valuemax"))])(document.getElementById("curves-plot"))`

// Dragging over the curves zooms to what was marked, a finger does so too, and two of them zoom; the keys read off and zoom; a button, a double click and
// Escape lead back to the whole run.
func TestZoomIntoCurves(t *testing.T) {
	p := pagetest.Open(t, pagetest.Screen, pagetest.Plain+"&lang=en&autostart=0")
	p.Trained(60)
	p.Placed()
	p.Until(edges + ".join() === '0,60'")
	whole := p.Settled()
	box := pagetest.Eval[[]float64](p, `((r, f) => [r.left - f.left, r.top - f.top, r.width, r.height])(document.getElementById("curves-plot").getBoundingClientRect(), document.getElementById("studio").getBoundingClientRect())`)
	at := func(part float64) float64 { return box[0] + box[2]*part }
	middle := box[1] + box[3]/2

	p.Drag(at(0.25), middle, at(0.75), middle)
	p.Until(edges + ".join() === '15,45' && document.getElementById('curves-part').getAttribute('aria-label') === 'Back to the whole run'")
	p.Mouse("mouseMoved", at(0.5), middle, false)
	p.Until("/^step 30 .*D.x. 0[.]\\d+ .*D.G.z.. 0[.]\\d+$/.test(document.getElementById('curves-plot').getAttribute('aria-valuetext'))")
	p.Mouse("mouseMoved", 2, 2, false)
	p.Changes(whole, 0.002, "a part of the run")
	p.Click("curves-part")
	p.Until(edges + ".join() === '0,60'")
	p.Mouse("mouseMoved", 2, 2, false)
	p.Returns(whole, 0.001, "the whole run")

	p.Swipe(at(0.5), middle, at(1), middle)
	p.Until(edges + ".join() === '30,60'")
	p.Fingers([][2]float64{{at(0.4), middle}, {at(0.6), middle}}, [][2]float64{{at(0.2), middle}, {at(0.8), middle}})
	p.Until("((e) => e[1] - e[0] < 20 && e[0] > 30)(" + edges + ")")

	p.Do(chromedp.Focus(chromedp.CSS("#curves-plot")))
	p.Press("\u001b") // Escape
	p.Until(edges + ".join() === '0,60'")
	key := func(name string, shift bool) {
		t.Helper()
		pagetest.Eval[bool](p, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "`+name+`", shiftKey: `+map[bool]string{true: "true", false: "false"}[shift]+`, bubbles: true, cancelable: true }))`)
	}
	key("Home", false)
	p.Until("document.getElementById('curves-plot').getAttribute('aria-valuenow') === '0'")
	for range 10 {
		key("ArrowRight", true)
	}
	key("Enter", false)
	p.Until(edges + ".join() === '0,10'")
	key("-", false)
	p.Until("((e) => e.join() === '0,20')(" + edges + ")")
	key("Backspace", false)
	p.Until(edges + ".join() === '0,60'")
	key("+", false)
	p.Until("((e) => e[1] - e[0] === 30)(" + edges + ")")
	p.NoErrors()
}
