package start

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
	"ganvas/www/serve"
)

// keepSite has the service worker keep every file, as it does by itself after a while.
func keepSite(p *pagetest.Visit) {
	p.T.Helper()
	answer := pagetest.Eval[string](p, `navigator.serviceWorker.ready.then(({active}) => new Promise((done) => {
		navigator.serviceWorker.addEventListener("message", ({data}) => done(data), {once: true});
		navigator.serviceWorker.startMessages();
		active.postMessage("fill");
	}))`)
	if answer != "filled" {
		p.T.Fatalf("the service worker keeps not all: %s", answer)
	}
}

// After one visit the page opens, trains in two Workers and draws without any server, with headers of its own or without.
func TestOffline(t *testing.T) {
	offline(t, func(dir string) http.Handler { return http.FileServer(http.Dir(dir)) })
}

func TestLongOffline(t *testing.T) {
	longtest.Test(t)
	offline(t, serve.Handler)
}

func offline(t *testing.T, host func(dir string) http.Handler) {
	t.Helper()
	var gone atomic.Bool
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&threads=2&lang=en", pagetest.Trouble{Offline: true, Host: func(dir string) http.Handler {
		site := host(dir)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if gone.Load() {
				panic(http.ErrAbortHandler) // the connection ends without an answer
			}
			site.ServeHTTP(w, r)
		})
	}})
	p.Until("window.ganvas && ganvas.status().step > 3 && ganvas.status().threads === 2")
	keepSite(p)
	p.NoErrors()
	gone.Store(true)
	p.Goto(pagetest.Small + "&threads=2&lang=en&seed=3")
	p.Until("window.ganvas && ganvas.status().step > 20 && ganvas.status().threads === 2 && !document.querySelector('#studio.waiting')")
	p.Until("document.getElementById('arriving').hidden && document.querySelectorAll('#pretrained button').length > 3")
	if !pagetest.Eval[bool](p, "crossOriginIsolated") {
		t.Error("offline the page is not isolated")
	}
}

// A newer version comes as a whole: until the visitor asks for it everything is of the old one, then everything of the new.
func TestLongNewVersion(t *testing.T) {
	longtest.Test(t)
	var newer, torn atomic.Bool
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&lang=en", pagetest.Trouble{Offline: true, Host: func(dir string) http.Handler {
		site := serve.Handler(dir)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			name := strings.TrimPrefix(r.URL.Path, "/")
			if name == "" {
				name = "index.html"
			}
			mine := name == "index.html" || name == "service-worker.js" || name == "style.css"
			if !newer.Load() || !mine {
				site.ServeHTTP(w, r)
				return
			}
			read := func(name string) []byte {
				b, err := os.ReadFile(filepath.Join(dir, name))
				if err != nil {
					t.Error(err)
				}
				return b
			}
			change := func(name string) string {
				return strings.Replace(strings.Replace(string(read(name)), "<body>", "<body data-version=\"2\">", 1), ":root {", ":root { --version: 2;", 1)
			}
			w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
			w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
			text := ""
			switch name {
			case "index.html":
				w.Header().Set("Content-Type", "text/html")
				text = change(name)
			case "style.css":
				w.Header().Set("Content-Type", "text/css")
				if text = change(name); torn.Load() {
					text = string(read(name)) // not there yet: the host is in the middle of an update
				}
			default:
				w.Header().Set("Content-Type", "text/javascript")
				text = string(read(name))
				for _, changed := range []string{"index.html", "style.css"} {
					sum := func(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }
					text = strings.Replace(text, sum(read(changed)), sum([]byte(change(changed))), 1)
				}
			}
			_, _ = w.Write([]byte(text))
		})
	}})
	version := func() string {
		return pagetest.Eval[string](p, "(document.body.dataset.version ?? '1') + (getComputedStyle(document.documentElement).getPropertyValue('--version').trim() || '1')")
	}
	p.Until("window.ganvas && ganvas.status().step > 3")
	keepSite(p)
	newer.Store(true)
	torn.Store(true)
	p.Goto(pagetest.Small + "&lang=en&seed=4")
	p.Until("window.ganvas && ganvas.status().step > 3")
	idle := "navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting)"
	for !pagetest.Eval[bool](p, idle) { // until half a version is given up
		p.Rest()
	}
	if v := version(); v != "11" {
		t.Errorf("while a host is being updated the page is of versions %s", v)
	}
	torn.Store(false)
	p.Goto(pagetest.Small + "&lang=en&seed=5")
	p.Until("window.ganvas && ganvas.status().step > 3")
	if v := version(); v != "11" {
		t.Errorf("before the visitor asks the page is of versions %s", v)
	}
	p.Until("/newer version/.test(document.getElementById('notices').innerText)")
	pagetest.Eval[bool](p, `[...document.querySelectorAll("#notices button")].find((b) => b.textContent === "Load it").click() === undefined`)
	p.Until("document.body?.dataset.version === '2' && window.ganvas && ganvas.status().step > 3")
	if v := version(); v != "22" {
		t.Errorf("afterwards the page is of versions %s", v)
	}
}
