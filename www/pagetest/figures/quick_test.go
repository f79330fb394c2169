package figures

import (
	"encoding/base64"
	"os"
	"testing"

	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
	"ganvas/core/longtest"
	"ganvas/core/quality/judge"
	"ganvas/core/quality/judge/trained"
	"ganvas/core/quality/metrics"
	"ganvas/core/run"
	"ganvas/core/weights"
	"ganvas/www/pagetest"
)

// kept is what the page saved at one moment of a run.
type kept struct {
	Seconds float64 `json:"seconds"` // since play was pressed
	Step    int     `json:"step"`
	Weights string  `json:"weights"` // base64
}

// TestLongQuickIsQuick presses play on the quick preset, keeps the weights now and then, and measures their images
// afterwards: within a thousand steps every digit must have its share and the judge must be sure of what it sees. With
// -v it tells seconds, steps, coverage and distance; GANVAS_RECORD names another preset to record, for twice as long.
func TestLongQuickIsQuick(t *testing.T) {
	preset, until, count := "quick", "1000", 2000
	if named := os.Getenv("GANVAS_RECORD"); named != "" {
		preset, until, count = named, "2000", 10_000
	} else {
		longtest.Test(t)
	}
	p := pagetest.Open(t, pagetest.Screen, "preset="+preset+"&autostart=0&threads=2")
	p.Started()
	p.Until("ganvas.status().state === 'paused'")
	p.Click("play")
	saved := pagetest.Eval[[]kept](p, `(async () => {
		const text = (b) => { let s = ""; for (let i = 0; i < b.length; i += 32768) s += String.fromCharCode(...b.subarray(i, i + 32768)); return btoa(s); };
		const kept = [];
		const began = performance.now();
		let next = 50, last = 0, since = began;
		while (ganvas.status().step < `+until+`) {
			await new Promise((r) => setTimeout(r, 20));
			const now = performance.now();
			if (ganvas.status().step > last) [last, since] = [ganvas.status().step, now];
			if (now - since > 60_000) throw new Error("no step for a minute: " + JSON.stringify(ganvas.status()) + document.getElementById("notices").innerText);
			if (ganvas.status().step < next) continue;
			const seconds = (performance.now() - began) / 1000, step = ganvas.status().step;
			kept.push({seconds, step, weights: text(await ganvas.save({weightsOnly: true}))});
			next = Math.max(step + 50, step * 1.2);
		}
		await ganvas.pause();
		return kept;
	})()`)
	p.NoErrors()
	f32.Use(f32.Best())
	j, err := judge.Load(cpu.New(nil), 200, trained.File)
	if err != nil {
		t.Fatal(err)
	}
	held, floor := real(t, j)
	passed := false
	for _, k := range saved {
		b, err := base64.StdEncoding.DecodeString(k.Weights)
		if err != nil {
			t.Fatal(err)
		}
		f, err := weights.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		m, _, err := run.Open(cpu.New(nil), f)
		if err != nil {
			t.Fatal(err)
		}
		images, err := run.Generate(m, count, 1, -1)
		if err != nil {
			t.Fatal(err)
		}
		seen := j.See(images, nil)
		counts, confidence := metrics.Histogram(seen.P, judge.Classes)
		covered := metrics.Covered(counts, judge.Share)
		far, err := metrics.Frechet(held, metrics.MomentsOf(seen.Features, judge.Features))
		if err != nil {
			t.Fatal(err)
		}
		passed = passed || covered == judge.Classes && confidence > 0.8
		t.Logf("| %.1f | %d | %d | %.2f | %.0f |", k.Seconds, k.Step, covered, confidence, far/floor)
	}
	if !passed && preset == "quick" {
		t.Errorf("after %s steps quick's digits are not all there, or not clear", until)
	}
}

// real is what the judge sees in held-out images, and their distance from as many training images.
func real(t *testing.T, j *judge.Judge) (held metrics.Moments, floor float64) {
	t.Helper()
	var both []metrics.Moments
	for _, split := range []data.Split{data.TestSplit, data.TrainSplit} {
		set, err := mnist.Open(t.Context(), split)
		if err != nil {
			t.Fatal(err)
		}
		var pixels []byte
		for i := range 10_000 {
			pixels = append(pixels, set.Pixels(i)...)
		}
		both = append(both, metrics.MomentsOf(j.See(pixels, nil).Features, judge.Features))
	}
	floor, err := metrics.Frechet(both[0], both[1])
	if err != nil {
		t.Fatal(err)
	}
	return both[0], floor
}
