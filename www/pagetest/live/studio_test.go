package live

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

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
	trace, err := os.ReadFile(filepath.Join(pagetest.Root, "core", "trace", "testdata", "dcgan-augment-bce.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	if engine := pagetest.Eval[string](p, `ganvas.verify(Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(trace)+`"), (c) => c.charCodeAt(0))).then((v) => v.ok ? v.engine : "off by " + v.lossError)`); !strings.Contains(engine, "go ") {
		t.Errorf("a trace is verified by %q", engine)
	}
	pagetest.Eval[bool](p, "ganvas.start('ring-2d', {paused: true}).then(() => true)")
	p.Until("ganvas.status().recipe.dataset === 'ring' && ganvas.status().state === 'paused' && /preset=ring-2d/.test(location.search) && /trainer=self/.test(location.search)")
	p.Trained(3)
	own := pagetest.Eval[map[string]any](p, `(async () => {
		const bytes = Uint8Array.from({length: 200 * 64}, (_, i) => (i * 7 + (i >> 6) * 13) % 256);
		const given = await ganvas.giveData({name: "mine", n: 200, sample: [1, 8, 8]}, bytes);
		await ganvas.start({dataset: "own", arch: "mlp", generator: "16", discriminator: "16", batch: "16", conditional: "false", augment: "none"}, {preset: "classic", paused: true});
		return given;
	})()`)
	if own["count"] != 200.0 {
		t.Errorf("of its own data the page is told %v", own)
	}
	p.Until("ganvas.status().recipe.dataset === 'own' && ganvas.status().state === 'paused' && ganvas.sample.join() === '1,8,8'")
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
	if files, _ := filepath.Glob(filepath.Join(s.dir, "runs", "*", "checkpoint.safetensors")); len(files) != 1 {
		t.Errorf("the run that another took the place of is in %v", files)
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
