package watch

import (
	"strconv"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/canvas"
	"ganvas/wasm/studio/scene"
)

// side is one of the two kinds of pictures, with its mark.
type side struct {
	grid   scene.Grid
	first  int       // its first picture in the sheet
	scores []float32 // of those that are shown
	labels []int32
	real   bool
}

// Draw implements canvas.Room.
func (w *Watch) Draw(screen *ebiten.Image, whole bool) {
	w.pace.Frame(time.Now(), w.followed)
	if whole {
		w.flowStale, w.stageStale, w.chartStale, w.chartDrawn = true, true, true, longAgo
	}
	if w.flowStale || !w.flowDue.IsZero() && !time.Now().Before(w.flowDue) {
		w.drawFlow(screen)
	}
	switch {
	case w.sheet == nil:
	case w.stageStale:
		w.drawStage(screen)
	case w.pictures.fading:
		w.drawPictures(screen)
	}
	if w.chartStale && time.Since(w.chartDrawn) >= w.pace.Rest(chartRest) {
		w.chartStale, w.chartDrawn = false, time.Now()
		w.drawChart(screen)
	}
	w.followed = w.Sleeps() == 0
}

// Sleeps implements canvas.Sleeper.
func (w *Watch) Sleeps() time.Duration {
	if w.flowStale || w.sheet != nil && (w.stageStale || w.pictures.fading) {
		return 0
	}
	next := never
	until := func(due time.Time) {
		if d := max(0, time.Until(due)); next < 0 || d < next {
			next = d
		}
	}
	if !w.flowDue.IsZero() {
		until(w.flowDue)
	}
	if w.chartStale {
		until(w.chartDrawn.Add(w.pace.Rest(chartRest)))
	}
	return next
}

func (w *Watch) drawStage(screen *ebiten.Image) {
	w.stageStale = false
	w.c.Pen.Clear(screen, w.place.Stage, w.c.Theme.Card)
	w.c.Pen.Clear(screen, w.place.Aside, w.c.Theme.Card)
	if w.place.Points {
		w.drawScatter(screen)
		return
	}
	for _, k := range w.sides() {
		if k.grid.Count == 0 {
			continue
		}
		w.ring(k.grid, map[bool]int{false: w.shownFake(), true: w.shownReal()}[k.real])
		w.verdicts(k)
		w.c.Pen.Flush(screen)
		w.numbers(screen, k)
	}
	w.drawPictures(screen)
}

// drawPictures draws the pictures alone, those before under those now while they fade.
func (w *Watch) drawPictures(screen *ebiten.Image) {
	alpha := float32(1)
	if w.pictures.fading {
		alpha = min(float32(time.Since(w.faded))/float32(fade), 1)
		w.pictures.fading = alpha < 1
	}
	for _, k := range w.sides() {
		if alpha < 1 {
			w.pictures.before.Draw(screen, k.grid, k.first, 1)
		}
		w.pictures.now.Draw(screen, k.grid, k.first, alpha)
	}
}

func (w *Watch) sides() [2]side {
	shown := func(scores []float32, g scene.Grid) []float32 { return scores[:min(len(scores), g.Count)] }
	return [2]side{
		{w.place.Fakes, 0, shown(w.sheet.FakeScores, w.place.Fakes), w.sheet.FakeLabels, false},
		{w.place.Reals, w.sheet.Fakes, shown(w.sheet.RealScores, w.place.Reals), w.sheet.RealLabels, true},
	}
}

// ring marks a sample of a grid: the one in the flow band.
func (w *Watch) ring(g scene.Grid, i int) {
	if i >= g.Count {
		return
	}
	r, e := g.Picture(i), round(2.5*w.place.Unit)
	w.c.Pen.Rect(r.X-e, r.Y-e, r.W+2*e, r.H+2*e, w.c.Theme.Ink)
}

// verdicts draws a bar under each picture: how real D takes it to be.
func (w *Watch) verdicts(k side) {
	u, c := w.place.Unit, w.c.Theme.Fake
	if k.real {
		c = w.c.Theme.Real
	}
	scale := scene.ScaleOf(w.sheet)
	for i, p := range k.scores {
		r := k.grid.Verdict(i)
		y, h := r.Y+round(3*u), round(3*u)
		w.c.Pen.Rect(r.X, y, r.W, h, w.c.Theme.Line)
		w.c.Pen.Rect(r.X, y, round(r.W*scale.Share(float64(p))), h, c)
		if len(k.labels) == 0 && r.W >= 40*u { // room for mark and number
			w.c.Mark(r.X+4*u, y+h+8*u, 2.6*u, k.real)
		}
	}
}

// numbers writes the verdicts, and the classes that were asked for: by name where there is room for it.
func (w *Watch) numbers(screen *ebiten.Image, k side) {
	u := w.place.Unit
	room := k.grid.Verdict(0).W
	if k.grid.Columns > 1 {
		room = k.grid.StepX - 6*u
	}
	for i, p := range k.scores {
		r := k.grid.Verdict(i)
		y := r.Y + 14*u
		score, right := scene.Score(float64(p)), r.Right()
		if len(k.labels) > 0 {
			class := strconv.Itoa(int(k.labels[i]))
			if l := int(k.labels[i]); l < len(w.classes) && w.classes[l] != "" {
				wide := w.c.Pen.Width(w.classes[l], 10.5*u) + 5*u + w.c.Pen.Width(score, 10.5*u)
				if wide <= room {
					class, right = w.classes[l], max(right, r.X+wide)
				}
			}
			w.c.Pen.Write(screen, class, r.X, y, 10.5*u, canvas.Left, w.c.Theme.Ink)
		}
		w.c.Pen.Write(screen, score, right, y, 10.5*u, canvas.Right, w.c.Theme.Soft)
	}
}

func round(x float64) float64 { return float64(int(x + 0.5)) }
