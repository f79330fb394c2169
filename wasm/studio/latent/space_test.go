package latent

import (
	"math"
	"slices"
	"testing"

	"ganvas/core/latent"
	"ganvas/core/rng"
	"ganvas/core/sample"
	"ganvas/wasm/studio/scene"
)

func space(rows, width int) *Space {
	noise := make([]float32, rows*width)
	rng.New(3, "test").Normal(noise)
	var s Space
	s.Take(noise, width, nil)
	return &s
}

// Corners of the field, ends of the strip and the place that is here are the anchors' noise, bit for bit.
func TestNoiseOfPictures(t *testing.T) {
	s := space(10, 50)
	s.Choose(1, 7)
	rows := s.Of([]Key{Tile(0, 0, 2), Tile(4, 0, 2), Tile(0, 4, 2), {Kind: Strip, I: 0}, {Kind: Strip, I: 8}, {Kind: Here}}, 9)
	for i, want := range []int{0, 7, 2, 0, 7, 0} {
		if !slices.Equal(rows[i*50:][:50], s.Row(want)) {
			t.Errorf("picture %d is not of fake %d", i, want)
		}
	}
	s.Go(0, 1)
	if !slices.Equal(s.Of([]Key{{Kind: Here}}, 9), s.Row(2)) {
		t.Error("at (0, 1) one is not at the third anchor")
	}
	s.GoAlong(0.5)
	half := slices.Clone(s.Row(0))
	latent.Arc(half, s.Row(7), 0.5)
	if !slices.Equal(s.Of([]Key{{Kind: Here}}, 9), half) || s.V != 0 || !(s.U > 0.3 && s.U < 0.7) {
		t.Errorf("halfway from a to b one is at (%g, %g)", s.U, s.V)
	}
}

func TestTurningValues(t *testing.T) {
	s := space(10, 50)
	s.Go(0.3, 0.3)
	before := s.Of([]Key{{Kind: Here}}, 9)
	s.Turn(4, 2.5)
	s.Turn(50, 1) // there is no such value
	after := s.Of([]Key{{Kind: Here}}, 9)
	for i := range after {
		if want := before[i]; i != 4 && after[i] != want || i == 4 && after[i] != 2.5 {
			t.Errorf("value %d is %g, was %g", i, after[i], want)
		}
	}
	if !s.Turned() {
		t.Error("nothing is turned")
	}
	s.Back()
	if s.Turned() || !slices.Equal(s.Of([]Key{{Kind: Here}}, 9), before) {
		t.Error("what was turned is not turned back")
	}
}

// Two anchors are never one fake.
func TestAnchorsStayApart(t *testing.T) {
	s := space(10, 8)
	for _, c := range [][2]int{{0, 1}, {2, 0}, {1, 9}, {0, 9}, {2, 2}} {
		s.Choose(c[0], c[1])
		a := s.Anchors
		if a[0] == a[1] || a[1] == a[2] || a[0] == a[2] || a[c[0]] != c[1] {
			t.Errorf("after choosing %v the anchors are %v", c, a)
		}
	}
}

// A walk there and back has even steps and closes.
func TestWalk(t *testing.T) {
	s := space(10, 64)
	walk := s.ThereAndBack(16)
	row := func(i int) []float32 { return walk[i%16*64:][:64] }
	if !slices.Equal(row(0), s.Row(0)) || !slices.Equal(row(8), s.Row(1)) || !slices.Equal(row(3), row(13)) {
		t.Error("the walk does not go from a to b and back")
	}
	for i := range 16 {
		d := 0.0
		for k := range 64 {
			d += math.Pow(float64(row(i)[k]-row(i + 1)[k]), 2)
		}
		if d == 0 || math.Sqrt(d) > 3 {
			t.Errorf("step %d is %g long", i, math.Sqrt(d))
		}
	}
}

func TestTakingTheSameNoiseKeepsTheAnchors(t *testing.T) {
	s := space(10, 8)
	s.Choose(0, 5)
	if s.Take(slices.Clone(s.Noise), 8, nil) || s.Anchors[0] != 5 {
		t.Error("the same noise is taken for other noise")
	}
	if !s.Take(make([]float32, 80), 8, nil) || s.Anchors != [3]int{0, 1, 2} {
		t.Error("other noise keeps the old anchors")
	}
}

// Everything has its own place inside the window, at every width.
func TestNothingOverlaps(t *testing.T) {
	for _, width := range []float64{300, 340, 500, 719, 720, 1000, 1360} {
		for _, unit := range []float64{1, 2, 1.5} {
			for _, aspect := range []float64{1, 4, 8} {
				p := Arrange(width*unit, unit, aspect, sample.MNIST, 64)
				last := p.Fakes.Picture(63)
				first := p.Fakes.Picture(0)
				fakes := scene.Rect{X: first.X, Y: first.Y, W: last.Right() - first.X, H: last.Bottom() - first.Y}
				parts := []scene.Rect{p.Field, p.Here, p.Strip, fakes}
				for i, a := range parts {
					if a.W < 40*unit || a.H < 5*unit || a.X < 0 || a.Right() > width*unit+1 || a.Bottom() > p.Height {
						t.Errorf("%g × %g, aspect %g: part %d is at %v in a height of %g", width, unit, aspect, i, a, p.Height)
					}
					for j, b := range parts[:i] {
						if a.X < b.Right() && b.X < a.Right() && a.Y < b.Bottom() && b.Y < a.Bottom() {
							t.Errorf("%g × %g, aspect %g: parts %d and %d are at %v and %v", width, unit, aspect, i, j, a, b)
						}
					}
				}
				var v View
				v.Place(p.Field, p.Least(), aspect)
				w, h := v.Cell(v.Level())
				for _, at := range [][2]float64{{0, 0}, {1, 0}, {0, 1}} {
					x, y := v.Screen(at[0], at[1])
					if x-w/2 < p.Field.X-1 || x+w/2 > p.Field.Right()+1 || y-h/2 < p.Field.Y-1 || y+h/2 > p.Field.Bottom()+1 {
						t.Errorf("%g × %g, aspect %g: the anchor at %v is not whole in the field at first", width, unit, aspect, at)
					}
				}
				for _, x := range []float64{0, 0.3, 1} {
					if got := p.At(p.Along(x)); math.Abs(got-x) > 1e-9 {
						t.Errorf("%g of the way is at %g", x, got)
					}
				}
			}
		}
	}
}

// Fakes of any size and proportion have a cell of their own, no larger than the digits' are.
func TestFakesOfAnyShape(t *testing.T) {
	for _, s := range []sample.Shape{sample.Gray(20, 30), {Channels: 3, Height: 64, Width: 64}, {Channels: 4, Height: 16, Width: 512}} {
		for _, unit := range []float64{1, 1.5, 2} {
			g := Arrange(1000*unit, unit, float64(s.Width)/float64(s.Height), s, 64).Fakes
			if max(g.PictureW, g.PictureH) > small*unit || max(g.PictureW, g.PictureH) < small*unit/2 || g.StepX < g.PictureW || g.StepY < g.PictureH || (s.Width > s.Height) != (g.PictureW > g.PictureH) {
				t.Errorf("%v at unit %v: %+v", s, unit, g)
			}
		}
	}
}
