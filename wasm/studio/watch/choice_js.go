package watch

import (
	"encoding/json"
	"fmt"

	"ganvas/core/wire"
	"ganvas/wasm/bridge"
	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/chart"
	"ganvas/wasm/studio/scene"
)

// choice is which samples go through the flow band: those that were clicked, or those under the pointer.
type choice struct {
	Fake, Real           int
	hoverFake, hoverReal int // −1 for none
}

func (w *Watch) shownFake() int {
	if w.sheet == nil {
		return 0
	}
	return either(w.choice.hoverFake, w.choice.Fake, w.sheet.Fakes)
}

func (w *Watch) shownReal() int {
	if w.sheet == nil {
		return 0
	}
	return either(w.choice.hoverReal, w.choice.Real, w.sheet.Reals)
}

// either is the sample under the pointer, or else the chosen one, of n.
func either(hover, chosen, n int) int {
	if hover >= 0 {
		chosen = hover
	}
	return max(0, min(chosen, n-1))
}

// noiseOf is a fake's noise, a byte a value; nil where it is not known.
func (w *Watch) noiseOf(i int) []byte {
	if w.sheet == nil || w.sheet.Fakes == 0 || len(w.noise)%w.sheet.Fakes != 0 {
		return nil
	}
	n := len(w.noise) / w.sheet.Fakes
	return w.noise[i*n : (i+1)*n]
}

// Tell implements canvas.Room: the page says which parts of the band are concerned, how high the drawing may be, which
// curves it wants, which sample is chosen, and what the classes are called.
func (w *Watch) Tell(topic string, text, _ []byte) {
	switch topic {
	case "lit":
		var parts []scene.Part
		if json.Unmarshal(text, &parts) != nil {
			return
		}
		w.lit = nil
		if parts != nil {
			w.lit = map[scene.Part]bool{}
		}
		for _, p := range parts {
			w.lit[p] = true
		}
		w.flowStale = true
	case "high":
		_ = json.Unmarshal(text, &w.high)
		w.c.Place()
	case "classes":
		w.classes = nil
		_ = json.Unmarshal(text, &w.classes)
		w.stageStale = true
	case "curves":
		_ = json.Unmarshal(text, &w.losses)
		w.chartStale, w.chartDrawn = true, longAgo
	case "chart":
		if v := (chart.View{}); json.Unmarshal(text, &v) == nil && v.Sound() {
			w.view = v
			w.chartStale, w.chartDrawn = true, longAgo
		}
	case "choose":
		_ = json.Unmarshal(text, &w.choice.Fake)
		w.choice.Fake = max(0, w.choice.Fake)
		w.stageStale, w.flowStale = true, true
	}
}

// Pointer implements canvas.Room: it chooses what is under the pointer and says in the page what that is. The page has the pointer over the curves.
func (w *Watch) Pointer(p bridge.Pointer) {
	fake, real, says := -1, -1, ""
	if w.sheet != nil && p.Inside {
		if fake = w.fakeAt(p.X, p.Y); fake >= 0 {
			says = fmt.Sprint("G(z) ", fake+1) + verdictOf(w.sheet.FakeScores, fake)
		} else if real = w.place.Reals.At(p.X, p.Y); real >= 0 {
			says = fmt.Sprint("x ", real+1) + verdictOf(w.sheet.RealScores, real)
		}
	}
	if says != w.says {
		w.says = says
		bridge.CallPage("hover", says)
	}
	if p.Click && fake >= 0 {
		w.choice.Fake = fake
		canvas.Say("watch", "picked", fmt.Sprintf(`{"fake":%d}`, fake), nil)
	}
	if p.Click && real >= 0 {
		w.choice.Real = real
		canvas.Say("watch", "picked", fmt.Sprintf(`{"real":%d}`, real), nil)
	}
	if fake != w.choice.hoverFake || real != w.choice.hoverReal || p.Click {
		w.choice.hoverFake, w.choice.hoverReal = fake, real
		w.flowStale, w.stageStale = true, true
	}
}

// verdictOf is D's verdict on a picture, if it has one.
func verdictOf(scores []float32, i int) string {
	if i >= len(scores) {
		return ""
	}
	return " · D " + scene.Score(float64(scores[i]))
}

// fakeAt is the fake at a place; of points the nearest one.
func (w *Watch) fakeAt(x, y float64) int {
	if w.place.Points {
		return scene.Nearest(w.place.Scatter, w.bytes, w.sheet.Fakes, x, y, 10*w.place.Unit)
	}
	return w.place.Fakes.At(x, y)
}

// places tells the page where its words go, in CSS pixels: under the band's parts, and over grids and chart; and in how many columns how many fakes stand.
func (w *Watch) places() {
	u := w.place.Unit
	at := map[string][]float64{}
	for _, p := range []scene.Part{scene.PartNoise, scene.PartG, scene.PartFake, scene.PartD, scene.PartReal, scene.PartRealVerdict} {
		r := w.place.Flow.Part(p)
		at[string(p)] = []float64{(r.X + r.W/2) / u, r.Bottom() / u}
	}
	f := &w.place.Flow
	if roomy := f.D.X-f.Fake.Right() > 90*u; roomy { // for words between the parts
		at[string(scene.PartLoopG)] = []float64{(f.Fake.Right() + f.D.X) / 2 / u, f.LoopG[1].Y / u}
		at[string(scene.PartLoopD)] = []float64{(f.D.X+f.D.W/2+f.RealVerdict.X+f.RealVerdict.W/2)/2/u + 8, f.D.Bottom() / u} // between two words, of which D's is the longer
	}
	over := func(name string, x, y, right float64) { at[name] = []float64{x / u, y / u, (right - x) / u} }
	over("chart", w.place.Chart.X, w.place.Chart.Y, w.place.Chart.Right())
	plot := scene.Plot(w.place.Chart, u)
	at["plot"] = []float64{plot.X / u, plot.Y / u, plot.W / u, plot.H / u}
	if !w.place.Points {
		at["columns"] = []float64{float64(w.place.Fakes.Columns), float64(w.place.Fakes.Count)}
		end := w.place.Fakes.Right()
		if w.place.Reals.Y > w.place.Fakes.Y {
			end = w.place.Width // stacked
		}
		right := max(w.place.Reals.Right(), min(end, w.place.Stage.Right()))
		if w.place.Chart.Bottom() <= w.place.Reals.Y { // band and chart above: as wide as they are
			end, right = w.place.Band.Right(), w.place.Chart.Right()
		}
		over("fakes", w.place.Fakes.X, w.place.Stage.Y, end)
		over("reals", w.place.Reals.X, w.place.Reals.Y-w.place.Fakes.Y+w.place.Stage.Y, right)
	}
	text, err := json.Marshal(at)
	if err != nil {
		panic("watch: places are always numbers")
	}
	canvas.Say("watch", "places", string(text), nil)
}

// learned takes in what the run says of its progress.
func (w *Watch) learned(e wire.Event) {
	switch e.Type {
	case wire.Updated:
		if e.Update != nil {
			w.motion.learned, w.motion.at = e.Update.Network, now()
			w.flowStale = true
		}
	case wire.Stepped:
		if now().Sub(w.motion.at) > pulseFor { // single updates pulse by themselves
			w.motion.stepped = now()
			w.flowStale = w.flowStale || w.flowDue.IsZero() // a throb that goes on is drawn when it is due
		}
	case wire.Paused:
		w.motion.stepped = longAgo
		w.flowStale = true
	}
}
