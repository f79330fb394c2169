package main

import (
	"strconv"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// side is one of the two kinds of pictures, with its mark.
type side struct {
	grid   scene.Grid
	first  int // its first picture in the sheet
	scores []float32
	labels []int32
	real   bool
	title  string
}

// Draw draws what is stale; where nothing is, the last frame stays.
func (s *studio) Draw(screen *ebiten.Image) {
	if s.settling > 0 {
		s.settling--
		screen.Fill(s.theme.Card)
		s.stageStale, s.chartsStale, s.chartsDrawn = true, true, time.Time{}
	}
	if s.stageStale && s.sheet != nil {
		s.drawStage(screen)
	}
	if s.chartsStale && time.Since(s.chartsDrawn) >= chartRest {
		s.chartsStale, s.chartsDrawn = false, time.Now()
		s.drawCharts(screen)
	}
}

func (s *studio) drawStage(screen *ebiten.Image) {
	s.stageStale = false
	s.pen.clear(screen, s.place.Stage, s.theme.Card)
	if s.place.Points {
		s.drawScatter(screen)
		return
	}
	alpha := float32(1)
	if s.pictures.fading {
		alpha = min(float32(time.Since(s.faded))/float32(fade), 1)
		s.stageStale, s.pictures.fading = alpha < 1, alpha < 1
	}
	for _, k := range s.sides() {
		if k.grid.Count == 0 {
			continue
		}
		s.title(screen, k.grid.X, k.real, k.title)
		if alpha < 1 {
			s.pictures.before.draw(screen, k.grid, k.first, 1)
		}
		s.pictures.now.draw(screen, k.grid, k.first, alpha)
		s.verdicts(k)
		s.pen.flush(screen)
		s.numbers(screen, k)
	}
}

func (s *studio) sides() [2]side {
	return [2]side{
		{s.place.Fakes, 0, s.sheet.FakeScores, s.sheet.FakeLabels, false, s.word("Fake", "G(z)")},
		{s.place.Reals, s.sheet.Fakes, s.sheet.RealScores, s.sheet.RealLabels, true, s.word("Real", "x")},
	}
}

// word is a title in English, and its symbol alone in other languages, whose letters the font may lack.
func (s *studio) word(english, symbol string) string {
	if english = s.only(english, ""); english != "" {
		return english + "  " + symbol
	}
	return symbol
}

// only is a word in English, or else a symbol in its place.
func (s *studio) only(english, symbol string) string {
	if s.style.Lang == "" || s.style.Lang == "en" {
		return english
	}
	return symbol
}

// mark is the kind's colour and shape.
func (s *studio) mark(x, y, r float64, real bool) {
	if real {
		s.pen.Circle(x, y, r, s.theme.Real)
		return
	}
	s.pen.Diamond(x, y, r*1.2, s.theme.Fake)
}

// title writes over a grid what it shows.
func (s *studio) title(screen *ebiten.Image, x float64, real bool, words string) {
	u, y := s.place.Unit, s.place.Fakes.Y
	if real {
		y = s.place.Reals.Y
	}
	y -= 15 * u
	s.mark(x+5*u, y, 4.5*u, real)
	s.pen.write(screen, words, x+16*u, y, 13*u, left, s.theme.Ink)
}

// verdicts draws a bar under each picture: how real D takes it to be.
func (s *studio) verdicts(k side) {
	u, c := s.place.Unit, s.theme.Fake
	if k.real {
		c = s.theme.Real
	}
	for i, p := range k.scores {
		r := k.grid.Verdict(i)
		y, h := r.Y+round(3*u), round(3*u)
		s.pen.Rect(r.X, y, r.W, h, s.theme.Line)
		s.pen.Rect(r.X, y, round(r.W*float64(min(max(p, 0), 1))), h, c)
		if len(k.labels) == 0 && r.W >= 40*u { // room for mark and number
			s.mark(r.X+4*u, y+h+8*u, 2.6*u, k.real)
		}
	}
}

// numbers writes the verdicts, and the classes that were asked for.
func (s *studio) numbers(screen *ebiten.Image, k side) {
	u := s.place.Unit
	for i, p := range k.scores {
		r := k.grid.Verdict(i)
		y := r.Y + 14*u
		s.pen.write(screen, strconv.FormatFloat(float64(p), 'f', 2, 32), r.Right(), y, 10.5*u, right, s.theme.Soft)
		if len(k.labels) > 0 {
			s.pen.write(screen, strconv.Itoa(int(k.labels[i])), r.X, y, 10.5*u, left, s.theme.Ink)
		}
	}
}

// drawScatter draws the sheet's points of the plane: real under fake.
func (s *studio) drawScatter(screen *ebiten.Image) {
	u, r := s.place.Unit, s.place.Scatter
	s.pen.Rect(r.X, r.Y, r.W, r.H, s.theme.Paper)
	s.pen.Rect(r.X, r.Y+round(r.H/2), r.W, 1, s.theme.Line)
	s.pen.Rect(r.X+round(r.W/2), r.Y, 1, r.H, s.theme.Line)
	s.mark(r.X+5*u, r.Y-15*u, 4.5*u, false)
	s.mark(r.X+95*u, r.Y-15*u, 4.5*u, true)
	n := s.sheet.Fakes + s.sheet.Reals
	for k := range n {
		if s.pen.Full() {
			s.pen.flush(screen)
		}
		i := (k + s.sheet.Fakes) % n // reals first
		p := scene.PointAt(r, s.bytes[2*i], s.bytes[2*i+1])
		if i < s.sheet.Fakes {
			s.pen.Diamond(p.X, p.Y, 3.6*u, mesh.Faint(s.theme.Fake, 0.85))
		} else {
			s.pen.Circle(p.X, p.Y, 3*u, mesh.Faint(s.theme.Real, 0.7))
		}
	}
	s.pen.flush(screen)
	s.pen.write(screen, s.word("Fake", "G(z)"), r.X+16*u, r.Y-15*u, 13*u, left, s.theme.Ink)
	s.pen.write(screen, s.word("Real", "x"), r.X+106*u, r.Y-15*u, 13*u, left, s.theme.Ink)
}

func round(x float64) float64 { return float64(int(x + 0.5)) }
