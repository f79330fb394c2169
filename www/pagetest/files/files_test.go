package files

import (
	"bytes"
	"image/gif"
	"image/png"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// What a run gives away and what is opened, in one page.
func TestFiles(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&lang=en&autostart=0", pagetest.Trouble{Script: `navigator.share = async (what) => (window.shared = what);`})
	p.Trained(20)
	p.Part("copied and shared", copiedAndShared)
	p.Part("what is generated", generates)
	p.Part("weights alone", weightsOnly)
	p.Part("a wrong file", wrongFile)
	p.Part("pictures", pictures)
	p.Part("writing and morphing", writingAndMorphing)
	p.Part("trained before", func(t *testing.T, p *pagetest.Visit) { pretrained(t, p, "quick", "conditional") })
	p.Part("saved, and loaded after a reload", saveReloadLoad)
	p.NoErrors()
}

// The picture of the fakes goes into the clipboard as the PNG that can be saved, and a phone's own sheet is given the address.
func copiedAndShared(t *testing.T, p *pagetest.Visit) {
	pagetest.Eval[bool](p, `(navigator.clipboard.write = async ([item]) => (window.copied = await (await item.getType("image/png")).arrayBuffer())) !== undefined`)
	p.Click("copy-png")
	p.Until("/in the clipboard/.test(document.getElementById('notices').innerText)")
	if p.Sum("window.copied") != p.Sum("ganvas.export('png')") {
		t.Error("what is copied is not the picture that is saved")
	}
	p.Click("share-link")
	if shared := pagetest.Eval[[]string](p, "[shared.url, shared.title]"); shared[0] != pagetest.Eval[string](p, "location.href") || shared[1] == "" {
		t.Errorf("what is shared is %q", shared)
	}
	p.ClickOn("#notices .notice button:last-of-type")
	p.Until("document.getElementById('notices').children.length === 0")
}

func saveReloadLoad(t *testing.T, p *pagetest.Visit) {
	p.Begins("classic", pagetest.PlainFields)
	p.Trained(20)
	at, drawn := p.Step(), p.Sum("ganvas.generate({count: 5, seed: 3})")
	file := p.Saved("save")
	p.Goto(pagetest.Small + "&seed=9&autostart=0")
	p.Started()
	if p.Sum("ganvas.generate({count: 5, seed: 3})") == drawn {
		t.Fatal("another seed draws the same digits: the test shows nothing")
	}
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	p.Until("ganvas.status().step === " + strconv.Itoa(at) + " && ganvas.status().state === 'paused'")
	if p.Sum("ganvas.generate({count: 5, seed: 3})") != drawn {
		t.Error("the loaded run draws other digits than the saved one")
	}
	p.Click("play")
	p.Until("ganvas.status().step > " + strconv.Itoa(at+3))
}

func weightsOnly(t *testing.T, p *pagetest.Visit) {
	all, weights := len(pagetest.Read(t, p.Saved("save"))), len(pagetest.Read(t, p.Saved("save-weights")))
	if !(weights < all/2) {
		t.Errorf("weights alone take %d bytes, the whole run %d", weights, all)
	}
}

func wrongFile(t *testing.T, p *pagetest.Visit) {
	p.Click("play")
	p.Until("ganvas.status().state === 'running'")
	pagetest.Eval[bool](p, `(() => {
		const carried = new DataTransfer();
		carried.items.add(new File(["this is a poem"], "poem.safetensors"));
		return document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true})) || true;
	})()`)
	p.Until("/poem\\.safetensors/.test(document.getElementById('notices').innerText)")
	at := p.Step()
	p.Until("ganvas.status().state === 'running' && ganvas.status().step > " + strconv.Itoa(at+5))
	p.ClickOn("#notices .notice button")
	if p.Notice() != "" {
		t.Errorf("a dismissed notice is still there: %q", p.Notice())
	}
}

func pictures(t *testing.T, p *pagetest.Visit) {
	p.Until("ganvas.status().step > 40")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	still, err := png.Decode(bytes.NewReader(pagetest.Read(t, p.Saved("png"))))
	if err != nil {
		t.Fatalf("the PNG cannot be read: %v", err)
	}
	if n := pagetest.Shades(still); n < 50 {
		t.Errorf("the PNG has %d shades", n)
	}
	film, err := gif.DecodeAll(bytes.NewReader(pagetest.Read(t, p.Saved("gif"))))
	if err != nil {
		t.Fatalf("the GIF cannot be read: %v", err)
	}
	if len(film.Image) < 2 {
		t.Errorf("the GIF of a run has %d frames", len(film.Image))
	}
}

func generates(t *testing.T, p *pagetest.Visit) {
	if n := pagetest.Eval[int](p, "ganvas.generate({count: 12, seed: 4}).then((b) => b.length)"); n != 12*784 {
		t.Errorf("12 digits are %d bytes, want %d", n, 12*784)
	}
	again, other := p.Sum("ganvas.generate({count: 12, seed: 4})"), p.Sum("ganvas.generate({count: 12, seed: 5})")
	if first := p.Sum("ganvas.generate({count: 12, seed: 4})"); first != again || first == other {
		t.Error("the noise seed does not decide what is drawn")
	}
	p.Click("g-go")
	p.Until("!document.getElementById('generated').hidden")
	pagetest.Eval[bool](p, "document.getElementById('generated').scrollIntoView({block: 'center', behavior: 'instant'}) === undefined")
	if n := pagetest.Shades(p.Drawing("generated")); n < 50 {
		t.Errorf("the generated picture has %d shades", n)
	}
	if words := pagetest.Eval[string](p, "ganvas.generate({count: 0}).catch((e) => e.message)"); !strings.Contains(words, "from 1 to") {
		t.Errorf("asking for no digits says %q", words)
	}
}

// Recorded PyTorch runs are reproduced by one Worker and by two.
func TestVerify(t *testing.T) { verify(t, 4) }

// All of them are.
func TestLongVerify(t *testing.T) {
	longtest.Test(t)
	verify(t, 1)
}

// verify replays every so many recorded runs.
func verify(t *testing.T, every int) {
	t.Helper()
	traces, err := filepath.Glob(filepath.Join(pagetest.Root, "core", "trace", "testdata", "*.safetensors"))
	if err != nil || len(traces) < 12 {
		t.Fatalf("only %d traces (%v)", len(traces), err)
	}
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0&threads=2")
	p.Started()
	for i, trace := range traces {
		if i%every != 0 {
			continue
		}
		for _, threads := range []string{"1", "2"} {
			found := pagetest.Eval[map[string]any](p, `ganvas.verify("testdata/`+filepath.Base(trace)+`", {threads: `+threads+`})`)
			t.Logf("%s, %s Workers: losses off by %.1e, weights %.1e", filepath.Base(trace), threads, found["lossError"], found["weightsError"])
			if found["ok"] != true {
				t.Errorf("%s in %s Workers is not reproduced: %v", filepath.Base(trace), threads, found)
			}
		}
	}
	if words := pagetest.Eval[string](p, "ganvas.verify(new Uint8Array(64)).then(() => '', (e) => e.message)"); words == "" {
		t.Error("64 zero bytes pass as a trace")
	}
	p.NoErrors()
}

// Every file that the page offers does.
func TestLongPretrained(t *testing.T) {
	longtest.Test(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0")
	p.Started()
	pretrained(t, p)
	p.NoErrors()
}

// A file that the page offers opens with one click, and draws what it was asked for.
// pretrained does so with the named files, or all.
func pretrained(t *testing.T, p *pagetest.Visit, only ...string) {
	t.Helper()
	p.Until("document.querySelectorAll('#pretrained button').length > 0")
	for _, name := range pagetest.Eval[[]string](p, "[...document.querySelectorAll('#pretrained button')].map((b) => b.dataset.name)") {
		if len(only) > 0 && !slices.Contains(only, name) {
			continue
		}
		steps := pagetest.Eval[int](p, "fetch('weights/list.json').then((r) => r.json()).then((l) => l.find((e) => e.name === '"+name+"').steps)")
		pagetest.Eval[bool](p, "document.querySelector('#pretrained button[data-name=\""+name+"\"]').click() === undefined")
		p.Until("ganvas.status().step === " + strconv.Itoa(steps) + " && ganvas.status().state === 'paused'")
		if n := pagetest.Eval[int](p, "ganvas.generate({count: 6, seed: 2}).then((b) => new Set(b).size)"); n < 30 {
			t.Errorf("%s draws with %d shades", name, n)
		}
		p.Until("document.getElementById('preset-name').textContent.split(' ')[0] === '" + name + "'") // two files may have as many steps
		if pagetest.Eval[bool](p, "ganvas.status().recipe.conditional") != pagetest.Eval[bool](p, "!document.getElementById('g-digit-label').hidden") {
			t.Errorf("%s: the choice of a digit is not where it should be", name)
		}
	}
	at := p.Step()
	p.Click("play")
	p.Until("ganvas.status().step > " + strconv.Itoa(at)) // whoever wants to may train on
}

// A conditional generator writes a number, and the slider changes how.
func writingAndMorphing(t *testing.T, p *pagetest.Visit) {
	p.Begins("conditional", "generator: [8, 4], discriminator: [4, 8], batch: 8")
	p.Fill("g-text", "2026")
	p.Click("g-go")
	p.Until("!document.getElementById('generated').hidden && document.getElementById('generated').getAttribute('aria-label').includes('2026')")
	if w, h := pagetest.Eval[int](p, "generated.width"), pagetest.Eval[int](p, "generated.height"); w != 4*29+1 || h != 40*29+1 {
		t.Errorf("forty lines of four digits are drawn on %d × %d pixels", w, h)
	}
	before := pagetest.Eval[string](p, "generated.toDataURL()")
	pagetest.Eval[bool](p, "(() => { const m = document.getElementById('g-morph'); m.value = 60; return m.dispatchEvent(new Event('input', {bubbles: true})) })()")
	p.Until("generated.toDataURL() !== " + strconv.Quote(before))
}
