package figures

import (
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"ganvas/www/pagetest"
)

// TestDrawingCost prints what drawing costs while a run trains, with the drawing and with its frame taken out, in turns:
// the CPU time of the page's own thread a second (Ebiten and the page's scripts run there; the graphics process is not in
// it), steps a second, frames a second and tasks longer than 50 ms. It fails by none of them.
func TestDrawingCost(t *testing.T) {
	preset := os.Getenv("GANVAS_COST") // to be trained
	if preset == "" {
		t.Skip("GANVAS_COST names no preset: nobody asked for timings")
	}
	p := pagetest.Open(t, pagetest.Screen, "autostart=0")
	if _, err := chromedp.Call(p.Ctx, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}); err != nil {
		t.Fatal(err)
	}
	for _, threads := range []string{"1", "2"} {
		for range 2 {
			p.Goto("preset=" + preset + "&threads=" + threads)
			p.Started()
			p.Until("!document.querySelector('#studio.waiting') && document.getElementById('arriving').hidden && ganvas.status().step > 20")
			pagetest.Eval[bool](p, "!!"+watchFrames)
			cost(p, "drawn, threads "+threads, 8*time.Second)
			pagetest.Eval[bool](p, `document.getElementById("studio").remove() === undefined`)
			cost(p, "not drawn, threads "+threads, 8*time.Second)
		}
	}
}

// watchFrames counts frames and keeps the milliseconds of long tasks, in the page's window.counted.
const watchFrames = `(window.counted = {frames: 0, long: []}, new PerformanceObserver((list) => counted.long.push(...list.getEntries().map((e) => Math.round(e.duration)))).observe({type: "longtask"}),
	(function next() { counted.frames++; requestAnimationFrame(next); })(), counted)`

// cost prints what goes on for a while.
func cost(p *pagetest.Visit, what string, during time.Duration) {
	p.T.Helper()
	pagetest.Eval[bool](p, "Object.assign(counted, {frames: 0, long: []}) === counted")
	cpu, scripts, step, began := metric(p, "TaskDuration"), metric(p, "ScriptDuration"), p.Step(), time.Now()
	time.Sleep(during)
	took := time.Since(began).Seconds()
	p.T.Logf("%s: %.0f ms of the page's thread a second, %.0f in scripts; %.1f steps/s, %.0f frames/s, long tasks %v", what,
		1000*(metric(p, "TaskDuration")-cpu)/took, 1000*(metric(p, "ScriptDuration")-scripts)/took, float64(p.Step()-step)/took,
		pagetest.Eval[float64](p, "counted.frames")/took, pagetest.Eval[[]int](p, "counted.long"))
}

// metric is one of the browser's counters, in seconds.
func metric(p *pagetest.Visit, name string) float64 {
	p.T.Helper()
	r, err := chromedp.Call(p.Ctx, performance.GetMetrics, cdp.Empty{})
	if err != nil {
		p.T.Fatal(err)
	}
	for _, m := range r.Metrics {
		if m.Name == name {
			return m.Value
		}
	}
	p.T.Fatalf("the browser does not count %s", name)
	return 0
}
