package pagetest

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// Required is the environment variable that makes a missing browser a failure instead of a skip, where it is "required".
const Required = "GANVAS_BROWSER"

// flags start Chromium without a screen or a GPU; SwiftShader draws WebGL 2 on the CPU, and nothing else: the page around it
// is put together without it, which takes half the time.
var flags = append(chromedp.DefaultExecAllocatorOptions[:],
	chromedp.NoSandbox, chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("enable-unsafe-swiftshader", true),
	chromedp.Flag("ignore-gpu-blocklist", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-gpu", false),
	chromedp.Flag("disable-gpu-compositing", true), chromedp.Flag("headless", "new"),
	chromedp.Flag("use-fake-device-for-media-stream", true), chromedp.Flag("use-fake-ui-for-media-stream", true)) // a camera that shows a pattern, and may be used

// programs are the browsers that will do. The first one is Chromium without the browser around its pages, which opens a page in two
// thirds of the time.
var programs = []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"}

// WithGPU has the browser of a package's tests offer WebGPU, which SwiftShader computes on the CPU; the headless shell has none.
// TestMain calls it before Main.
func WithGPU() {
	programs = programs[1:]
	flags = append(flags, chromedp.Flag("enable-unsafe-webgpu", true), chromedp.Flag("use-webgpu-adapter", "swiftshader"))
}

// Chromium skips the test where there is no such browser.
func Chromium(t testing.TB) {
	t.Helper()
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			chosen.Do(func() { flags = append(flags, chromedp.ExecPath(path)) })
			return
		}
	}
	if os.Getenv(Required) == "required" {
		t.Fatal("there is no Chromium, and " + Required + " says that it is required")
	}
	t.Skip("there is no Chromium to open the page in")
}

var chosen sync.Once // the browser's program

// chrome is one Chromium for all tests of a package; each visit is a tab of it.
var chrome = sync.OnceValues(func() (context.Context, error) {
	alloc, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, _ := chromedp.NewContext(alloc)
	ended = func() { _ = chromedp.Cancel(ctx); stop() }
	return ctx, chromedp.Do(ctx)
})

// ended closes the browser, if one was started.
var ended = func() {}

// Main runs a package's tests and closes the browser. Its TestMain calls it. The browser compiles a function of WebAssembly a second
// time, for speed, only once it has run for long: of the seconds that a page's start takes it a third less.
func Main(m *testing.M) {
	flags = append(flags, chromedp.Flag("js-flags", "--wasm-tiering-budget=100000000"))
	Timed(m)
}

// Timed is Main for tests that time the page: their browser does as a visitor's.
func Timed(m *testing.M) {
	m.Run()
	ended()
}
