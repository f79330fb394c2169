package scene

import (
	"math"
	"testing"

	"ganvas/wasm/studio/mesh"
)

// At every width and density the band's parts are inside it, on whole pixels, apart from each other, and in the order in
// which a sample goes through them; arrows have a length, and loops end at the network that learns.
func TestFlow(t *testing.T) {
	for _, unit := range []float64{1, 1.5, 2, 3} {
		for css := 280.0; css <= 1900; css += 47 {
			width := math.Floor(css * unit)
			s := Layout(width, unit, 0, nil)
			f, band := s.Flow, Scene{Unit: unit, Width: width, Height: s.Band.Bottom()}
			parts := []Rect{f.Noise, f.G, f.Fake, f.D, f.Real, f.FakeVerdict, f.RealVerdict}
			disjoint(t, band, parts)
			for _, p := range parts {
				if p != (Rect{round(p.X), round(p.Y), round(p.W), round(p.H)}) {
					t.Fatalf("%v px, unit %v: %+v is not on whole pixels", width, unit, p)
				}
			}
			if least := min(84*unit, 0.24*min(width, flowMost*unit)) - 1; f.RealVerdict.W < least || f.FakeVerdict.W < least {
				t.Errorf("%v px, unit %v: the verdicts have %v and %v for their words, want %v", width, unit, f.FakeVerdict.W, f.RealVerdict.W, least)
			}
			for _, a := range f.Arrows {
				if length := a.Path[1].X - a.Path[0].X; length < 3*unit {
					t.Errorf("%v px, unit %v: the arrow from %s to %s is %v long", width, unit, a.From, a.To, length)
				}
				for _, p := range parts {
					if p.Contains((a.Path[0].X+a.Path[1].X)/2, a.Path[0].Y) {
						t.Errorf("%v px, unit %v: the arrow from %s to %s goes through %+v", width, unit, a.From, a.To, p)
					}
				}
			}
			for _, l := range []struct {
				path []mesh.Point
				to   Rect
			}{{f.LoopG, f.G}, {f.LoopD, f.D}} {
				end := l.path[len(l.path)-1]
				if end.X < l.to.X || end.X > l.to.Right() {
					t.Errorf("%v px, unit %v: a loop ends at %v, beside %+v", width, unit, end, l.to)
				}
				for _, p := range l.path {
					if !s.Band.Contains(p.X, p.Y) {
						t.Errorf("%v px, unit %v: a loop's point %v is outside of the band", width, unit, p)
					}
					for _, part := range parts {
						if part.Contains(p.X, p.Y) {
							t.Errorf("%v px, unit %v: a loop goes through %+v", width, unit, part)
						}
					}
				}
			}
		}
	}
}

func TestAlong(t *testing.T) {
	path := []mesh.Point{{X: 0, Y: 0}, {X: 10, Y: 0}, {X: 10, Y: 0}, {X: 10, Y: 30}}
	for share, want := range map[float64]mesh.Point{-1: {}, 0: {}, 0.125: {X: 5}, 0.25: {X: 10}, 0.5: {X: 10, Y: 10}, 1: {X: 10, Y: 30}, 2: {X: 10, Y: 30}} {
		if got := Along(path, share); math.Hypot(got.X-want.X, got.Y-want.Y) > 1e-9 {
			t.Errorf("at %v of the path is %v, want %v", share, got, want)
		}
	}
}

func TestCells(t *testing.T) {
	for n, want := range map[int][2]int{1: {1, 1}, 2: {2, 2}, 64: {64, 8}, 100: {100, 10}, 1000: {256, 16}} {
		if shown, columns := Cells(n); shown != want[0] || columns != want[1] {
			t.Errorf("%d values: %d in %d columns, want %v", n, shown, columns, want)
		}
	}
}

func TestNearest(t *testing.T) {
	r := Rect{X: 10, Y: 20, W: 300, H: 300}
	bytes := []byte{0, 0, 128, 128, 130, 128, 255, 255}
	p := PointAt(r, 128, 128)
	for _, c := range []struct {
		x, y, reach float64
		want        int
	}{{p.X, p.Y, 5, 1}, {p.X + 1.5, p.Y, 5, 2}, {p.X + 40, p.Y, 5, -1}, {r.Right(), r.Y, 60, -1}, {r.X, r.Bottom(), 60, 0}} {
		if got := Nearest(r, bytes, 3, c.x, c.y, c.reach); got != c.want {
			t.Errorf("within %v of (%v, %v) is point %d, want %d", c.reach, c.x, c.y, got, c.want)
		}
	}
}
