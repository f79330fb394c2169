package train_test

import (
	"bytes"
	"image/gif"
	"testing"

	"ganvas/core/wire"
)

// points begins a small run on points of the plane.
func points(t *testing.T, dataset string) *page {
	t.Helper()
	p := newPage(t, 1, nil)
	p.must(wire.Command{Type: wire.Start, Preset: "ring-2d", Recipe: map[string]any{"dataset": dataset, "batch": 64}, Paused: true})
	return p
}

// A sheet of points has two bytes a point and D's field behind them, and pictures of it are one square.
func TestSheetsOfPoints(t *testing.T) {
	p := points(t, "spiral")
	p.must(wire.Command{Type: wire.StepN, N: 1})
	e := p.wait(func(e wire.Event) bool { return e.Type == wire.Sampled })
	s := e.Sheet
	if s.Height != 1 || s.Width != 2 || s.Field < 8 || len(e.Bytes) != 2*(s.Fakes+s.Reals)+s.Field*s.Field || s.Reals != len(s.RealScores) || s.Reals == 0 {
		t.Fatalf("a sheet of points is %+v with %d bytes", s, len(e.Bytes))
	}
	if made := p.must(wire.Command{Type: wire.Generate, Count: 5, Seed: 1, Digit: -1}); len(made.Bytes) != 10 || made.Data["width"] != 2 {
		t.Errorf("5 points are %d bytes", len(made.Bytes))
	}
	film, err := gif.DecodeAll(bytes.NewReader(p.must(wire.Command{Type: wire.Export, Format: "gif"}).Bytes))
	if err != nil || film.Config.Width != film.Config.Height || film.Config.Width < 100 {
		t.Errorf("the animation is %d×%d: %v", film.Config.Width, film.Config.Height, err)
	}
}

// The preset finds all eight modes of the ring, and the measurement that the run itself makes says so.
func TestRingIsCovered(t *testing.T) {
	p := newPage(t, 1, nil)
	p.must(wire.Command{Type: wire.Start, Preset: "ring-2d", Paused: true})
	first := p.must(wire.Command{Type: wire.Measure})
	if first.Data["modes"] != 8.0 || first.Data["covered"].(float64) > 4 {
		t.Errorf("before it has learned the generator measures %v", first.Data)
	}
	p.must(wire.Command{Type: wire.StepN, N: 2500})
	found := p.wait(func(e wire.Event) bool { return e.Type == wire.Diagnosed && e.Metrics["modes"] > 0 })
	if found.Metrics["modes"] != 8 || found.Step == 0 {
		t.Errorf("the doctor says %q of %v", found.Says, found.Metrics)
	}
	p.paused(2500)
	last := p.must(wire.Command{Type: wire.Measure})
	if last.Data["covered"] != 8.0 || last.Data["quality"].(float64) < 0.5 {
		t.Errorf("after 2500 steps the generator measures %v", last.Data)
	}
}
