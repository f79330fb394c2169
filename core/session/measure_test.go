package session_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/quality/judge/trained"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// judged gives a session the judge, and a clock by which every step and every part of a measurement takes a second.
func judged(s *session.Session) {
	var now time.Time
	s.JudgeFile = func() ([]byte, error) { return trained.File, nil }
	s.Now = func() time.Time { now = now.Add(time.Second); return now }
}

// A run on digits is measured while it trains, now and then and in the same way as on demand; the run itself goes as it
// would without that.
func TestRunsAreMeasured(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("there is no go command under js to fetch MNIST with")
	}
	set, err := mnist.Open(t.Context(), data.TestSplit)
	if err != nil {
		t.Fatal(err)
	}
	p, plain := newPage(t, 1, set, judged), newPage(t, 1, set)
	run := &session.Start{Choice: session.Choice{Preset: "classic", Recipe: map[string]any{"generator": "8", "discriminator": "8", "batch": 20}}}
	p.must(run)
	measured := p.wait(func(e wire.Event) bool { return e.Type == wire.Measured })
	p.must(&session.Pause{})
	q := measured.Metrics
	if q["samples"] != 500 || q["reference"] != 1000 || !(q["frechet"] > 3*q["frechetFloor"]) || q["scoreReal"] < 9 || q["recall"] > 0.5 {
		t.Errorf("a run that has just begun measures %v", q)
	}
	a, b := p.must(&session.Measure{}), p.must(&session.Measure{})
	if x, y := frechet(a), frechet(b); x != y || x == 0 {
		t.Errorf("the same generator measures %v and %v", x, y)
	}
	run.Paused = true
	plain.must(run)
	plain.must(&session.Step{N: a.Step})
	plain.paused(a.Step)
	if d := apart(t, p.must(&session.Save{}).Bytes, plain.must(&session.Save{}).Bytes); d != 0 {
		t.Errorf("a measured run is %v apart from one that was not", d)
	}
}

// What the judge does not know is measured by how like real pictures it is, also on the way; too few are not measured, a demand is
// told why, and a run just goes on.
func TestOtherPicturesAreMeasured(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 2000), judged)
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"epochs": 50})}})
	q := p.wait(func(e wire.Event) bool { return e.Type == wire.Measured }).Metrics
	p.must(&session.Pause{})
	if q["samples"] != 500 || q["reference"] != 1000 || q["realCoverage"] < 0.8 || q["coverage"] > 0.5 || !(q["frechet"] > 2*q["frechetFloor"]) {
		t.Errorf("a run that has just begun measures %v", q)
	}
	if a, b := frechet(p.must(&session.Measure{})), frechet(p.must(&session.Measure{})); a != b || a <= 0 {
		t.Errorf("the same generator measures %v and %v", a, b)
	}
	p = newPage(t, 1, runtest.Digits(t, 30), judged)
	p.must(&session.Start{Choice: session.Choice{Recipe: tinyRecipe}, Paused: true})
	if _, err := p.ask(&session.Measure{}); err == nil || !strings.Contains(err.Error(), "30 pictures") {
		t.Errorf("thirty pictures are measured: %v", err)
	}
	p.must(&session.Start{Choice: session.Choice{Recipe: tinyRecipe}, Paused: true})
	if _, err := p.ask(&session.Measure{}); err == nil || !strings.Contains(err.Error(), "30 pictures") {
		t.Errorf("thirty pictures are measured in a second run: %v", err)
	}
	p.must(&session.Step{N: 3})
	p.paused(3)
}

func frechet(e wire.Event) float64 { return e.Data.(map[string]float64)["frechet"] }
