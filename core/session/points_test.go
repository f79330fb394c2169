package session_test

import (
	"testing"
	"time"

	"ganvas/core/sample"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// points begins a small run on points of the plane.
func points(t *testing.T, dataset string) *page {
	t.Helper()
	c := &clock{tick: time.Millisecond}
	p := newPage(t, 1, nil, c.set)
	p.must(&session.Start{Choice: session.Choice{Preset: "ring-2d", Recipe: map[string]any{"dataset": dataset, "batch": 64}}, Paused: true})
	return p
}

// A sheet of points has two bytes a point and D's field behind them, and pictures of it are one square.
func TestSheetsOfPoints(t *testing.T) {
	p := points(t, "spiral")
	p.must(&session.Step{N: 1})
	e := p.wait(func(e wire.Event) bool { return e.Type == wire.Sampled })
	s := e.Sheet
	if s.Sample != sample.Plane || s.Field < 8 || len(e.Bytes) != 2*(s.Fakes+s.Reals)+s.Field*s.Field || s.Reals != len(s.RealScores) || s.Reals == 0 {
		t.Fatalf("a sheet of points is %+v with %d bytes", s, len(e.Bytes))
	}
	if made := p.must(&session.Generate{Count: 5, Seed: 1, Digit: -1}); len(made.Bytes) != 10 {
		t.Errorf("5 points are %d bytes", len(made.Bytes))
	}
	if run := film(t, p.must(&session.Picture{Format: "film"})); run.Width != run.Height || run.Width < 100 {
		t.Errorf("the film is %d×%d", run.Width, run.Height)
	}
}

// A run measures its points by itself, and the doctor tells of them.
func TestPointsAreMeasured(t *testing.T) {
	p := points(t, "grid")
	p.must(&session.Step{N: 200})
	p.wait(func(e wire.Event) bool { return e.Type == wire.Measured && e.Metrics["modes"] == 25 && e.Step > 0 })
	p.wait(func(e wire.Event) bool { return e.Type == wire.Diagnosed && e.Metrics["modes"] == 25 })
}
