package quality_test

import (
	"testing"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/f32"
	"ganvas/core/quality"
	"ganvas/core/run/runtest"
)

// The preset's networks find the ring; with batches of 256 they cover all of it (docs/presets.md).
func TestRingIsCovered(t *testing.T) {
	r, err := config.FindPreset("ring-2d")
	if err != nil {
		t.Fatal(err)
	}
	r.Batch = 32 // eight times as cheap a step
	defer f32.Use(f32.Active())
	f32.Use(f32.Plain()) // which round alike on every machine: what a run of so few steps finds hangs on that
	tr := runtest.Trainer(t, r, data.Made("ring", data.TrainSplit))
	var g quality.Gauge
	measure := func() map[string]float64 {
		t.Helper()
		m, err := g.Measure(tr)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	if m := measure(); m["modes"] != 8 || m["covered"] > 4 {
		t.Errorf("before it has learned the generator measures %v", m)
	}
	runtest.Steps(t, tr, 1500)
	if m := measure(); m["covered"] < 6 || m["quality"] < 0.2 {
		t.Errorf("after 1500 steps the generator measures %v", m)
	}
}
