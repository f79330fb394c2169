package scene

import (
	"image/color"
	"math"
	"testing"

	"ganvas/core/sample"
	"ganvas/core/wire"
)

// sheets are forms that runs report: digits, growing resolutions, classes, few pictures, points.
var sheets = []wire.Sheet{
	{Sample: sample.MNIST, Fakes: 64, Reals: 16}, {Sample: sample.Gray(4, 4), Fakes: 64, Reals: 16}, {Sample: sample.Shape{Channels: 3, Height: 32, Width: 32}, Fakes: 100, Reals: 0},
	{Sample: sample.MNIST, Fakes: 64, Reals: 16, FakeLabels: classes(64)}, {Sample: sample.Gray(64, 64), Fakes: 1, Reals: 1},
	{Sample: sample.Shape{Channels: 4, Height: 20, Width: 30}, Fakes: 7, Reals: 30}, {Sample: sample.Plane, Fakes: 256, Reals: 256},
	{Sample: sample.Gray(128, 128), Fakes: 64, Reals: 16}, {Sample: sample.Shape{Channels: 3, Height: 300, Width: 1000}, Fakes: 64, Reals: 16}, {Sample: sample.Gray(1024, 1024), Fakes: 5, Reals: 3},
}

func classes(n int) []int32 {
	labels := make([]int32, n)
	for i := range labels {
		labels[i] = int32(i % 10)
	}
	return labels
}

// At every width and density: everything is inside, whole pixels for pictures, nothing overlaps.
func TestLayout(t *testing.T) {
	for _, unit := range []float64{1, 1.5, 2, 3} {
		for css := 280.0; css <= 1900; css += 61 {
			for i := range 4 * len(sheets) {
				high := []float64{0, 420, 680, 1200}[i/len(sheets)]
				i %= len(sheets)
				width := math.Floor(css * unit)
				s := Layout(width, unit, high, &sheets[i])
				var places []Rect
				places = append(places, s.Band, s.Chart)
				for _, g := range []Grid{s.Fakes, s.Reals} {
					for k := range g.Count {
						p := g.Picture(k)
						if p != (Rect{round(p.X), round(p.Y), round(p.W), round(p.H)}) || !whole(sheets[i].Sample, p, unit) {
							t.Fatalf("%v px, unit %v, sheet %d: picture %d at %+v is not on whole pixels", width, unit, i, k, p)
						}
						if got := g.At(p.X+p.W/2, p.Y+p.H/2); got != k {
							t.Fatalf("%v px, unit %v, sheet %d: the middle of picture %d is taken for %d", width, unit, i, k, got)
						}
						places = append(places, Rect{p.X, p.Y, p.W, p.H + g.Verdict(k).H})
					}
				}
				if s.Points {
					places = append(places, s.Scatter)
				}
				disjoint(t, s, places)
				for _, part := range []Rect{s.Stage, s.Aside} { // is drawn without the chart
					if part.Bottom() > s.Chart.Y && part.Y < s.Chart.Bottom() && part.Right() > s.Chart.X && part.X < s.Chart.Right() {
						t.Fatalf("%v px, unit %v, sheet %d: the pictures' part %+v reaches into the chart %+v", width, unit, i, part, s.Chart)
					}
				}
				if (sheets[i].Sample == sample.Plane) != s.Points {
					t.Fatal("points are not laid out as points")
				}
			}
		}
	}
}

// whole reports whether a picture is drawn at a whole scale, or smaller where it has too many pixels for that.
func whole(s sample.Shape, p Rect, unit float64) bool {
	if longest := float64(max(s.Height, s.Width)); longest > unscaled*unit {
		return p.W <= float64(s.Width) && max(p.W, p.H) <= unscaled*unit
	}
	scale := math.Floor(p.W / float64(s.Width))
	return scale >= 1 && p.W == scale*float64(s.Width) && p.H == scale*float64(s.Height)
}

func disjoint(t *testing.T, s Scene, places []Rect) {
	t.Helper()
	for i, a := range places {
		if a.X < 0 || a.Y < 0 || a.Right() > s.Width+1e-9 || a.Bottom() > s.Height+1e-9 || a.W <= 0 || a.H <= 0 {
			t.Fatalf("width %v, unit %v: %+v is outside of %v × %v", s.Width, s.Unit, a, s.Width, s.Height)
		}
		for _, b := range places[:i] {
			if a.X < b.Right() && b.X < a.Right() && a.Y < b.Bottom() && b.Y < a.Bottom() {
				t.Fatalf("width %v, unit %v: %+v and %+v overlap", s.Width, s.Unit, a, b)
			}
		}
	}
}

// Between a phone and a wide window no column stays empty: pictures and chart fill the width.
func TestTheWidthIsUsed(t *testing.T) {
	for _, unit := range []float64{1, 1.5, 2, 3} {
		for css := 380.0; css <= 1300; css += 7 {
			width := math.Floor(css * unit)
			s := Layout(width, unit, 0, &sheets[0])
			free := width - max(s.Fakes.Right(), s.Reals.Right(), s.Chart.Right())
			if s.Chart.X == 0 { // under all pictures, which have to reach the edge themselves
				free = width - s.Fakes.Right()
			}
			if free > 0.1*width {
				t.Errorf("%v CSS pixels, unit %v: %v pixels stay empty beside the pictures", css, unit, free)
			}
			if between := s.Reals.X - s.Fakes.Right(); s.Reals.Y == s.Fakes.Y && between > 0.1*width {
				t.Errorf("%v CSS pixels, unit %v: %v pixels stay empty between fakes and reals", css, unit, between)
			}
		}
	}
}

// Before the real pictures arrive, there is room for them.
func TestRealsHaveTheirPlace(t *testing.T) {
	for i := range 84 {
		css, high := 280+61*float64(i%28), 300*float64(i/28) // unknown, and where all is seen at once
		before, after := Layout(css, 1, high, Usual()), Layout(css, 1, high, &sheets[0])
		if before.Reals.Count != 0 {
			t.Fatalf("%v px: %d real pictures before any has arrived", css, before.Reals.Count)
		}
		if before.Chart != after.Chart || before.Height != after.Height || before.Reals.Right() != after.Reals.Right() {
			t.Errorf("%v px: the real pictures move the chart from %+v to %+v", css, before.Chart, after.Chart)
		}
	}
}

func TestClassesStandInColumns(t *testing.T) {
	s := Layout(1000, 1, 0, &sheets[3])
	if s.Fakes.Columns != 10 {
		t.Errorf("ten classes in %d columns", s.Fakes.Columns)
	}
}

func TestAtMissesGaps(t *testing.T) {
	g := Layout(1000, 1, 0, &sheets[0]).Fakes
	p := g.Picture(0)
	for _, at := range [][2]float64{{p.Right() + 1, p.Y}, {p.X - 1, p.Y}, {p.X, p.Y - 1}, {g.Right() + 1, p.Y}, {p.X, g.Bottom() + 1}} {
		if i := g.At(at[0], at[1]); i != -1 {
			t.Errorf("%v is taken for picture %d", at, i)
		}
	}
}

// Every pixel of every picture is where the atlas says, in its colours.
func TestAtlas(t *testing.T) {
	for _, shape := range []sample.Shape{sample.Gray(3, 5), {Channels: 3, Height: 3, Width: 5}} {
		s := wire.Sheet{Sample: shape, Fakes: 6, Reals: 5}
		pictures := make([]byte, 11*shape.Size())
		for i := range pictures {
			pictures[i] = byte(i)
		}
		a := NewAtlas(&s)
		rgba := a.Pixels(nil, pictures)
		w, _ := a.Size()
		for i := range 11 {
			x0, y0 := a.Place(i)
			for k := range 15 {
				at := 4 * ((y0+k/5)*w + x0 + k%5)
				for c := range 3 {
					if v := byte(i*shape.Size() + c%shape.Channels*15 + k); rgba[at+c] != v || rgba[at+3] != 255 {
						t.Fatalf("%v: picture %d, pixel %d is %v, want %d at %d", shape, i, k, rgba[at:at+4], v, c)
					}
				}
			}
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	good := func() *wire.Sheet {
		return &wire.Sheet{Sample: sample.Gray(2, 2), Fakes: 1, Reals: 1, FakeScores: make([]float32, 1), RealScores: make([]float32, 1)}
	}
	if err := Check(good(), 8); err != nil {
		t.Errorf("a good sheet: %v", err)
	}
	for name, spoil := range map[string]func(*wire.Sheet){
		"no height": func(s *wire.Sheet) { s.Sample.Height = 0 }, "negative count": func(s *wire.Sheet) { s.Reals = -1 },
		"overflow": func(s *wire.Sheet) { s.Sample = sample.Gray(1<<40, 1<<40) }, "scores": func(s *wire.Sheet) { s.FakeScores = nil },
		"labels": func(s *wire.Sheet) { s.RealLabels = make([]int32, 3) }, "too few bytes": func(s *wire.Sheet) { s.Sample.Width = 3 },
		"colours": func(s *wire.Sheet) { s.Sample.Channels = 3 },
	} {
		s := good()
		spoil(s)
		if Check(s, 8) == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// The field's last bytes are verdicts from y = −1 upwards; drawn, the first row lies at the bottom.
func TestField(t *testing.T) {
	s := &wire.Sheet{Sample: sample.Plane, Fakes: 1, Field: 2, FakeScores: []float32{0}}
	bytes := []byte{9, 9, 0, 255, 255, 0}
	if err := Check(s, len(bytes)); err != nil {
		t.Fatal(err)
	}
	paper, fake, real := color.RGBA{100, 100, 100, 255}, color.RGBA{200, 0, 0, 255}, color.RGBA{0, 0, 200, 255}
	rgba := Field(nil, s, bytes, fake, real, paper)
	for at, reddish := range []bool{false, true, true, false} { // top left, top right, bottom left, bottom right
		if (rgba[4*at] > 100) != reddish || (rgba[4*at+2] > 100) == reddish || rgba[4*at+3] != 255 {
			t.Errorf("place %d is %v", at, rgba[4*at:][:4])
		}
	}
	if Check(s, len(bytes)-1) == nil {
		t.Error("a field that is cut short passes")
	}
}

// What is to be seen at once is no higher than the window: the band, whole rows of pictures, and the chart, at the sizes of window that people have.
func TestOnScreen(t *testing.T) {
	for _, unit := range []float64{1, 1.5, 2} {
		for _, window := range [][2]float64{{914, 450}, {1074, 640}, {1620, 1130}, {860, 540}, {640, 400}} {
			for i := range 4 {
				s := Layout(math.Floor(window[0]*unit), unit, window[1], &sheets[i])
				if s.Height > round(window[1]*unit) {
					t.Errorf("%v, unit %v, sheet %d: %v pixels high", window, unit, i, s.Height)
				}
				if rows := ceil(s.Fakes.Count, s.Fakes.Columns); rows < 2 || s.Chart.H < 170*unit || s.Chart.W < chartLeast*unit {
					t.Errorf("%v, unit %v, sheet %d: %d rows of fakes, a chart of %v × %v", window, unit, i, rows, s.Chart.W, s.Chart.H)
				}
			}
			points := Layout(math.Floor(window[0]*unit), unit, window[1], &sheets[6])
			if points.Height > round(window[1]*unit) || points.Scatter.W < scatterLeast*unit {
				t.Errorf("%v, unit %v: points in a square of %v, %v pixels high", window, unit, points.Scatter.W, points.Height)
			}
		}
	}
	if s := Layout(1620, 1, 1130, &sheets[0]); s.Fakes.Count != 64 || s.Fakes.PictureW <= 56 {
		t.Errorf("a large window shows %d fakes of %v pixels", s.Fakes.Count, s.Fakes.PictureW)
	}
}
