package rooms

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"

	"ganvas/www/pagetest"
)

// counting counts what each frame of the drawing gives to WebGL: bytes of textures by upload, bytes of vertices, draws, and pixels read
// back, which would have it wait for the GPU.
const counting = `if (parent !== self && self.WebGL2RenderingContext) {
	const gl = WebGL2RenderingContext.prototype, counted = (name, count) => {
		const usual = gl[name];
		gl[name] = function (...all) { count(...all); return usual.apply(this, all); };
	};
	const none = () => ({uploads: [], vertices: 0, draws: 0, reads: 0});
	let now = none();
	self.frames = [];
	counted("texSubImage2D", (target, level, x, y, width, height) => now.uploads.push(4 * width * height));
	counted("bufferSubData", (target, at, data, from, length) => (now.vertices += length || data.byteLength));
	counted("drawElements", () => now.draws++);
	counted("readPixels", () => now.reads++);
	const usual = self.requestAnimationFrame.bind(self);
	self.requestAnimationFrame = (f) => usual((time) => {
		if (now.draws + now.uploads.length) self.frames.push(now);
		now = none();
		f(time);
	});
}`

// frame is what one frame gave to WebGL.
type frame struct {
	Uploads         []int // bytes of each
	Vertices, Draws int
	Reads           int
}

// The budget of a frame at 64×64 in colour, where a frame is 1/60 s: 64 fakes and as many real ones at most are painted once, by the room
// that is seen, and only when they are others; what moves by itself is shapes.
const (
	mostSheet    = 4 * 130 * 64 * 64 // bytes of one sheet's texture
	large        = 100_000           // bytes of a texture that holds more than letters
	mostVertices = 500_000           // bytes
)

// mostDraws are the rooms, and into how many draws a frame of each may fall, drawn twice over as after a change of the window; inside a
// network every part is a picture of its own.
var mostDraws = map[string]int{"watch": 40, "latent": 40, "compare": 40, "play": 40, "inside": 200}

// Frames of a run on pictures of 3×64×64 stay within their budget: in the room of the drawings that take most, while they train and while
// the pointer goes over them.
func TestFramesAt64(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Plain+"&lang=en&autostart=0", pagetest.Trouble{Script: counting})
	p.Started()
	p.Still()
	pagetest.Eval[bool](p, `(async () => {
		const n = 60, size = 3 * 64 * 64;
		await ganvas.giveData({name: "waves", n, sample: [3, 64, 64]}, Uint8Array.from({length: n * size}, (_, i) => (i * 7) % 251));
		await ganvas.start({dataset: "own", arch: "mlp", generator: "16", discriminator: "16", noise: 8, batch: 6, epochs: 100000}, {preset: "classic", paused: true});
		window.sheets = 0;
		ganvas.on(({type}) => (sheets += type === "sampled" ? 1 : 0));
		return true;
	})()`)
	p.Until("ganvas.sample.join() === '3,64,64'")
	for _, room := range []string{"watch", "inside", "latent", "play", "compare"} {
		p.Click("tab-" + room)
		p.Rest()
		seen := func(what string, f func()) (frames []frame, sheets int) {
			t.Helper()
			pagetest.Eval[bool](p, `(sheets = 0, document.getElementById("studio").contentWindow.frames.length = 0, true)`)
			f()
			frames = pagetest.Eval[[]frame](p, `document.getElementById("studio").contentWindow.frames`)
			sheets = pagetest.Eval[int](p, "sheets")
			draws, vertices, uploads, bytes := 0, 0, 0, 0
			for i, f := range frames {
				draws, vertices = max(draws, f.Draws), max(vertices, f.Vertices)
				all := 0
				for _, n := range f.Uploads {
					if n >= large {
						uploads, all = uploads+1, all+n
					}
				}
				bytes = max(bytes, all)
				if all > mostSheet || f.Draws > mostDraws[room] || f.Vertices > mostVertices || f.Reads > 0 {
					t.Errorf("%s %s: frame %d gives %+v", room, what, i, f)
				}
			}
			t.Logf("%-8s %s: %d sheets, %d frames: %d large textures, at most %d bytes of them, %d draws and %d bytes of vertices a frame", room, what, sheets, len(frames), uploads, bytes, draws, vertices)
			if uploads > sheets+1 && room != "inside" { // which paints what it is told
				t.Errorf("%s %s: %d large textures for %d sheets", room, what, uploads, sheets)
			}
			return frames, sheets
		}
		frames, sheets := seen("training", func() {
			pagetest.Eval[bool](p, "ganvas.resume().then(() => true)")
			p.Until("sheets > 3")
			p.Click("play")
			p.Until("ganvas.status().state === 'paused'")
			p.Rest()
		})
		if sheets < 3 || room == "watch" && len(frames) < 3 {
			t.Errorf("%s: %d sheets and %d frames are too few to count", room, sheets, len(frames))
		}
		if room != "watch" {
			continue
		}
		frames, _ = seen("pointing", func() {
			for k := range 30 {
				p.Mouse(input.DispatchMouseEventTypeMouseMoved, 60+20*float64(k), 330, false)
			}
			p.Rest()
		})
		for i, f := range frames {
			for _, n := range f.Uploads {
				if n >= large {
					t.Errorf("pointing: frame %d paints pictures that have not changed: %s", i, fmt.Sprint(f))
				}
			}
		}
	}
	p.NoErrors()
}
