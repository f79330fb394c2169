package gpu

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"ganvas/core/sources"
	"ganvas/www/pagetest"
	"ganvas/www/serve"
)

// The browser's device passes the suite of devices, and is told of what goes wrong.
func TestDevice(t *testing.T) {
	asked(t)
	pagetest.Chromium(t)
	if _, err := sources.Sum(pagetest.Root, "core", "wasm"); err != nil { // reads what the program is built from
		t.Fatal(err)
	}
	folder := t.TempDir()
	build := exec.Command("go", "test", "-c", "-vet=off", "-o", filepath.Join(folder, "test.wasm"), "./wasm/webgpu")
	build.Dir, build.Env = pagetest.Root, append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOTOOLCHAIN=go1.27.3", "GOEXPERIMENT=simd,nojsonv2") // the toolchain of the site's wasm_exec.js
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	p := pagetest.OpenAt(t, pagetest.Desktop, pagetest.Tables, pagetest.Trouble{Host: func(dir string) http.Handler {
		whole := http.NewServeMux()
		whole.Handle("/", serve.Handler(dir))
		whole.Handle("/device/", http.StripPrefix("/device/", http.FileServer(http.Dir(folder))))
		whole.HandleFunc("/device.worker.js", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
			http.ServeFile(w, r, filepath.Join("testdata", "device.worker.js"))
		})
		return whole
	}})
	required(p)
	result := pagetest.Eval[struct {
		Code   int    `json:"code"`
		Output string `json:"output"`
	}](p, `new Promise((done) => {
		const worker = new Worker("/device.worker.js", {type: "module"});
		worker.onmessage = ({data}) => done(data);
		worker.onerror = (e) => done({code: 2, output: e.message});
	})`)
	t.Log(result.Output)
	if result.Code != 0 {
		t.Errorf("exit code %d", result.Code)
	}
}
