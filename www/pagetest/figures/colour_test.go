package figures

import (
	"os"
	"strconv"
	"testing"
	"time"

	"ganvas/www/pagetest"
)

// TestColourInMinutes presses play on colour-32, which learns the flowers that come with the page, and tells after so many seconds how
// many steps were done, how long one took, and how the pictures compare with real ones: GANVAS_COLOUR=180 go test
// ./www/pagetest/figures -run ColourInMinutes -v. With GANVAS_PICTURES the page is looked at then. It times nothing that a test could
// fail by, but what it measures must be in the direction of real pictures.
func TestColourInMinutes(t *testing.T) {
	seconds, err := strconv.Atoi(os.Getenv("GANVAS_COLOUR"))
	if err != nil {
		t.Skip("GANVAS_COLOUR names no seconds: nobody asked for timings")
	}
	p := pagetest.Open(t, pagetest.Screen, "preset=colour-32&autostart=0&threads=2")
	p.Started()
	p.Until("ganvas.status().state === 'paused'")
	p.Click("play")
	time.Sleep(time.Duration(seconds) * time.Second)
	p.UntilTold("ganvas.pause().then(() => true)")
	found := pagetest.Eval[map[string]float64](p, "ganvas.measure()")
	t.Logf("after %d s: step %d, %.0f ms a step; %v", seconds, p.Step(), pagetest.Eval[float64](p, "ganvas.status().msPerStep"), found)
	if os.Getenv("GANVAS_PICTURES") != "" {
		p.Look("colour-32")
	}
	if !(found["coverage"] > 0.1*found["realCoverage"]) {
		t.Errorf("of the real pictures %v have one like them", found["coverage"])
	}
	p.NoErrors()
}
