package live

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"ganvas/www/serve"
)

// Socket is where the hub is found below the server's address, and Parameter what the page's address says of it.
const (
	Socket    = "/trainer"
	Parameter = "trainer"
	Self      = "self" // the server that the page comes from
)

// Server lets pages in.
type Server struct {
	Hub     *Hub // nil where there are only relays
	Keys    Keys
	Names   serve.Names            // hosts that it answers to
	Origins []string               // of pages from elsewhere that may connect, such as https://pages.example
	Site    func() (string, error) // the folder of the built page, called once somebody asks for it; nil for none
	Relays  []Relay

	once sync.Once
	dir  string
	err  error
}

// HTTP is the server for a listener.
func (s *Server) HTTP() *http.Server {
	return &http.Server{Handler: serve.Only(s.Names, s.routes()), MaxHeaderBytes: 16 << 10, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	if s.Hub != nil {
		mux.HandleFunc(Socket, func(w http.ResponseWriter, r *http.Request) {
			if c := s.accept(w, r); c != nil {
				s.Hub.gone.Go(func() { s.Hub.serve(s.Hub.ctx, c, s.Keys) })
			}
		})
	}
	s.relay(mux)
	mux.HandleFunc("/service-worker.js", leave)
	mux.HandleFunc("/", s.page)
	return mux
}

// accept opens a socket, unless the page that asks for it comes from elsewhere. A browser says where it comes from; whoever is none
// can say what it likes, and needs the token in any case.
func (s *Server) accept(w http.ResponseWriter, r *http.Request) *websocket.Conn {
	if origin := r.Header.Get("Origin"); origin != "" && !s.welcomes(origin, r.Host) {
		http.Error(w, fmt.Sprintf("A page from %q may not connect: whoever started this process can allow that with --allow-origin.", origin), http.StatusForbidden)
		return nil
	}
	c, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true}) // verified above
	if err != nil {
		return nil // it has been answered
	}
	return c
}

// welcomes reports whether a page of that origin may connect to the server that the request calls host.
func (s *Server) welcomes(origin, host string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return strings.EqualFold(u.Host, host) || slices.ContainsFunc(s.Origins, func(o string) bool { return strings.EqualFold(strings.TrimSuffix(o, "/"), origin) })
}

// page serves the site. The page itself is told where its trainer is.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	if s.Site == nil {
		http.Error(w, "This process has no page of its own: open it from one that has, with its address behind ?trainer=.", http.StatusNotFound)
		return
	}
	if q := r.URL.Query(); (r.URL.Path == "/" || r.URL.Path == "/index.html") && !q.Has(Parameter) {
		query := Parameter + "=" + Self
		if len(s.Relays) > 0 && !q.Has("room") {
			query += "&room=compare"
		}
		if r.URL.RawQuery != "" {
			query += "&" + r.URL.RawQuery
		}
		http.Redirect(w, r, "/?"+query, http.StatusFound)
		return
	}
	s.once.Do(func() { s.dir, s.err = s.Site() })
	if s.err != nil {
		http.Error(w, "The page cannot be shown: "+s.err.Error()+".", http.StatusInternalServerError)
		return
	}
	serve.Handler(s.dir).ServeHTTP(w, r)
}

// leave takes a service worker out of the way that an earlier program at this address has left, with its copy of another page.
func leave(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	fmt.Fprint(w, `self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: "window" })) page.navigate(page.url);
})()));
`)
}
