package figures

import (
	"os"
	"testing"

	"ganvas/www/pagetest"
)

// TestSpeed prints what ganvas.bench says, for tables; it times nothing that a test could fail by.
func TestSpeed(t *testing.T) {
	if os.Getenv("GANVAS_SPEED") == "" { // a preset
		t.Skip("GANVAS_SPEED is not set: nobody asked for timings")
	}
	recipe := os.Getenv("GANVAS_SPEED")
	for _, query := range []string{"threads=1", "threads=2"} {
		p := pagetest.Open(t, pagetest.Screen, "preset=classic&autostart=0&"+query)
		p.Until("window.ganvas && ganvas.status().recipe")
		t.Logf("%s: %v", query, pagetest.Eval[map[string]any](p, `ganvas.bench({recipe: "`+recipe+`", steps: 40}).then(b => ({gflops: b.gflops, median: b.msPerStep.sort((x, y) => x - y)[20], engine: b.engine, threads: b.threads}))`))
		p.NoErrors()
	}
}
