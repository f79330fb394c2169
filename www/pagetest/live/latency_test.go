package live

import (
	"os"
	"testing"

	"ganvas/www/pagetest"
)

// From a picture's being asked for to the page's hearing of it, and on to the second frame that the drawing's window shows after that, by
// which it is seen; medians and ninth tenths in milliseconds, of a run that rests.
func TestLatency(t *testing.T) {
	if os.Getenv("GANVAS_SPEED") == "" { // a preset
		t.Skip("GANVAS_SPEED is not set: nobody asked for timings")
	}
	s := start(t, t.TempDir(), "studio", "--preset", os.Getenv("GANVAS_SPEED"), "--addr", "127.0.0.1:0")
	p := pagetest.Beside(t, pagetest.Screen, s.link)
	p.Goto("lang=en&autostart=0")
	p.Trained(10)
	p.Until("!document.querySelector('#studio.waiting')")
	p.Rest()
	t.Log(pagetest.Eval[map[string]any](p, `(async () => {
		const frame = document.getElementById("studio").contentWindow, next = () => new Promise((f) => frame.requestAnimationFrame(f));
		const heard = [], seen = [];
		for (let i = 0; i < 50; i++) {
			const event = new Promise((f) => ganvas.on((e) => e.type === "sampled" && f(performance.now())));
			const asked = performance.now();
			ganvas.ask({ type: "resample" });
			const at = await event;
			await next();
			await next();
			[heard[i], seen[i]] = [at - asked, performance.now() - asked];
			await new Promise((f) => setTimeout(f, 100));
		}
		const of = (all, share) => Math.round(all.sort((a, b) => a - b)[Math.floor(all.length * share)] * 10) / 10;
		return { heard: [of(heard, .5), of(heard, .9)], seen: [of(seen, .5), of(seen, .9)] };
	})()`))
}
