package files

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/rng"
	"ganvas/core/weights"
	"ganvas/core/weights/pth"
	"ganvas/core/zipstore"
	"ganvas/www/pagetest"
)

// onnxruntime is the folder of onnxruntime-web's programs, which .ci/run fetches.
func onnxruntime(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "ganvas", "onnxruntime-web", "node_modules", "onnxruntime-web", "dist")
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	if os.Getenv(pagetest.Required) == "required" {
		t.Fatalf("onnxruntime-web is not there, and %s says that it is required: .ci/run install fetches it", pagetest.Required)
	}
	return ""
}

// runs holds what the page gives away as ONNX, run by onnxruntime-web in the same tab, against the page's own pictures of the same noise: a byte's
// rounding and 1e-5 apart at most. Without onnxruntime-web it does nothing.
func runs(p *pagetest.Visit) {
	p.T.Helper()
	if onnxruntime(p.T.(*testing.T)) == "" {
		return
	}
	const count, seed = 40, 3
	width := pagetest.Eval[int](p, "ganvas.status().recipe.noise")
	noise := make([]float32, count*width)
	rng.New(seed, "generate").Normal(noise)
	text, err := json.Marshal(noise)
	if err != nil {
		p.T.Fatal(err)
	}
	off := pagetest.Eval[[]float64](p, fmt.Sprintf(`(async () => {
		const ort = await import("/onnx/ort.wasm.min.mjs");
		ort.env.wasm.numThreads = 1;
		ort.env.wasm.wasmPaths = new URL("/onnx/", location).href;
		const session = await ort.InferenceSession.create(new Uint8Array(await ganvas.export("onnx")));
		const noise = new ort.Tensor("float32", Float32Array.from(%s), [%[2]d, %[3]d]);
		const {image} = await session.run({noise}), own = await ganvas.generate({count: %[2]d, seed: %[4]d});
		let far = 0, least = 255, most = 0;
		own.forEach((v, i) => {
			far = Math.max(far, Math.abs(v - Math.min(255, Math.max(0, (image.data[i] + 1) * 127.5))));
			least = Math.min(least, v);
			most = Math.max(most, v);
		});
		return [image.data.length === own.length ? far : NaN, most - least];
	})()`, text, count, width, seed))
	if !(off[0] <= 0.5+1e-5*127.5) || off[1] < 50 {
		p.T.Errorf("onnxruntime-web is %v of 255 off the page's pictures, whose values are %v apart", off[0], off[1])
	}
}

// A generator goes from the page to ONNX and its runtime, to PyTorch's form and back, draws what it drew, and learns on; what its weights do not tell can be set,
// and its samples follow at once.
func TestPyTorchAndBack(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0", pagetest.Trouble{Beside: map[string]string{"/onnx/": onnxruntime(t)}})
	p.Trained(10)
	const drawing = "ganvas.generate({count: 5, seed: 3})"
	drawn := p.Sum(drawing)
	if onnx := pagetest.Read(t, p.Saved("onnx")); !bytes.Contains(onnx, []byte("image")) {
		t.Error("the ONNX file has no output named image")
	}
	runs(p)
	parts, err := zipstore.Read(pagetest.Read(t, p.Saved("pytorch")))
	if err != nil || len(parts) != 3 {
		t.Fatalf("the parts are %v, %v", len(parts), err)
	}
	file := filepath.Join(t.TempDir(), "mine.pth")
	if err := os.WriteFile(file, parts["generator/state_dict.pth"], 0o644); err != nil {
		t.Fatal(err)
	}
	p.Goto(pagetest.Small + "&seed=9&autostart=0")
	p.Started()
	p.Until("ganvas.status().state === 'paused'")
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	p.Until("!document.getElementById('foreign').hidden && ganvas.status().step === 0 && ganvas.status().state === 'paused'")
	if p.Sum(drawing) != drawn {
		t.Error("what came back draws other digits")
	}
	pagetest.Eval[bool](p, `(() => {
		const range = document.getElementById("foreign-range");
		range.value = "0..1";
		return range.dispatchEvent(new Event("change"));
	})()`)
	if !pagetest.Soon(func() bool { return p.Sum(drawing) != drawn }) {
		t.Error("another range draws the same digits")
	}
	p.Until("document.activeElement.id === 'foreign-range' && document.activeElement.value === '0..1' && ganvas.status().state === 'paused'")
	p.Click("lang-zh")
	p.Until("document.getElementById('foreign').innerText.includes('权重')")
	p.Click("lang-en")
	p.Until("document.getElementById('foreign').innerText.includes('weights')")
	// Values far beyond a picture's are said to be so, and a button mends them.
	wide := slices.Repeat([]float32{-3, 1}, 392)
	large, err := pth.Encode([]weights.Tensor{weights.FromF32("0.weight", []int{784, 5}, make([]float32, 784*5)), weights.FromF32("0.bias", []int{784}, wide)})
	if err == nil {
		err = os.WriteFile(file, large, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	p.Until("ganvas.status().recipe.noise === 5 && document.getElementById('foreign-range')?.value === '-1..1'")
	if pagetest.Eval[bool](p, "document.getElementById('foreign-advice') !== null") {
		t.Error("pictures that are as they should be are said to be absurd")
	}
	pagetest.Eval[bool](p, `(() => {
		const range = document.getElementById("foreign-range");
		range.value = "none";
		return range.dispatchEvent(new Event("change"));
	})()`)
	p.Until("document.getElementById('foreign-advice')?.innerText.includes('-1..1')")
	p.Click("foreign-mend")
	p.Until("document.getElementById('foreign-range')?.value === '-1..1' && !document.getElementById('foreign-advice') && document.activeElement.id === 'foreign-range'")
	p.Click("play")
	p.Until("ganvas.status().step > 3")
	pagetest.Eval[bool](p, "ganvas.start('quick', {paused: true}).then(() => true)")
	p.Until("document.getElementById('foreign').hidden") // another run did not come from the file
	p.NoErrors()
}
