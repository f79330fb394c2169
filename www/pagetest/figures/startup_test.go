package figures

import (
	"os"
	"testing"

	"ganvas/www/pagetest"
)

// stopwatch notes, in milliseconds from navigation, when the page hears of the first trained step and when the studio is shown.
const stopwatch = `window.startup = {}; { const watch = setInterval(() => {
  const s = window.startup, studio = document.getElementById("studio");
  if (window.ganvas?.status().step > 0) s.step ??= performance.now();
  if (studio && !studio.classList.contains("waiting")) s.frame ??= performance.now();
  if (s.step && s.frame) clearInterval(watch);
}, 5); }`

// TestStartUp prints how long the page takes to begin, for tables; it times nothing that a test could fail by.
func TestStartUp(t *testing.T) {
	if os.Getenv("GANVAS_SPEED") == "" { // a preset
		t.Skip("GANVAS_SPEED is not set: nobody asked for timings")
	}
	p := pagetest.Open(t, pagetest.Screen, "preset="+os.Getenv("GANVAS_SPEED"), pagetest.Trouble{Script: "if (window.top === window) {" + stopwatch + "}"})
	p.Until("window.startup.step && window.startup.frame")
	t.Logf("milliseconds to the first trained step and to the first drawn frame: %v", pagetest.Eval[map[string]float64](p, "window.startup"))
}
