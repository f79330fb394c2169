package serve

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// site is a small site with compressed twins, and a secret beside it.
func site(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	for name, content := range map[string]string{
		"index.html": "<p>page</p>", "js/app.js": "code", "x.wasm": "\x00asm", "x.wasm.br": "brotli", "x.wasm.gz": "gzip", "data/d.gz": "digits", "embed.js": "code",
		"../secret.html": "secret", ".site.json": "manifest", "notes": "no ending",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func start(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(nil)
	s.Config = Server(site(t), NamesOf("127.0.0.1:8080"))
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// raw sends bytes and returns the answer.
func raw(t *testing.T, s *httptest.Server, request string) *http.Response {
	t.Helper()
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func get(t *testing.T, s *httptest.Server, path string, headers ...string) *http.Response {
	t.Helper()
	return raw(t, s, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"+strings.Join(append(headers, ""), "\r\n")+"\r\n")
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRequests(t *testing.T) {
	s := start(t)
	for _, c := range []struct {
		path string
		want int
	}{
		{"/", 200}, {"/index.html", 200}, {"/?preset=classic", 200}, {"/js/app.js", 200}, {"/data/d.gz", 200},
		{"/nothing.html", 404}, {"/js", 404}, {"/js/", 404}, {"/notes", 404}, {"/x.wasm.br", 404},
		{"/../secret.html", 400}, {"/js/../../secret.html", 400}, {"/%2e%2e/secret.html", 400}, {"/..%2fsecret.html", 400}, {"/js/..%5c..%5csecret.html", 400},
		{"/.site.json", 400}, {"/js//app.js", 400}, {"/index.html%00", 400}, {"/%00", 400}, {"/js%2fapp.js", 400}, {"/js%2Fapp.js", 400}, {`/js\..\..\secret.html`, 400},
		{"/%252e%252e/secret.html", 404}, {"/.git/config", 400}, {"/js/.hidden.js", 400}, {"/index.html/", 404}, {"*", 400},
		{"http://localhost/../secret.html", 400}, {"http://elsewhere/index.html", 421}, {"/%ff.html", 400}, {"/x.wasm%20", 404}, {"/?%00", 200}, {"//index.html", 400}, {"/./index.html", 400},
	} {
		r := get(t, s, c.path)
		text := body(t, r)
		if r.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", c.path, r.StatusCode, c.want)
		}
		if strings.Contains(text, "secret") {
			t.Errorf("%s gives the secret away", c.path)
		}
		for name, value := range headers {
			if r.Header.Get(name) != value {
				t.Errorf("%s: the header %s is %q", c.path, name, r.Header.Get(name))
			}
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"} {
		r := raw(t, s, method+" / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		if r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, Allow %q", method, r.StatusCode, r.Header.Get("Allow"))
		}
	}
	if r := raw(t, s, "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); r.StatusCode != 200 || r.ContentLength != int64(len("<p>page</p>")) {
		t.Errorf("HEAD: %d, %d bytes announced", r.StatusCode, r.ContentLength)
	}
	if r := get(t, s, "/", "X-Huge: "+strings.Repeat("x", 64<<10)); r.StatusCode != 431 {
		t.Errorf("a header of 64 KiB: %d", r.StatusCode)
	}
	if r := raw(t, s, "nonsense\r\n\r\n"); r.StatusCode != 400 {
		t.Errorf("nonsense: %d", r.StatusCode)
	}
}

func TestTypes(t *testing.T) {
	s := start(t)
	for path, want := range map[string]string{"/": "text/html; charset=utf-8", "/js/app.js": "text/javascript; charset=utf-8", "/x.wasm": "application/wasm", "/data/d.gz": "application/gzip"} {
		r := get(t, s, path, "Accept-Encoding: gzip")
		if got := r.Header.Get("Content-Type"); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
		if path == "/data/d.gz" && (r.Header.Get("Content-Encoding") != "" || body(t, r) != "digits") {
			t.Error("a .gz file of data is served as if it were another file's compressed form")
		}
	}
}

// Only the page itself, and only where its address asks for it, may be shown in frames of other sites.
func TestFrames(t *testing.T) {
	s := start(t)
	for path, wide := range map[string]bool{"/?embed=1": true, "/index.html?preset=quick&embed=1": true, "/": false, "/?embed=0": false, "/embed.js": false, "/js/app.js?embed=1": false} {
		r, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		policy := r.Header.Get("Content-Security-Policy")
		if got := strings.Contains(policy, "frame-ancestors *"); got != wide || strings.Count(policy, "frame-ancestors") != 1 {
			t.Errorf("%s: policy %s", path, policy)
		}
		if got := r.Header.Get("Cross-Origin-Resource-Policy") == "cross-origin"; got != (wide || path == "/embed.js") {
			t.Errorf("%s: other origins may load it: %v", path, got)
		}
	}
}

func TestEncodings(t *testing.T) {
	s := start(t)
	for accept, want := range map[string]string{
		"": "", "gzip": "gzip", "br": "br", "gzip, br": "br", "gzip;q=1.0, br;q=0.5": "gzip", "br;q=0": "", "*": "br", "*;q=0.1, gzip;q=0.2": "gzip",
		"identity, gzip;q=0.5": "", "BR": "br", "br;q=2": "", "br;Q=0, gzip": "gzip", "gzip;q=NaN": "", "br;q=+Inf": "", "br;q=x, gzip;q=0.1": "gzip", "deflate": "", "gzip;q=0.5, identity;q=0.1": "gzip",
	} {
		r := get(t, s, "/x.wasm", "Accept-Encoding: "+accept)
		if got := r.Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q: %q, want %q", accept, got, want)
		}
		text := map[string]string{"": "\x00asm", "br": "brotli", "gzip": "gzip"}[want]
		if got := body(t, r); got != text || r.ContentLength != int64(len(text)) {
			t.Errorf("Accept-Encoding %q: %q, %d bytes announced", accept, got, r.ContentLength)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Vary is %q", r.Header.Get("Vary"))
		}
	}
}

func TestCaching(t *testing.T) {
	s := start(t)
	first := get(t, s, "/x.wasm", "Accept-Encoding: br")
	tag := first.Header.Get("ETag")
	if tag == "" || first.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("ETag %q, Cache-Control %q", tag, first.Header.Get("Cache-Control"))
	}
	if r := get(t, s, "/x.wasm", "Accept-Encoding: br", "If-None-Match: "+tag); r.StatusCode != 304 {
		t.Errorf("the same file again: %d", r.StatusCode)
	}
	if r := get(t, s, "/x.wasm", "Accept-Encoding: gzip", "If-None-Match: "+tag); r.StatusCode != 200 {
		t.Errorf("another encoding under the same tag: %d", r.StatusCode)
	}
	r := get(t, s, "/x.wasm", "Accept-Encoding: br", "Range: bytes=1-2")
	if r.StatusCode != 206 || body(t, r) != "as" || r.Header.Get("Content-Encoding") != "" {
		t.Errorf("a range: %d %q", r.StatusCode, r.Header.Get("Content-Encoding"))
	}
}

// Ranges that the file does not have are refused, with the same headers as any other answer.
func TestImpossibleRanges(t *testing.T) {
	s := start(t)
	for _, c := range []struct {
		wanted string
		want   int
	}{{"bytes=9-99", 416}, {"nonsense", 416}, {"bytes=-2", 206}, {"bytes=0-0,2-3", 206}} {
		r := get(t, s, "/x.wasm", "Range: "+c.wanted)
		if r.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", c.wanted, r.StatusCode, c.want)
		}
		for name, value := range headers {
			if r.Header.Get(name) != value {
				t.Errorf("%s: the header %s is %q", c.wanted, name, r.Header.Get(name))
			}
		}
	}
}

func ExampleHandler() {
	dir, err := os.MkdirTemp("", "site")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("hello"), 0o644); err != nil {
		panic(err)
	}
	r := httptest.NewRecorder()
	Handler(dir).ServeHTTP(r, httptest.NewRequest("GET", "/", nil))
	fmt.Println(r.Code, r.Body, r.Header().Get("Cross-Origin-Opener-Policy"))
	// Output: 200 hello same-origin
}
