package live

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"image/gif"
	"image/png"
	"io"
	"strconv"
	"strings"
	"testing"

	"ganvas/core/engine/cpu"
	"ganvas/core/export"
	"ganvas/core/run"
	"ganvas/core/weights"
	"ganvas/www/pagetest"
)

// exports presses every button of a page with a paused run of digits that saves a file, and looks into the files.
func exports(t *testing.T, p *pagetest.Visit) {
	t.Helper()
	saved := func(button string) []byte {
		t.Helper()
		return pagetest.Read(t, p.Saved(button))
	}
	picture := func(what, button string, shades int) {
		t.Helper()
		if m, err := png.Decode(bytes.NewReader(saved(button))); err != nil || pagetest.Shades(m) < shades {
			t.Errorf("the picture of %s: %v", what, err)
		}
	}
	film := func(what, button string, least int) {
		t.Helper()
		if m, err := gif.DecodeAll(bytes.NewReader(saved(button))); err != nil || len(m.Image) < least {
			t.Errorf("the GIF of %s: %v", what, err)
		}
	}
	p.Click("change")
	picture("the fakes", "png", 50)
	film("the run", "gif", 2)
	if b := saved("webm"); !bytes.HasPrefix(b, []byte{0x1a, 0x45, 0xdf, 0xa3}) || len(b) < 1000 {
		t.Errorf("the film is %d bytes", len(b))
	}
	if rows, err := csv.NewReader(bytes.NewReader(saved("csv"))).ReadAll(); err != nil || len(rows) != p.Step()+1 {
		t.Errorf("at step %d the table has %d lines (%v)", p.Step(), len(rows), err)
	}
	var log struct{ Rows [][]float64 }
	if err := json.Unmarshal(saved("json"), &log); err != nil || len(log.Rows) != p.Step() {
		t.Errorf("at step %d the JSON has %d rows (%v)", p.Step(), len(log.Rows), err)
	}
	picture("the curves", "curves-png", 3)
	p.Click("g-go")
	picture("what was asked for", "g-save", 50)

	checkpoint := func(what string, b []byte, resumable bool) *weights.File {
		t.Helper()
		f, err := weights.Decode(b)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if in, err := run.Inspect(f); err != nil || in.Resumable != resumable || f.Meta["step"] != strconv.Itoa(p.Step()) {
			t.Errorf("%s is of step %s, resumable: %v (%v)", what, f.Meta["step"], in.Resumable, err)
		}
		return f
	}
	whole := saved("save")
	checkpoint("the saved run", whole, true)
	p.Click("keep-run")
	if b := saved("runs li .row button:nth-of-type(3)"); !bytes.Equal(b, whole) {
		t.Error("the run that the browser keeps is another one than is saved")
	}
	m, _, err := run.Open(cpu.New(nil), checkpoint("the weights", saved("save-weights"), false))
	if err != nil {
		t.Fatal(err)
	}
	model, err := export.Of(m)
	if err != nil {
		t.Fatal(err)
	}
	given := func(format string) map[string][]byte {
		t.Helper()
		f, err := export.Find(format)
		if err != nil {
			t.Fatal(err)
		}
		all, err := f.Files(model)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		for _, one := range all {
			files[one.Name] = one.Data
		}
		return files
	}
	if !bytes.Equal(saved("onnx"), given("onnx")[""]) {
		t.Error("the ONNX file is not that of the weights")
	}
	npz, err := base64.StdEncoding.DecodeString(pagetest.Eval[string](p, `ganvas.export("npz").then((b) => { let s = ""; for (const c of b) s += String.fromCharCode(c); return btoa(s); })`))
	if err != nil || !bytes.Equal(npz, given("npz")[""]) {
		t.Errorf("the NumPy file is not that of the weights (%v)", err)
	}
	archive := saved("pytorch")
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	want := given("pytorch")
	for _, one := range z.File {
		r, err := one.Open()
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(one.Name, "generator/")
		if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, want[name]) {
			t.Errorf("%s for PyTorch is not that of the weights (%v)", one.Name, err)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("the archive for PyTorch lacks %d files", len(want))
	}

	p.Click("tab-latent")
	p.Until("/fake 2/.test(document.getElementById('latent-here').innerText)")
	picture("the field of noise", "latent-png", 30)
	film("the walk", "latent-gif", 48)
	p.Click("tab-watch")
}
