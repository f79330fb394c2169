package live

import (
	"encoding/base64"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// The page on a native process is the page: it watches, pauses, steps, begins other runs and opens every room.
func TestStudio(t *testing.T) {
	s := start(t, t.TempDir(), append([]string{"studio"}, small...)...)
	p := s.visit("")
	p.Started()
	host, _ := os.Hostname()
	if words := p.Text("remote") + pagetest.Eval[string](p, "document.querySelector('h1').innerText"); strings.Count(words, host) != 2 || !strings.Contains(words, "by CPU · go ") {
		t.Errorf("it says of where it computes %q", words)
	}
	p.Until("!document.querySelector('#studio.waiting') && ganvas.status().step > 5")
	first := p.Drawn()
	at := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(at+60))
	p.Changes(first, 0.02, "60 steps")
	p.Click("play")
	p.Until("ganvas.status().state === 'paused'")
	at = p.Step()
	p.Rest()
	if now := p.Step(); now != at {
		t.Errorf("a paused run went from step %d to %d", at, now)
	}
	p.Click("step")
	p.Until("ganvas.status().state === 'paused' && ganvas.status().step === " + strconv.Itoa(at+1))
	if engine := pagetest.Eval[string](p, "ganvas.status().engine"); !strings.Contains(engine, "go ") {
		t.Errorf("it is computed by %q", engine)
	}
	if n := pagetest.Eval[int](p, "ganvas.generate({count: 4, seed: 2}).then((b) => b.length)"); n != 4*784 {
		t.Errorf("4 digits are %d bytes", n)
	}
	if n := pagetest.Eval[int](p, "ganvas.inspect({network: 'generator'}).then((i) => new Int8Array(i.bytes.buffer, i.weights.at, 10).length)"); n != 10 {
		t.Errorf("%d weights are shown", n)
	}
	for _, room := range []string{"inside", "latent", "play", "compare", "watch"} {
		p.Click("tab-" + room)
		p.Until("document.querySelector('[data-room=" + room + "]:not([hidden])') || '" + room + "' === 'watch'")
	}
	verified(t, p, 350_000)
	exports(t, p)
	pagetest.Eval[bool](p, "ganvas.start('ring-2d', {paused: true}).then(() => true)")
	p.Until("ganvas.status().recipe.dataset === 'ring' && ganvas.status().state === 'paused' && /preset=ring-2d/.test(location.search) && /trainer=self/.test(location.search)")
	p.Trained(3)
	if words := p.Text("own-data"); !strings.Contains(words, "They go to the process on "+host) || strings.Contains(words, "Nothing leaves") {
		t.Errorf("of where pictures go it says %q", words)
	}
	p.DropFiles(`Promise.all(Array.from({length: 30}, async (_, i) => {
		const canvas = new OffscreenCanvas(16, 16), pen = canvas.getContext("2d");
		pen.fillRect(0, 0, 16, 16);
		pen.fillStyle = "white";
		pen.fillRect(4, 4, 2 + i % 9, 8);
		return new File([await canvas.convertToBlob()], "p" + i + ".png");
	}))`)
	p.Until(`document.getElementById("own-says")?.innerText.includes("30 pictures")`)
	p.Click("own-go")
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().step > 2 && ganvas.sample.join() === '1,16,16'")
	if words := p.Notice(); !strings.Contains(words, "30 pictures") {
		t.Errorf("of what was dropped it says %q", words)
	}
	pagetest.Eval[bool](p, "ganvas.start(ganvas.status().recipe, {paused: true}).then(() => true)")
	p.Trained(2)
	if csv := pagetest.Eval[string](p, "ganvas.export('csv').then((b) => new TextDecoder().decode(b))"); strings.Count(csv, "\n") != 3 {
		t.Errorf("the table of two steps is %q", csv)
	}
	if png := pagetest.Eval[int](p, "ganvas.export('png').then((b) => b[1])"); png != 'P' {
		t.Error("the picture is no PNG")
	}
	pagetest.Eval[bool](p, "ganvas.load('weights/conditional.safetensors').then(() => true)") // trained before
	p.Until("ganvas.status().recipe.conditional && ganvas.status().recipe.dataset === 'mnist'")
	if n := pagetest.Eval[int](p, "ganvas.generate({text: '2026', count: 1}).then((b) => b.length)"); n != 4*784 {
		t.Errorf("a number that it writes is %d bytes", n)
	}
	p.NoErrors()
	kept, _ := filepath.Glob(filepath.Join(s.dir, "runs", "*", "checkpoint.safetensors"))
	for run, is := range map[string]bool{"classic": true, "ring-2d": false} { // the latter was tried for three steps
		if slices.Contains(kept, filepath.Join(s.dir, "runs", run, "checkpoint.safetensors")) != is {
			t.Errorf("of the runs that others took the place of there are %v", kept)
		}
	}
}

// Every recorded PyTorch run is reproduced through the page by the process's engine.
func TestLongTracesThroughAPage(t *testing.T) {
	longtest.Test(t)
	p := start(t, t.TempDir(), append([]string{"studio"}, small...)...).visit("autostart=0")
	p.Started()
	verified(t, p, math.MaxInt)
	p.NoErrors()
}

// verified has the recorded runs of up to so many bytes replayed by ganvas.verify, which the process's engine does.
func verified(t *testing.T, p *pagetest.Visit, most int) {
	t.Helper()
	traces, err := filepath.Glob(filepath.Join(pagetest.Root, "core", "trace", "testdata", "*.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, path := range traces {
		trace := pagetest.Read(t, path)
		if len(trace) > most {
			continue
		}
		n++
		found := pagetest.Eval[map[string]any](p, `ganvas.verify(Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(trace)+`"), (c) => c.charCodeAt(0)))`)
		if engine, _ := found["engine"].(string); found["ok"] != true || !strings.Contains(engine, "go ") {
			t.Errorf("%s: %v", filepath.Base(path), found)
		}
	}
	if n < 8 {
		t.Errorf("only %d of %d traces have up to %d bytes", n, len(traces), most)
	}
}

// The studio over libtorch, where that is set up, for the picture in the README: an epoch by the Go engine, on from there over libtorch. The
// programs are started as go run starts them, which builds them for this processor and with libtorch.
func TestLookAtLibtorch(t *testing.T) {
	pagetest.Folder(t)
	pagetest.Chromium(t)
	out := filepath.Join(t.TempDir(), "run")
	train := exec.Command("go", "run", "./native", "train", "--engine", "go", "--preset", "quick", "--epochs", "1", "--plain", "--out", out)
	train.Dir = pagetest.Root
	if said, err := train.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	cmd := exec.Command("go", "run", "./native", "studio", "--engine", "torch", "--resume", filepath.Join(out, "checkpoint.safetensors"), "--epochs", "3", "--addr", "127.0.0.1:0", "--site", pagetest.Site(t))
	cmd.Env = []string{"GANVAS_RERUN="}
	s := begin(t, pagetest.Root, cmd)
	p := pagetest.Beside(t, pagetest.Screen, s.link)
	p.Goto("lang=en")
	p.Started()
	if words := p.Text("remote"); !strings.Contains(words, "libtorch · ") {
		t.Errorf("it says of where it computes %q", words)
	}
	at := p.Step()
	for n := range 5 {
		p.Until("ganvas.status().step > " + strconv.Itoa(at+40*n+40) + " && ganvas.status().metrics")
	}
	p.Look("studio")
}
