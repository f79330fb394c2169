package start

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// The page fits its window and names what is in it, on a desk in the light and on a phone in the dark.
func TestWindows(t *testing.T) {
	windows(t, pagetest.Desktop, pagetest.View{Width: 390, Height: 844, Scale: 2, Dark: true})
}

// The same the other way round.
func TestLongWindows(t *testing.T) {
	longtest.Test(t)
	windows(t, pagetest.View{Width: 390, Height: 844, Scale: 2}, pagetest.View{Width: 1440, Height: 900, Dark: true})
}

func windows(t *testing.T, views ...pagetest.View) {
	t.Helper()
	papers := map[bool]string{}
	for _, v := range views {
		t.Run(fmt.Sprintf("%d, dark %v", v.Width, v.Dark), func(t *testing.T) { // whose end closes its tab
			p := pagetest.Open(t, v, pagetest.Small)
			p.Until("window.ganvas && ganvas.status().step > 3")
			if wide := pagetest.Eval[int](p, "document.documentElement.scrollWidth"); wide > int(v.Width) {
				t.Errorf("%d × %d: the page is %d wide and scrolls sideways", v.Width, v.Height, wide)
			}
			if in := pagetest.Eval[bool](p, `(() => { const r = document.getElementById("play").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.height >= 40; })()`); !in {
				t.Errorf("%d × %d: Play is not in the window, or too low for a finger", v.Width, v.Height)
			}
			if bare := pagetest.Eval[[]string](p, pagetest.Nameless); len(bare) > 0 {
				t.Errorf("%d × %d: these have no name: %v", v.Width, v.Height, bare)
			}
			p.Click("close-change") // which covers the drawing of a narrow window
			p.Placed()
			p.Painted()
			if share := black(p.Drawing("view")); share > 0.5 {
				t.Errorf("%d × %d: %.0f %% of what shows of the drawing is black", v.Width, v.Height, 100*share)
			}
			papers[v.Dark] = pagetest.Eval[string](p, "getComputedStyle(document.documentElement).backgroundColor")
			p.NoErrors()
		})
	}
	if papers[true] == papers[false] {
		t.Errorf("dark and light have the same paper, %s", papers[true])
	}
}

// In a frame of another page and at twice the size of letters, pictures come first, with what they come to and the button that trains; nothing
// scrolls sideways.
func TestFrames(t *testing.T) {
	p := pagetest.Open(t, pagetest.View{Width: 900, Height: 760}, pagetest.Plain+"&embed=1&lang=en&autostart=0")
	p.Trained(3)
	p.Placed()
	for _, c := range []struct {
		width, height int64
		seen          []string
	}{
		{900, 760, []string{"#play", "#n-right", "#q-covered", "#grade-word", "#now-says", "[data-at=noise]", "[data-at=realVerdict]", "[data-at=fakes]", "[data-at=reals]", "#curves", "#curves-plot"}},
		{720, 450, []string{"#play", "#n-right", "#q-covered", "#grade-word", "#now-says", "[data-at=noise]", "[data-at=fake]"}},
	} {
		p.Resize(c.width, c.height)
		pagetest.Eval[bool](p, "scrollTo(0, 0) === undefined")
		p.Rest()
		p.InView(fmt.Sprintf("%d × %d", c.width, c.height), c.seen...)
		if wide := pagetest.Eval[int64](p, "document.documentElement.scrollWidth"); wide > c.width {
			t.Errorf("%d × %d: the page is %d wide", c.width, c.height, wide)
		}
	}
	p.NoErrors()
}

// black is the share of black pixels.
func black(m image.Image) float64 {
	return float64(pagetest.Near(m, [3]byte{}, 1)) / float64(m.Bounds().Dx()*m.Bounds().Dy())
}

func TestAddress(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&seed=77&threads=1&autostart=0&lang=zh")
	p.Until("window.ganvas && ganvas.status().state === 'paused'")
	if p.Step() != 0 {
		t.Errorf("autostart=0 leaves the run at step %d", p.Step())
	}
	got := pagetest.Eval[map[string]any](p, `(() => { const s = ganvas.status(); return {seed: s.recipe.seed, widths: s.recipe.generator.join("-"), batch: s.recipe.batch, threads: s.threads, lang: document.documentElement.lang}; })()`)
	for name, want := range map[string]any{"seed": 77.0, "widths": "64-64", "batch": 32.0, "threads": 1.0, "lang": "zh"} {
		if got[name] != want {
			t.Errorf("%s is %v, the address says %v", name, got[name], want)
		}
	}
	if p.Notice() != "" {
		t.Errorf("a good address is answered by %q", p.Notice())
	}
	p.Click("lang-en")
	if words := p.Text("play"); !strings.Contains(words, "Play") {
		t.Errorf("in English the button says %q", words)
	}
	p.NoErrors()
}

func TestBadAddress(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, "preset=classic&generator=64-64&discriminator=64-64&lr_g=-3&batch=many&nonsense=1&autostart=0&lang=en")
	p.Started()
	p.Until("document.querySelectorAll('#notices > *').length >= 3")
	for _, name := range []string{"lr_g", "batch", "nonsense"} {
		if !strings.Contains(p.Notice(), name) {
			t.Errorf("the notices do not name %s: %q", name, p.Notice())
		}
	}
	if got := pagetest.Eval[[]any](p, "[ganvas.status().recipe.lr_g, ganvas.status().recipe.batch, ganvas.status().recipe.generator.length]"); got[0] != 2e-4 || got[1] != 100.0 || got[2] != 2.0 {
		t.Errorf("lr_g, batch and the generator's layers are %v: want the defaults 0.0002 and 100, and the address's 2", got)
	}
	p.NoErrors()
	// Each value is fine, together they are not: the trainer says so, and the preset is used.
	p.Goto("preset=classic&loss=r1&norm=batch&autostart=0&lang=en")
	p.Started()
	p.Until("document.querySelectorAll('#notices > *').length > 0")
	if !strings.Contains(p.Notice(), "norm") {
		t.Errorf("what the trainer refuses is not said: %q", p.Notice())
	}
}
