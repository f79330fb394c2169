package life

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ganvas/www/pagetest"
)

// deeds are what a visitor does by pointer, or by a key at what has the focus, while a run trains, and what of the page changes with it. Where the
// drawing changes too, part is the share of it that does.
var deeds = []struct {
	name, at, key string
	seen          string // an expression that tells whether the page shows it
	part          float64
}{
	{name: "Compare", at: "#tab-compare", seen: room("compare"), part: 0.1},
	{name: "Play", at: "#tab-play", seen: room("play"), part: 0.1},
	{name: "Latent space", at: "#tab-latent", seen: room("latent"), part: 0.1},
	{name: "Look inside", at: "#tab-inside", seen: room("inside"), part: 0.1},
	{name: "The plane", at: "#tab-plane", seen: room("plane")}, // a run on pictures has nothing to draw there
	{name: "Watch", at: "#tab-watch", seen: room("watch"), part: 0.1},
	{name: "losses", at: "#curves-losses", seen: pressed("curves-losses", true), part: 0.002},
	{name: "verdicts", at: "#curves-verdicts", seen: pressed("curves-verdicts", true), part: 0.002},
	{name: "smooth", at: "#curves-calm", seen: pressed("curves-calm", true), part: 0.0005},
	{name: "as measured", at: "#curves-calm", seen: pressed("curves-calm", false), part: 0.0005},
	{name: "zoom", at: "#curves-part", seen: "document.getElementById('curves-part').textContent === '2×'", part: 0.0005},
	{name: "zoom on", at: "#curves-part", seen: "document.getElementById('curves-part').textContent === '10×'", part: 0.0005},
	{name: "the whole run", at: "#curves-part", seen: "document.getElementById('curves-part').textContent === '1×'", part: 0.0005},
	{name: "G's rate", at: "#dial-lr_g-slide", key: kb.ArrowLeft, seen: "true"},
	{name: "D's rate", at: "#dial-lr_d-slide", key: kb.ArrowLeft, seen: "true"},
	{name: "batch", at: "#dial-batch-slide", key: kb.ArrowRight, seen: "!document.getElementById('dial-pending').hidden"},
	{name: "undo", at: "#dial-discard", seen: "document.getElementById('dial-pending').hidden"},
	{name: "a layer", at: "#dial-generator-more", seen: "!document.getElementById('dial-pending').hidden"},
	{name: "no layer", at: "#dial-discard", seen: "document.getElementById('dial-pending').hidden"},
	{name: "the settings", at: "#change", seen: "!document.getElementById('controls').hidden"},
	{name: "close them", at: "#close-change", seen: "document.getElementById('controls').hidden"},
	{name: "the lesson", at: "#lesson-open", seen: pressed("lesson-open", true)},
	{name: "no lesson", at: "#lesson-open", seen: pressed("lesson-open", false)},
	{name: "Chinese", at: "#lang-zh", seen: "document.documentElement.lang === 'zh'"},
	{name: "English", at: "#lang-en", seen: "document.documentElement.lang === 'en'"},
	{name: "About", at: "#about-open", seen: "Boolean(document.querySelector('dialog[open]'))"},
	{name: "close About", at: "dialog[open] button:last-of-type", key: kb.Escape, seen: "!document.querySelector('dialog[open]')"},
	{name: "slow motion", at: "#slow", seen: pressed("slow", true)},
	{name: "at full speed", at: "#slow", seen: pressed("slow", false)},
	{name: "pause", at: "#play", seen: "document.getElementById('play').dataset.does === 'play'"},
	{name: "go on", at: "#play", seen: "document.getElementById('play').dataset.does === 'pause'"},
}

func room(name string) string {
	return "document.getElementById('tab-" + name + "').getAttribute('aria-selected') === 'true'"
}

func pressed(id string, on bool) string {
	return "document.getElementById('" + id + "').getAttribute('aria-pressed') === '" + strconv.FormatBool(on) + "'"
}

// watching lets a page tell when something was seen. Of the page: the end of the frame in which it stands there; a task that a frame's callback leaves
// behind runs after the frame was painted. Of the drawing: the end of the frame in which so much of it has changed; the program's own callbacks are
// followed by a look at its canvas while one waits for that, which itself takes some milliseconds. Times are since the event's own time, which is the
// browser's when the pointer or the key came.
const watching = `{
	const frame = requestAnimationFrame.bind(window), painted = (f) => { const c = new MessageChannel(); c.port1.onmessage = f; c.port2.postMessage(0); };
	window.looks = [];
	window.requestAnimationFrame = (f) => frame((t) => { f(t); for (const look of [...looks]) look(); });
	window.expected = (seen, part) => {
		const inside = part ? document.getElementById("studio").contentWindow : null, canvas = inside?.document.querySelector("canvas");
		const small = new OffscreenCanvas(256, 192), c = small.getContext("2d", { willReadFrequently: true });
		const shot = () => (c.drawImage(canvas, 0, 0, 256, 192), c.getImageData(0, 0, 256, 192).data);
		window.answered = new Promise((done) => {
			const times = {}, end = (what, at) => { times[what] ??= performance.now() - at; if (times.page !== undefined && (!part || times.drawing !== undefined)) done(times); };
			let before = null;
			if (part) inside.looks.push(function first() {
				const now = shot();
				if (!window.began) return (before = now);
				if (!before) return;
				let n = 0;
				for (let i = 0; i < now.length; i += 4) n += Math.abs(now[i] - before[i]) + Math.abs(now[i + 1] - before[i + 1]) + Math.abs(now[i + 2] - before[i + 2]) > 24;
				if (n / (now.length / 4) < part) return;
				inside.looks.splice(inside.looks.indexOf(first), 1);
				painted(() => end("drawing", window.began));
			});
			window.began = 0;
			const never = () => done({ page: times.page ?? -1, drawing: part ? times.drawing ?? -1 : undefined });
			const heard = (e) => {
				if (window.began) return;
				window.began = e.timeStamp;
				setTimeout(never, 5000);
				const look = () => (seen() ? painted(() => end("page", e.timeStamp)) : frame(look));
				frame(look);
			};
			for (const type of ["pointerdown", "keydown"]) addEventListener(type, heard, { capture: true, once: true });
			setTimeout(never, 60000);
		});
		return true;
	};
}`

// TestControlsAreSeen measures how long it takes from a press to the frame that shows what came of it, in the page and in the drawing, while each of
// three presets trains: a table of GANVAS_SEEN rounds. It needs a machine that does nothing else, and fails only where something never shows.
func TestControlsAreSeen(t *testing.T) {
	rounds, err := strconv.Atoi(os.Getenv("GANVAS_SEEN"))
	if err != nil || rounds < 1 {
		t.Skip("GANVAS_SEEN names no number of rounds")
	}
	p := pagetest.Open(t, pagetest.Screen, "preset=ring-2d&autostart=0&lang=en", pagetest.Trouble{Script: watching})
	p.Started()
	p.Placed()
	for _, c := range [][2]string{{"ring-2d", ""}, {"quick", ""}, {"sngan", ""}} {
		p.Begins(c[0], c[1])
		p.Click("tab-watch")
		p.Click("play")
		p.Until("ganvas.status().step > 3 && ganvas.status().state === 'running'")
		page, drawing := map[string][]float64{}, map[string][]float64{}
		for range rounds {
			for _, d := range deeds {
				if pagetest.Eval[bool](p, "!document.querySelector("+strconv.Quote(d.at)+")?.checkVisibility()") {
					continue
				}
				part := d.part
				if c[0] == "ring-2d" && (d.name == "Play" || d.name == "Compare") {
					part = 0 // a run on points has no drawing there
				}
				if d.name == "pause" && p.State() != "running" { // slow motion has left it resting
					p.Click("play")
					p.Until("ganvas.status().state === 'running' && document.getElementById('play').dataset.does === 'pause'")
				}
				if d.key != "" {
					pagetest.Eval[bool](p, "document.querySelector("+strconv.Quote(d.at)+").focus() === undefined")
				}
				pagetest.Eval[bool](p, fmt.Sprintf("expected(() => %s, %g)", d.seen, part))
				time.Sleep(120 * time.Millisecond) // a frame or two of the drawing as it was
				if d.key != "" {
					p.Do(chromedp.KeyEvent(d.key))
				} else {
					p.ClickOn(d.at)
				}
				took := pagetest.Eval[struct{ Page, Drawing float64 }](p, "answered")
				if took.Page < 0 {
					t.Errorf("%s: %s never shows in the page", c[0], d.name)
				}
				page[d.name] = append(page[d.name], took.Page)
				if part > 0 {
					drawing[d.name] = append(drawing[d.name], took.Drawing)
				}
				p.Do(chromedp.Sleep(150 * time.Millisecond))
			}
			p.Until("ganvas.status().state === 'running'")
		}
		t.Logf("%s: milliseconds from the press to the frame that shows it: median and most, in the page and in the drawing", c[0])
		for _, d := range deeds {
			line := fmt.Sprintf("%-14s %s", d.name, middle(page[d.name]))
			if all := drawing[d.name]; len(all) > 0 {
				line += "   drawing " + middle(all)
			}
			t.Log(line)
		}
		p.Click("play")
		p.Until("ganvas.status().state === 'paused'")
	}
	p.NoErrors()
}

// middle is the median and the largest of some times; what never came is −1.
func middle(all []float64) string {
	if len(all) == 0 {
		return "    –     –"
	}
	slices.Sort(all)
	return fmt.Sprintf("%5.0f %5.0f", all[len(all)/2], all[len(all)-1])
}
