package compare

import (
	"math"
	"testing"

	"ganvas/core/sample"
	"ganvas/core/wire"
	"ganvas/wasm/studio/scene"
)

// At every width and density everything is inside, pictures are on whole pixels, and nothing overlaps.
func TestLayout(t *testing.T) {
	sheets := []*wire.Sheet{
		nil, {Sample: sample.MNIST, Fakes: 64}, {Sample: sample.Gray(4, 4), Fakes: 64}, {Sample: sample.Shape{Channels: 3, Height: 64, Width: 48}, Fakes: 3},
		{Sample: sample.MNIST, Fakes: 64, FakeLabels: make([]int32, 64)}, {Sample: sample.Plane, Fakes: 500}, {Sample: sample.Gray(300, 1000), Fakes: 16},
	}
	for _, unit := range []float64{1, 1.5, 2, 3} {
		for css := 280.0; css <= 1900; css += 61 {
			for i := range sheets {
				width := math.Floor(css * unit)
				p := layout(width, unit, [2]*wire.Sheet{sheets[i], sheets[(i+1)%len(sheets)]})
				places := append([]scene.Rect{}, p.Charts[:]...)
				for _, c := range p.Columns {
					places = append(places, c.Bars)
					if c.Scatter.W > 0 {
						places = append(places, c.Scatter)
					}
					for k := range c.Grid.Count {
						r := c.Grid.Picture(k)
						if r.X != math.Round(r.X) || r.Y != math.Round(r.Y) || r.W != math.Round(r.W) || r.H != math.Round(r.H) {
							t.Fatalf("%v px, unit %v: picture %d at %+v is not on whole pixels", width, unit, k, r)
						}
						places = append(places, scene.Rect{X: r.X, Y: r.Y, W: r.W, H: r.H + math.Round(verdict*unit)})
					}
				}
				for n, a := range places {
					if a.X < 0 || a.Y < 0 || a.Right() > width+1e-9 || a.Bottom() > p.Height+1e-9 || a.W <= 0 || a.H <= 0 {
						t.Fatalf("width %v, unit %v, sheet %d: %+v is outside of %v × %v", width, unit, i, a, width, p.Height)
					}
					for _, b := range places[:n] {
						if a.X < b.Right() && b.X < a.Right() && a.Y < b.Bottom() && b.Y < a.Bottom() {
							t.Fatalf("width %v, unit %v, sheet %d: %+v and %+v overlap", width, unit, i, a, b)
						}
					}
				}
			}
		}
	}
}

func TestASideHears(t *testing.T) {
	var s side
	sheet := &wire.Sheet{Sample: sample.Gray(2, 2), Fakes: 1, FakeScores: make([]float32, 1)}
	if !s.hear(wire.Event{Type: wire.Sampled, Sheet: sheet, Bytes: make([]byte, 4)}) || s.hear(wire.Event{Type: wire.Sampled, Sheet: sheet, Bytes: make([]byte, 4)}) {
		t.Error("the first sheet has a new form, the second has not")
	}
	if s.hear(wire.Event{Type: wire.Sampled, Sheet: sheet, Bytes: make([]byte, 3)}) || len(s.bytes) != 4 {
		t.Error("a malformed sheet is taken")
	}
	s.before([][5]float64{{1, 3, 1, 0.5, 0.5}, {2, 5, 1, 0.5, 0.5}})
	s.hear(wire.Event{Type: wire.Started, Step: 2})
	s.hear(wire.Event{Type: wire.Stepped, Step: 3, Points: []wire.Point{{LossD: 7}}})
	if low, high, ok := s.run.LossD.Range(); !ok || low != 3 || high != 7 || s.run.Step != 3 {
		t.Errorf("the losses before and since lie between %v and %v, up to step %d", low, high, s.run.Step)
	}
	s.hear(wire.Event{Type: wire.Started, Step: 2, Continues: true})
	if s.run.Step != 3 {
		t.Error("a run that goes on from a branch has lost its curves")
	}
	metrics := map[string]float64{"frechet": 12, "frechetFloor": 4, "share0": 0.5, "share3": 0.009, "share9": 0.01}
	s.hear(wire.Event{Type: wire.Measured, Step: 3, Metrics: metrics})
	if s.covered() != 2 || s.distance.End(10) != 3 {
		t.Errorf("%d digits covered at distance %v, want 2 at 3", s.covered(), s.distance.End(10))
	}
	// The charts begin where either run is known, and hold both.
	var other side
	other.hear(wire.Event{Type: wire.Stepped, Step: 40, Points: []wire.Point{{LossD: 1}}})
	if first, last := span(&[2]side{other, {}}); first != 39 || last != 49 {
		t.Errorf("of a run that is known from step 40 on the charts show %d to %d", first, last)
	}
	if first, last := span(&[2]side{other, s}); first != s.run.Before || last != 40 {
		t.Errorf("of two runs the charts show %d to %d", first, last)
	}
	if first, last := span(&[2]side{}); first != 0 || last != 10 {
		t.Errorf("before any step the charts show %d to %d", first, last)
	}
	s.hear(wire.Event{Type: wire.Started, Step: 4})
	if s.measured || s.run.Step != 0 || s.sheet == nil {
		t.Error("a new run keeps the curves of the one before, or shows nothing until its first pictures")
	}
}
