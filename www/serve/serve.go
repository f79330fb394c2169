// Package serve hands a built site out over HTTP, with the headers that threads, WebAssembly and a careful browser ask for.
package serve

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Server is an HTTP server for the files below dir that answers to those names only, with limits that no page of the site
// needs more than.
func Server(dir string, names Names) *http.Server {
	return &http.Server{
		Handler: Only(names, Handler(dir)), MaxHeaderBytes: 16 << 10,
		ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
	}
}

// types is the MIME type of each kind of file that a site has; there are no others.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png",
	".gif": "image/gif", ".ico": "image/x-icon", ".gz": "application/gzip", ".safetensors": "application/octet-stream",
	".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8",
}

// policy allows what the site itself brings and nothing else, but for sockets of processes that train, wherever they are.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' blob: data:; font-src 'self'; connect-src 'self' ws: wss:; frame-src 'self'; frame-ancestors 'self'; " +
	"manifest-src 'self'; base-uri 'none'; form-action 'none'"

// anywhere is the policy of what pages of any origin may show in a frame.
var anywhere = strings.Replace(policy, "frame-ancestors 'self'", "frame-ancestors *", 1)

// peerPolicy is for the Workers that time other libraries on the benchmark page, which start their threads from scripts that they
// make themselves.
const peerPolicy = "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'"

// framed is the files that pages of any origin may show in a frame when their address says embed=1: the page and the
// frame inside it. The script embed.js, which puts such a frame into a page, any may load.
var framed = map[string]bool{"index.html": true, "studio.html": true}

// headers go with every answer.
var headers = map[string]string{
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Content-Security-Policy":      policy,
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
}

// Handler serves the files below dir, whatever name a request has for the server.
func Handler(dir string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "This server only answers GET and HEAD.", http.StatusMethodNotAllowed)
			return
		}
		name, err := fileName(r.URL.Path)
		if err != nil || strings.Contains(strings.ToLower(r.URL.RawPath), "%2f") { // an encoded slash separates nothing
			http.Error(w, "This address is no file's name.", http.StatusBadRequest)
			return
		}
		file(w, r, dir, name)
	})
}

var errName = errors.New("no file's name")

// fileName is the file that a path asks for, relative to the site, with forward slashes.
func fileName(p string) (string, error) {
	if !strings.HasPrefix(p, "/") || strings.ContainsAny(p, "\x00\\") {
		return "", errName
	}
	if strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	name := p[1:]
	if path.Clean(name) != name || !fs.ValidPath(name) {
		return "", errName
	}
	for _, part := range strings.Split(name, "/") {
		if strings.HasPrefix(part, ".") {
			return "", errName
		}
	}
	return name, nil
}

// file answers with one file, compressed as the browser likes it.
func file(w http.ResponseWriter, r *http.Request, dir, name string) {
	kind, known := types[path.Ext(name)]
	plain := filepath.Join(dir, filepath.FromSlash(name))
	if info, err := os.Stat(plain); !known || err != nil || !info.Mode().IsRegular() {
		http.Error(w, "There is no such file here.", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	if name == "js/bench/tfjs.worker.js" || name == "js/bench/jax.worker.js" {
		h.Set("Content-Security-Policy", peerPolicy)
	}
	if framed[name] && r.URL.Query().Get("embed") == "1" {
		h.Set("Content-Security-Policy", anywhere)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	if name == "embed.js" {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	h.Set("Cache-Control", "no-cache") // ask again each time; the ETag makes that cheap
	h.Add("Vary", "Accept-Encoding")
	from := plain
	if r.Header.Get("Range") == "" {
		if encoding := best(r.Header.Get("Accept-Encoding"), func(ending string) bool { _, err := os.Stat(plain + ending); return err == nil }); encoding != nil {
			from = plain + encoding.ending
			h.Set("Content-Encoding", encoding.name)
		}
	}
	f, err := os.Open(from)
	if err != nil {
		http.Error(w, "This file cannot be read just now.", http.StatusInternalServerError)
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		http.Error(w, "This file cannot be read just now.", http.StatusInternalServerError)
		return
	}
	h.Set("ETag", tag(from, info))
	if h.Get("Content-Encoding") != "" { // ServeContent leaves the length of encoded content out
		h.Set("Content-Length", strconv.FormatInt(info.Size(), 10))
	}
	http.ServeContent(w, r, name, info.ModTime(), f)
}

// tag names one state of one file.
func tag(path string, info fs.FileInfo) string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%s %d %d", filepath.Base(path), info.Size(), info.ModTime().UnixNano())))
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}
