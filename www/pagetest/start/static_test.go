package start

import (
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// static is a host that serves files as they are and sends no headers of its own but that nothing be kept, so that no load goes
// uncounted; loads counts how often the page was
// loaded, and worker, if not empty, is there instead of the service worker. The same is below /ganvas/, as hosts of many projects have it,
// and an address without a file shows 404.html.
func static(loads *atomic.Int64, worker string) pagetest.Trouble {
	return pagetest.Trouble{Offline: true, Host: func(dir string) http.Handler {
		files := http.FileServer(http.Dir(dir))
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "no-store")
			if below, is := strings.CutPrefix(r.URL.Path, "/ganvas/"); is {
				r.URL.Path = "/" + below
			}
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path.Clean("/"+r.URL.Path)))); err != nil {
				lost, _ := os.ReadFile(filepath.Join(dir, "404.html"))
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.WriteHeader(http.StatusNotFound)
				_, _ = w.Write(lost)
				return
			}
			switch {
			case r.URL.Path == "/trainer.wasm":
				fetched.Add(1)
			case r.URL.Path == "/" && r.Header.Get("Sec-Fetch-Mode") == "navigate": // not the copy that is kept for use offline
				loads.Add(1)
			case r.URL.Path == "/service-worker.js" && worker != "":
				w.Header().Set("Content-Type", "text/javascript")
				_, _ = io.WriteString(w, worker)
				return
			}
			files.ServeHTTP(w, r)
		})
	}}
}

// fetched counts how often a program that trains was fetched.
var fetched atomic.Int64

// A service worker isolates the page where the host sends no headers, also where the page lies in a folder.
func TestStaticHost(t *testing.T) {
	const count = "if (window.top === window) sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1;"
	p := pagetest.OpenAt(t, pagetest.Desktop, "ganvas/?"+pagetest.Small+"&threads=2", static(new(atomic.Int64), ""), pagetest.Trouble{Script: count})
	host := p.Server
	p.Server += "/ganvas"
	p.Until("window.ganvas && ganvas.status().step > 3 && ganvas.status().threads === 2")
	if !pagetest.Eval[bool](p, "crossOriginIsolated") {
		t.Error("two Workers train on a page that is not isolated")
	}
	p.Until("!document.querySelector('#studio.waiting')") // the studio's frame is isolated too
	p.Goto(pagetest.Small + "&threads=2")
	p.Until("window.ganvas && ganvas.status().step > 3")
	if n := pagetest.Eval[int](p, "Number(sessionStorage.loads)"); n != 3 {
		t.Errorf("two visits loaded the page %d times, want 3: the first one twice", n)
	}
	p.Click("about-open")
	p.Until("document.getElementById('about-page')?.open && ![...document.querySelectorAll('#about-page td')].some((e) => !/^[0-9.]+$/.test(e.textContent))")
	p.Look("about")
	for _, want := range []string{p.Server + "/embed.js", `generator="64-64"`, p.Server + "/?", "embed=1", "@software{ganvas"} {
		if codes := pagetest.Eval[string](p, "[...document.querySelectorAll('#about-page textarea')].map((e) => e.value).join(' ')"); !strings.Contains(codes, want) {
			t.Errorf("how to embed and cite it lacks %s: %s", want, codes)
		}
	}
	for _, file := range []string{"LICENSE.txt", "licences.txt"} {
		if !pagetest.Eval[bool](p, "fetch(document.querySelector('#about-page a[href=\""+file+"\"]').href).then((r) => r.ok)") {
			t.Errorf("%s is not there", file)
		}
	}
	p.NoErrors()
	p.Do(chromedp.Navigate(p.Server + "/no/such?page"))
	if words := pagetest.Eval[string](p, "document.body.innerText"); !strings.Contains(words, "Nothing is at this address") {
		t.Errorf("an address without a file shows %q", words)
	}
	p.Do(chromedp.Navigate(p.Server + "/typo"))
	if to := pagetest.Eval[string](p, "document.querySelector('a').href"); to != p.Server+"/" {
		t.Errorf("one step up from there is %s", to)
	}
	embedded(p, host)
}

// embedded goes to a page that has the site in it as an element: of the site's own origin, where programs reach what is in it, and of
// another one.
func embedded(p *pagetest.Visit, host string) {
	t := p.T
	t.Helper()
	element := func(attributes string) string {
		return `(async () => {
			document.documentElement.lang = "zh";
			const script = document.createElement("script");
			script.src = "` + host + `/ganvas/embed.js";
			await new Promise((done, failed) => { [script.onload, script.onerror] = [done, failed]; document.body.replaceChildren(script); });
			document.body.insertAdjacentHTML("beforeend", '<ganvas-studio ` + attributes + `></ganvas-studio>');
			return true;
		})()`
	}
	p.Do(chromedp.Navigate(host + "/ganvas/404.html")) // any document beside the page
	pagetest.Eval[bool](p, element(`preset="classic" generator="16" discriminator="16" lr-g="0.002" hide="change" height="500" title="A GAN"`))
	const inside = "document.querySelector('ganvas-studio')"
	p.Until("(" + inside + ".ganvas?.status().step ?? 0) > 3")
	if got := pagetest.Eval[string](p, "((e) => [e.ganvas.status().recipe.lr_g, e.offsetHeight, e.frame.title, e.frame.contentDocument.documentElement.lang, e.frame.contentDocument.querySelector('header').checkVisibility()].join())("+inside+")"); got != "0.002,500,A GAN,zh,false" {
		t.Errorf("inside is %s", got)
	}
	pagetest.Eval[bool](p, inside+".setAttribute('seed', '7') === undefined")
	p.Until(inside + ".ganvas?.status().recipe?.seed === 7")
	p.Do(chromedp.Navigate(strings.Replace(host, "127.0.0.1", "localhost", 1) + "/ganvas/404.html"))
	before := fetched.Load()
	pagetest.Eval[bool](p, element(`preset="classic" generator="16"`))
	p.Until(inside + ".ganvas === null")
	if !pagetest.Soon(func() bool { return fetched.Load() > before }) {
		t.Error("on a page of another origin nothing trains")
	}
}

// Without that service worker the page trains in one Worker and says why, and it does not load itself again and again.
func TestStaticHostAlone(t *testing.T) {
	alone(t, lonely{"no headers added", "self.onactivate = (e) => e.waitUntil(clients.claim());", "", 2})
}

func TestLongStaticHostAlone(t *testing.T) {
	longtest.Test(t)
	alone(t,
		lonely{"no service workers", "", `Object.defineProperty(Navigator.prototype, "serviceWorker", { get() {} });`, 1},
		lonely{"no file", "throw new Error('not that one');", "", 1},
		lonely{"never in control", "self.onfetch = () => {};", `Object.defineProperty(ServiceWorkerContainer.prototype, "controller", { get: () => null });`, 2},
	)
}

// lonely is a page on a static host whose service worker is of no help, and how often it is loaded.
type lonely struct {
	name, worker, script string
	loads                int64
}

func alone(t *testing.T, cases ...lonely) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var loads atomic.Int64
			p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&threads=2&lang=en", static(&loads, c.worker), pagetest.Trouble{Script: c.script})
			p.Until("window.ganvas && ganvas.status().step > 3")
			if n := pagetest.Eval[int](p, "ganvas.status().threads"); n != 1 {
				t.Errorf("%d threads on a page that is not isolated", n)
			}
			p.Until("/isolated/.test(document.getElementById('engine').textContent)")
			p.Rest()
			if n := loads.Load(); n != c.loads {
				t.Errorf("the page was loaded %d times, want %d", n, c.loads)
			}
			if !strings.Contains(c.worker, "throw") {
				p.NoErrors()
			}
		})
	}
}
