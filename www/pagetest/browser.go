// Package pagetest opens the built page in Chromium and uses it as a visitor would.
package pagetest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"ganvas/www/serve"
	"ganvas/www/site"
)

// required is the environment variable that makes a missing browser a failure instead of a skip.
const required = "GANVAS_BROWSER"

// flags start Chromium without a screen or a GPU; SwiftShader draws WebGL 2 on the CPU.
var flags = append(chromedp.DefaultExecAllocatorOptions[:],
	chromedp.NoSandbox, chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("enable-unsafe-swiftshader", true),
	chromedp.Flag("ignore-gpu-blocklist", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-gpu", false), chromedp.Flag("headless", "new"))

// chromium skips the test where there is no such browser.
func chromium(t testing.TB) {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			chosen.Do(func() { flags = append(flags, chromedp.ExecPath(path)) })
			return
		}
	}
	if os.Getenv(required) == "required" {
		t.Fatal("there is no Chromium, and " + required + " says that it is required")
	}
	t.Skip("there is no Chromium to open the page in")
}

var chosen sync.Once // the browser's program

// built is the site, built once for all tests.
var built = sync.OnceValues(func() (string, error) {
	ctx := context.Background()
	root, err := site.Root(ctx)
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	checkout := fmt.Sprintf("%x", sha256.Sum256([]byte(root)))[:12] // each checkout has its own
	dir := filepath.Join(cache, "ganvas", "site-for-tests-"+checkout)
	return dir, (&site.Builder{Root: root, Dir: dir, Peers: os.Getenv("GANVAS_PEERS") != "", Say: func(string, ...any) {}}).Build(ctx)
})

// chrome is one Chromium for all tests; each visit is a tab of it.
var chrome = sync.OnceValues(func() (context.Context, error) {
	alloc, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, _ := chromedp.NewContext(alloc)
	ended = func() { _ = chromedp.Cancel(ctx); stop() }
	return ctx, chromedp.Do(ctx)
})

// ended closes the browser, if one was started.
var ended = func() {}

// visit is one visitor's tab.
type visit struct {
	t       testing.TB
	ctx     context.Context
	server  string
	lock    sync.Mutex
	errors  []string        // of the console
	missing map[string]bool // files that the server does not have for now
}

// view is how the visitor's window is.
type view struct {
	width, height int64
	dark          bool
	scale         float64
}

// trouble is what a visitor's browser or the server lacks.
type trouble struct {
	script  string                        // runs before the page's own
	missing []string                      // paths that the server does not have
	host    func(dir string) http.Handler // serves the site instead of package serve
}

var desktop = view{width: 1440, height: 900, scale: 1}

// open serves the site and opens a tab on it; query is what follows the question mark.
func open(t testing.TB, v view, query string, troubles ...trouble) *visit {
	t.Helper()
	chromium(t)
	dir, err := built()
	if err != nil {
		t.Fatalf("the site cannot be built: %v", err)
	}
	parent, err := chrome()
	if err != nil {
		t.Fatalf("the browser cannot be started: %v", err)
	}
	p, host := &visit{t: t, missing: map[string]bool{}}, serve.Handler
	script := ""
	for _, trouble := range troubles {
		script += trouble.script
		if trouble.host != nil {
			host = trouble.host
		}
		for _, name := range trouble.missing {
			p.missing[name] = true
		}
	}
	server := httptest.NewServer(p.handler(host(dir)))
	t.Cleanup(server.Close)
	p.server = server.URL
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(cancel)
	p.ctx = ctx
	if err := chromedp.Listen(ctx, p.listen); err != nil {
		t.Fatalf("the browser: %v", err)
	}
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	_, err1 := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: v.width, Height: v.height, DeviceScaleFactor: max(1, v.scale), Mobile: v.width < 600})
	_, err2 := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	_, err3 := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatalf("the browser's window: %v", err)
	}
	p.visit(query)
	return p
}

// visit goes to the page with another query.
func (p *visit) visit(query string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.server + "/?" + query))
}

// handler is the site, but for the files that are missing, and with the recorded PyTorch runs beside it.
func (p *visit) handler(site http.Handler) http.Handler {
	whole := http.NewServeMux()
	whole.Handle("/", site)
	whole.Handle("/testdata/", http.StripPrefix("/testdata/", http.FileServer(http.Dir("../../core/trace/testdata"))))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.lock.Lock()
		missing := p.missing[r.URL.Path]
		p.lock.Unlock()
		if missing {
			http.NotFound(w, r)
			return
		}
		whole.ServeHTTP(w, r)
	})
}

// bringBack gives the server a file again.
func (p *visit) bringBack(name string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	delete(p.missing, name)
}

// listen keeps what the console complains of.
func (p *visit) listen(event any) {
	p.lock.Lock()
	defer p.lock.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.errors = append(p.errors, fmt.Sprint(e.ExceptionDetails.Text, " ", e.ExceptionDetails.URL, " ", describe(e.ExceptionDetails.Exception)))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			p.errors = append(p.errors, fmt.Sprint(e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			p.errors = append(p.errors, e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

// noErrors fails the test when the console has complained.
func (p *visit) noErrors() {
	p.t.Helper()
	p.lock.Lock()
	defer p.lock.Unlock()
	if len(p.errors) > 0 {
		p.t.Errorf("the console has errors: %s", strings.Join(p.errors, "; "))
	}
}

func (p *visit) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience) // an element that never shows is waited for without end
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("the page: %v", err)
	}
}

// eval is the value of a JavaScript expression, which may be a promise.
func eval[T any](p *visit, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 10*time.Minute) // a whole run, at most
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// patience is how long a visitor waits for anything.
const patience = 90 * time.Second

// until waits for a JavaScript condition to hold.
func (p *visit) until(condition string) {
	p.t.Helper()
	if soon(func() bool { return eval[bool](p, "!!("+condition+")") }) {
		return
	}
	p.t.Fatalf("never came true: %s; status %v, notices %q, console %v", condition,
		eval[map[string]any](p, "ganvas.status()"), eval[string](p, "document.getElementById('notices').innerText"), p.errors)
}

// soon reports whether something comes true before the visitor's patience ends.
func soon(done func() bool) bool {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if done() {
			return true
		}
	}
	return false
}

// picture is a screenshot of the window, as PNG.
func (p *visit) picture() []byte {
	p.t.Helper()
	b, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("the screenshot: %v", err)
	}
	return b
}

func describe(o *runtime.RemoteObject) string {
	if o == nil {
		return ""
	}
	return o.Description
}
