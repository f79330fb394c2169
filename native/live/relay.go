package live

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/coder/websocket"
)

// Relay is another process's run, which pages of this server may look at through it.
type Relay struct {
	Name  string
	URL   string // of its socket
	token string
}

// ParseRelay reads a process's address as its link has it: a host and a port, or http://HOST:PORT/#token=…, or ws://…
func ParseRelay(text string) (Relay, error) {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return Relay{}, fmt.Errorf("%q is no address of a run: give it as HOST:PORT, or as the link that it prints", text)
	}
	scheme, is := map[string]string{"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}[u.Scheme]
	if !is {
		return Relay{}, fmt.Errorf("%q is no address of a run: it begins with http, https, ws or wss", text)
	}
	token, _ := strings.CutPrefix(u.Fragment, "token=")
	return Relay{Name: u.Host, URL: (&url.URL{Scheme: scheme, Host: u.Host, Path: Socket}).String(), token: token}, nil
}

// relay serves the list of runs, and a socket for each.
func (s *Server) relay(mux *http.ServeMux) {
	names := []string{}
	for i, relay := range s.Relays {
		names = append(names, relay.Name)
		open := func(w http.ResponseWriter, r *http.Request) {
			if c := s.accept(w, r); c != nil {
				go relay.serve(c, s.Keys)
			}
		}
		mux.HandleFunc(fmt.Sprintf("/runs/%d", i), open)
		if i == 0 && s.Hub == nil { // the page begins with the first
			mux.HandleFunc(Socket, open)
		}
	}
	mux.HandleFunc("/runs.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_ = json.NewEncoder(w).Encode(names)
	})
}

// serve carries messages between a page and the other process, which lets the page do what it asks for and may here.
func (r Relay) serve(c *websocket.Conn, keys Keys) {
	defer c.CloseNow()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c.SetReadLimit(mostHello)
	may, err := greet(ctx, c, keys, usual.greeting)
	if err != nil {
		_ = c.Close(closeToken, err.Error())
		return
	}
	dialing, dialed := context.WithTimeout(ctx, usual.greeting)
	other, _, err := websocket.Dial(dialing, r.URL, nil)
	dialed()
	if err != nil {
		_ = c.Close(websocket.StatusTryAgainLater, r.Name+" cannot be reached")
		return
	}
	defer other.CloseNow()
	say, err := json.Marshal(hello{Type: "hello", Token: r.token, View: !may})
	if err != nil || other.Write(ctx, websocket.MessageText, say) != nil {
		return
	}
	c.SetReadLimit(most(may))
	other.SetReadLimit(mostDrive)
	go func() { defer cancel(); pump(ctx, other, c) }()
	pump(ctx, c, other)
}

// pump passes messages on until one side ends, and tells the other how it did.
func pump(ctx context.Context, from, to *websocket.Conn) {
	for {
		kind, b, err := from.Read(ctx)
		if err != nil {
			if code := websocket.CloseStatus(err); code >= 4000 {
				_ = to.Close(code, "")
			}
			return
		}
		writing, cancel := context.WithTimeout(ctx, usual.stalled)
		err = to.Write(writing, kind, b)
		cancel()
		if err != nil {
			return
		}
	}
}
