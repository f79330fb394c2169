package pagetest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"ganvas/www/serve"
)

// Visit is one visitor's tab.
type Visit struct {
	T       testing.TB
	Ctx     context.Context // of the tab, for chromedp
	Server  string          // its address
	lock    sync.Mutex
	errors  []string        // of the console
	missing map[string]bool // files that the server does not have for now
}

// View is how the visitor's window is.
type View struct {
	Width, Height int64 // CSS pixels
	Dark          bool
	Scale         float64 // device pixels to a CSS pixel; 0 for 0.7, with half as many to draw
}

// Trouble is what a visitor's browser or the server lacks, or has beside what all have.
type Trouble struct {
	Script  string                        // runs before the page's own
	Missing []string                      // paths that the server does not have
	Offline bool                          // lets the page have its service worker, which behind every other test would fetch the whole site once more
	Host    func(dir string) http.Handler // serves the site instead of package serve
	Beside  map[string]string             // folders that the server has beside the site, by the paths that they have there, such as "/npm/"
}

// Desktop is the window that most tests open; Screen is the same as a visitor has it, for pictures and figures.
var (
	Desktop = View{Width: 1440, Height: 900}
	Screen  = View{Width: 1440, Height: 900, Scale: 1}
)

// Open serves the site and opens a tab on it; query is what follows the question mark.
func Open(t testing.TB, v View, query string, troubles ...Trouble) *Visit {
	t.Helper()
	p := opened(t, v, troubles...)
	p.Goto(query)
	return p
}

// Tables is a document of the site that has nothing of the page: a place to import the page's modules.
const Tables = "config.json"

// OpenAt serves the site and opens a tab on another document of it than the page.
func OpenAt(t testing.TB, v View, path string, troubles ...Trouble) *Visit {
	t.Helper()
	p := opened(t, v, troubles...)
	p.Do(chromedp.Navigate(p.Server + "/" + path))
	return p
}

// Site is the folder of the built site.
func Site(t testing.TB) string {
	t.Helper()
	dir, err := built()
	if err != nil {
		t.Fatalf("the site cannot be built: %v", err)
	}
	return dir
}

// Beside is a tab for pages of another server, at that address, which is nowhere yet.
func Beside(t testing.TB, v View, server string) *Visit {
	t.Helper()
	p := opened(t, v)
	p.Server = server
	return p
}

// opened is a tab that is nowhere yet.
func opened(t testing.TB, v View, troubles ...Trouble) *Visit {
	t.Helper()
	Chromium(t)
	dir := Site(t)
	parent, err := chrome()
	if err != nil {
		t.Fatalf("the browser cannot be started: %v", err)
	}
	p, host := &Visit{T: t, missing: map[string]bool{}}, serve.Handler
	script := ""
	if !slices.ContainsFunc(troubles, func(t Trouble) bool { return t.Offline }) {
		script = `Object.defineProperty(navigator, "serviceWorker", {value: undefined});`
	}
	for _, trouble := range troubles {
		script += trouble.Script
		if trouble.Host != nil {
			host = trouble.Host
		}
		for _, name := range trouble.Missing {
			p.missing[name] = true
		}
	}
	site := http.NewServeMux()
	site.Handle("/", host(dir))
	for _, trouble := range troubles {
		for path, folder := range trouble.Beside {
			site.Handle(path, http.StripPrefix(path, http.FileServer(http.Dir(folder))))
		}
	}
	server := fresh(p.handler(site))
	t.Cleanup(server.Close)
	p.Server = server.URL
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(cancel)
	p.Ctx = ctx
	if err := chromedp.Listen(ctx, p.listen); err != nil {
		t.Fatalf("the browser: %v", err)
	}
	scheme := "light"
	if v.Dark {
		scheme = "dark"
	}
	scale := v.Scale
	if scale == 0 {
		scale = 0.7
	}
	_, err1 := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: v.Width, Height: v.Height, DeviceScaleFactor: scale, Mobile: v.Width < 600})
	_, err2 := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	_, err3 := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatalf("the browser's window: %v", err)
	}
	return p
}

// origins are the addresses that servers have had: what the browser keeps of one must not come to a later test that happens to
// get its port.
var origins sync.Map

// fresh is a server at an address that none has had before.
func fresh(h http.Handler) *httptest.Server {
	server := httptest.NewServer(h)
	if _, had := origins.LoadOrStore(server.URL, true); had {
		defer server.Close() // only now, so that the next one cannot have its port
		return fresh(h)
	}
	return server
}

// Goto goes to the page with another query.
func (p *Visit) Goto(query string) {
	p.T.Helper()
	p.Do(chromedp.Navigate(p.Server + "/?" + query))
}

// handler is the site, but for the files that are missing, and with the recorded PyTorch runs beside it.
func (p *Visit) handler(site http.Handler) http.Handler {
	whole := http.NewServeMux()
	whole.Handle("/", site)
	whole.Handle("/testdata/", http.StripPrefix("/testdata/", http.FileServer(http.Dir(filepath.Join(Root, "core", "trace", "testdata")))))
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

// BringBack gives the server a file again.
func (p *Visit) BringBack(name string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	delete(p.missing, name)
}

// listen keeps what the console complains of.
func (p *Visit) listen(event any) {
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

// NoErrors fails the test when the console has complained.
func (p *Visit) NoErrors() {
	p.T.Helper()
	p.lock.Lock()
	defer p.lock.Unlock()
	if len(p.errors) > 0 {
		p.T.Errorf("the console has errors: %s", strings.Join(p.errors, "; "))
	}
}

func describe(o *runtime.RemoteObject) string {
	if o == nil {
		return ""
	}
	return o.Description
}
