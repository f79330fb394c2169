package pagetest

import (
	"bytes"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// saved clicks a button and returns the file that the browser saves.
func (p *visit) saved(button string) string {
	p.t.Helper()
	folder := p.t.TempDir()
	_, err := chromedp.CallBrowser(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder})
	if err != nil {
		p.t.Fatalf("the browser does not save files: %v", err)
	}
	p.click(button)
	var found []string
	if !soon(func() bool {
		found, _ = filepath.Glob(filepath.Join(folder, "ganvas-*"))
		return len(found) == 1 && filepath.Ext(found[0]) != ".crdownload"
	}) {
		p.t.Fatalf("#%s saved nothing; notices: %q", button, p.notice())
	}
	return found[0]
}

func TestSaveReloadLoad(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 20")
	p.click("play")
	p.until("ganvas.status().state === 'paused'")
	at, drawn := p.step(), p.sum("ganvas.generate({count: 5, seed: 3})")
	file := p.saved("save")
	p.visit(small + "&seed=9&autostart=0")
	p.started()
	if p.sum("ganvas.generate({count: 5, seed: 3})") == drawn {
		t.Fatal("another seed draws the same digits: the test shows nothing")
	}
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	p.until("ganvas.status().step === " + itoa(at) + " && ganvas.status().state === 'paused'")
	if p.sum("ganvas.generate({count: 5, seed: 3})") != drawn {
		t.Error("the loaded run draws other digits than the saved one")
	}
	p.click("play")
	p.until("ganvas.status().step > " + itoa(at+3))
	p.noErrors()
}

func TestWeightsOnly(t *testing.T) {
	p := open(t, desktop, small+"&autostart=0")
	p.started()
	all, weights := len(read(t, p.saved("save"))), len(read(t, p.saved("save-weights")))
	if !(weights < all/2) {
		t.Errorf("weights alone take %d bytes, the whole run %d", weights, all)
	}
	p.noErrors()
}

func TestWrongFile(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 3")
	eval[bool](p, `(() => {
		const carried = new DataTransfer();
		carried.items.add(new File(["this is a poem"], "poem.safetensors"));
		return document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true})) || true;
	})()`)
	p.until("/poem\\.safetensors/.test(document.getElementById('notices').innerText)")
	at := p.step()
	p.until("ganvas.status().state === 'running' && ganvas.status().step > " + itoa(at+5))
	p.clickOn("#notices .notice button")
	if p.notice() != "" {
		t.Errorf("a dismissed notice is still there: %q", p.notice())
	}
	p.noErrors()
}

func TestPictures(t *testing.T) {
	p := open(t, desktop, small)
	p.until("window.ganvas && ganvas.status().step > 40")
	still, err := png.Decode(bytes.NewReader(read(t, p.saved("png"))))
	if err != nil {
		t.Fatalf("the PNG cannot be read: %v", err)
	}
	if n := shades(still); n < 50 {
		t.Errorf("the PNG has %d shades", n)
	}
	film, err := gif.DecodeAll(bytes.NewReader(read(t, p.saved("gif"))))
	if err != nil {
		t.Fatalf("the GIF cannot be read: %v", err)
	}
	if len(film.Image) < 2 {
		t.Errorf("the GIF of a run has %d frames", len(film.Image))
	}
	p.noErrors()
}

func TestGenerate(t *testing.T) {
	p := open(t, desktop, small+"&autostart=0")
	p.started()
	if n := eval[int](p, "ganvas.generate({count: 12, seed: 4}).then((b) => b.length)"); n != 12*784 {
		t.Errorf("12 digits are %d bytes, want %d", n, 12*784)
	}
	again, other := p.sum("ganvas.generate({count: 12, seed: 4})"), p.sum("ganvas.generate({count: 12, seed: 5})")
	if first := p.sum("ganvas.generate({count: 12, seed: 4})"); first != again || first == other {
		t.Error("the noise seed does not decide what is drawn")
	}
	p.click("g-go")
	p.until("!document.getElementById('generated').hidden")
	eval[bool](p, "document.getElementById('generated').scrollIntoView({block: 'center', behavior: 'instant'}) === undefined")
	if n := shades(p.drawing("generated")); n < 50 {
		t.Errorf("the generated picture has %d shades", n)
	}
	if words := eval[string](p, "ganvas.generate({count: 0}).catch((e) => e.message)"); !contains(words, "from 1 to") {
		t.Errorf("asking for no digits says %q", words)
	}
	p.noErrors()
}

// Every recorded PyTorch run is reproduced by one Worker and by two.
func TestVerify(t *testing.T) {
	traces, err := filepath.Glob("../../core/trace/testdata/*.safetensors")
	if err != nil || len(traces) < 12 {
		t.Fatalf("only %d traces (%v)", len(traces), err)
	}
	p := open(t, desktop, small+"&autostart=0&threads=2")
	p.started()
	for _, trace := range traces {
		for _, threads := range []string{"1", "2"} {
			found := eval[map[string]any](p, `ganvas.verify("testdata/`+filepath.Base(trace)+`", {threads: `+threads+`})`)
			t.Logf("%s, %s Workers: losses off by %.1e, weights %.1e", filepath.Base(trace), threads, found["lossError"], found["weightsError"])
			if found["ok"] != true {
				t.Errorf("%s in %s Workers is not reproduced: %v", filepath.Base(trace), threads, found)
			}
		}
	}
	if words := eval[string](p, "ganvas.verify(new Uint8Array(64)).then(() => '', (e) => e.message)"); words == "" {
		t.Error("64 zero bytes pass as a trace")
	}
	p.noErrors()
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Every file that the page offers opens with one click, and draws what it was asked for.
func TestPretrained(t *testing.T) {
	p := open(t, desktop, small+"&autostart=0")
	p.started()
	p.until("document.querySelectorAll('#pretrained button').length > 0")
	for _, name := range eval[[]string](p, "[...document.querySelectorAll('#pretrained button')].map((b) => b.dataset.name)") {
		steps := eval[int](p, "fetch('weights/list.json').then((r) => r.json()).then((l) => l.find((e) => e.name === '"+name+"').steps)")
		eval[bool](p, "document.querySelector('#pretrained button[data-name=\""+name+"\"]').click() === undefined")
		p.until("ganvas.status().step === " + itoa(steps) + " && ganvas.status().state === 'paused'")
		if n := eval[int](p, "ganvas.generate({count: 6, seed: 2}).then((b) => new Set(b).size)"); n < 30 {
			t.Errorf("%s draws with %d shades", name, n)
		}
		p.until("document.getElementById('preset-name').textContent.split(' ')[0] === '" + name + "'") // two files may have as many steps
		if eval[bool](p, "ganvas.status().recipe.conditional") != eval[bool](p, "!document.getElementById('g-digit-label').hidden") {
			t.Errorf("%s: the choice of a digit is not where it should be", name)
		}
	}
	at := p.step()
	p.click("play")
	p.until("ganvas.status().step > " + itoa(at)) // whoever wants to may train on
	p.noErrors()
}

// A conditional generator writes a number, and the slider changes how.
func TestWritingAndMorphing(t *testing.T) {
	p := open(t, desktop, "change=1&preset=conditional&generator=8-4&discriminator=4-8&batch=8&autostart=0")
	p.started()
	p.fill("g-text", "2026")
	p.click("g-go")
	p.until("!document.getElementById('generated').hidden && document.getElementById('generated').getAttribute('aria-label').includes('2026')")
	if w, h := eval[int](p, "generated.width"), eval[int](p, "generated.height"); w != 4*29+1 || h != 10*29+1 {
		t.Errorf("ten lines of four digits are drawn on %d × %d pixels", w, h)
	}
	before := eval[string](p, "generated.toDataURL()")
	eval[bool](p, "(() => { const m = document.getElementById('g-morph'); m.value = 60; return m.dispatchEvent(new Event('input', {bubbles: true})) })()")
	p.until("generated.toDataURL() !== " + strconv.Quote(before))
	p.noErrors()
}
