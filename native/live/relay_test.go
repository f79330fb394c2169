package live

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"ganvas/core/sample"
	"ganvas/core/session"
	"ganvas/core/wire"
	"ganvas/www/serve"
)

// A server shows runs of other processes, each behind a socket of its own, and passes on what a page may do.
func TestRelays(t *testing.T) {
	a, b := carry(t, About{Where: "a"}, Keys{}, "100000"), carry(t, About{Where: "b"}, Keys{Drive: "the-token-of-b", View: "to-look-at-b"}, "100000")
	var relays []Relay
	for _, link := range []string{strings.TrimPrefix(a.server.URL, "http://"), b.server.URL + "/#token=the-token-of-b", b.server.URL + "/?view#token=to-look-at-b", b.server.URL, "127.0.0.1:1"} {
		r, err := ParseRelay(link)
		if err != nil {
			t.Fatal(err)
		}
		relays = append(relays, r)
	}
	s := Server{Relays: relays, Names: serve.NamesOf("127.0.0.1:0"), Keys: Keys{Drive: "the-token-here", View: "to-look-here"}}
	server := httptest.NewServer(s.HTTP().Handler)
	defer server.Close()
	dial := func(path, greeting string) *client {
		t.Helper()
		return (&carried{t: t, server: server}).dialAt(path, greeting)
	}
	response, err := http.Get(server.URL + "/runs.json")
	if err != nil {
		t.Fatal(err)
	}
	names, _ := io.ReadAll(response.Body)
	response.Body.Close()
	if strings.Count(string(names), "127.0.0.1") != 5 || strings.Contains(string(names), "token") {
		t.Errorf("the runs are %s", names)
	}
	const mine, look = `{"type":"hello","token":"the-token-here"}`, `{"type":"hello","token":"to-look-here"}`
	v := dial(Socket, mine)
	if s := v.type_("role"); !s.Drives {
		t.Errorf("through the first, which asks for no token, it is told %+v", s)
	}
	v.must(&session.Step{N: 2})
	v.type_(wire.Paused)
	if s := v.must(&session.Generate{Count: 2, Digit: -1}); len(s.beside) != 72 {
		t.Errorf("%d bytes of pictures come", len(s.beside))
	}
	const side, n = 64, mostLook/(64*64) + 1 // more than somebody who only looks may send
	data := v.must(&session.Data{Name: "large", Format: "pixels", Count: n, Sample: sample.Shape{Channels: 1, Height: side, Width: side}, Files: varied(n * side * side)})
	if data.Data == nil {
		t.Error("data that are handed over through it are not answered")
	}
	for i, want := range []struct {
		greeting string
		drives   bool
		code     websocket.StatusCode
	}{{mine, true, 0}, {mine, false, 0}, {mine, false, closeToken}, {mine, false, websocket.StatusTryAgainLater}} {
		w := dial(fmt.Sprint("/runs/", i+1), want.greeting)
		if want.code != 0 {
			if code := w.code(); code != want.code {
				t.Errorf("run %d: the code is %d, want %d", i+1, code, want.code)
			}
			continue
		}
		if s := w.type_("role"); s.Drives != want.drives {
			t.Errorf("run %d: it is told %+v", i+1, s)
		}
		w.socket.CloseNow()
	}
	w := dial("/runs/1", look)
	if s := w.type_("role"); s.May {
		t.Errorf("who may only look here is told %+v", s)
	}
	if code := dial("/runs/0", `{"type":"hello","token":"wrong"}`).code(); code != closeToken {
		t.Errorf("a wrong token here: %d", code)
	}
	for _, wrong := range []string{"", "ftp://x", "http://", "::"} {
		if _, err := ParseRelay(wrong); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}
