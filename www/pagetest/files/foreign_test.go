package files

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/zipstore"
	"ganvas/www/pagetest"
)

// A generator goes from the page to PyTorch's form and back, draws what it drew, and learns on; what its weights do not tell can be set,
// and its samples follow at once.
func TestPyTorchAndBack(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0")
	p.Trained(10)
	const drawing = "ganvas.generate({count: 5, seed: 3})"
	drawn := p.Sum(drawing)
	if onnx := pagetest.Read(t, p.Saved("onnx")); !bytes.Contains(onnx, []byte("image")) {
		t.Error("the ONNX file has no output named image")
	}
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
	p.Click("play")
	p.Until("ganvas.status().step > 3")
	pagetest.Eval[bool](p, "ganvas.start('quick', {paused: true}).then(() => true)")
	p.Until("document.getElementById('foreign').hidden") // another run did not come from the file
	p.NoErrors()
}
