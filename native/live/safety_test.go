package live

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"ganvas/core/session"
	"ganvas/core/wire"
)

// A token opens the hub to drive or to look, as it says; any other opens nothing.
func TestTokens(t *testing.T) {
	keys := Keys{Drive: "the-token-to-drive", View: "the-token-to-look"}
	c := carry(t, About{}, keys, "10")
	for greeting, want := range map[string]struct {
		code websocket.StatusCode
		may  bool
	}{
		`{"type":"hello","token":"the-token-to-drive"}`:             {0, true},
		`{"type":"hello","token":"the-token-to-drive","view":true}`: {0, false},
		`{"type":"hello","token":"the-token-to-look"}`:              {0, false},
		`{"type":"hello"}`:                                             {closeToken, false},
		`{"type":"hello","token":""}`:                                  {closeToken, false},
		`{"type":"hello","token":"the-token-to-driv"}`:                 {closeToken, false},
		`{"type":"hello","token":"the-token-to-drive "}`:               {closeToken, false},
		`{"type":"hello","token":"` + strings.Repeat("x", 3000) + `"}`: {closeToken, false},
		`{"type":"resume","id":1}`:                                     {websocket.StatusPolicyViolation, false},
		`no JSON`:                                                      {websocket.StatusPolicyViolation, false},
		`{"type":"hello","token":"` + strings.Repeat("x", 5000) + `"}`: {websocket.StatusMessageTooBig, false},
	} {
		v := c.dial(greeting)
		s, err := v.read()
		if code := websocket.CloseStatus(err); want.code != 0 && (err == nil || code != want.code) {
			t.Errorf("%.60s is answered by %+v, %v", greeting, s, err)
		} else if want.code == 0 && (err != nil || s.Type != "welcome" || s.May != want.may || s.Most != map[bool]int{true: mostDrive, false: mostLook}[want.may]) {
			t.Errorf("%.60s is answered by %+v, %v", greeting, s, err)
		}
	}
	if len(c.hub.all()) > 3 {
		t.Errorf("%d are in", len(c.hub.all()))
	}
}

// No other site's page can connect, by its origin or by a name that it has made lead here.
func TestOriginsAndHosts(t *testing.T) {
	c := carry(t, About{}, Keys{}, "10", "https://pages.example", "http://localhost:9/")
	at := strings.TrimPrefix(c.server.URL, "http://")
	_, port, _ := net.SplitHostPort(at)
	for _, try := range []struct {
		host, origin string
		status       int
	}{
		{at, "", 101}, {at, "http://" + at, 101}, {"localhost:" + port, "http://localhost:" + port, 101}, {"LOCALHOST:" + port, "http://localhost:" + port, 101},
		{at, "https://pages.example", 101}, {at, "http://localhost:9", 101},
		{at, "https://elsewhere.example", 403}, {at, "http://pages.example", 403}, {at, "https://pages.example.elsewhere.example", 403}, {at, "https://pages.example:444", 403},
		{at, "null", 403}, {at, "file://", 403}, {at, "http://localhost:" + port, 403}, {at, "http://" + at + ".elsewhere.example", 403}, {at, "http://127.0.0.1", 403}, {at, "http://127.0.0.1:1" + port, 403},
		{"elsewhere.example:" + port, "http://elsewhere.example:" + port, 421}, {"elsewhere.example:" + port, "", 421}, {"localhost.elsewhere.example", "", 421},
	} {
		request, err := http.NewRequest(http.MethodGet, c.server.URL+Socket, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = try.host
		for name, value := range map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": try.origin} {
			if value != "" {
				request.Header.Set(name, value)
			}
		}
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != try.status {
			t.Errorf("host %q, origin %q: %d, want %d", try.host, try.origin, response.StatusCode, try.status)
		}
	}
	if response, err := http.Get(c.server.URL + Socket); err != nil || response.StatusCode != http.StatusUpgradeRequired {
		t.Errorf("a plain request for the socket: %v, %v", response, err)
	}
}

// Garbage and what is too large end the connection that it comes from and nothing else.
func TestGarbage(t *testing.T) {
	c := carry(t, About{}, Keys{}, "100000")
	a := c.dial(drives)
	a.must(&session.Resume{})
	for name, try := range map[string]struct {
		kind  websocket.MessageType
		bytes []byte
		code  websocket.StatusCode
	}{
		"no JSON":               {websocket.MessageText, []byte("garbage"), websocket.StatusUnsupportedData},
		"nothing":               {websocket.MessageText, nil, websocket.StatusUnsupportedData},
		"binary, short":         {websocket.MessageBinary, []byte{1, 2}, websocket.StatusUnsupportedData},
		"binary, a long length": {websocket.MessageBinary, []byte{255, 255, 255, 255, '{', '}'}, websocket.StatusUnsupportedData},
		"binary, no JSON":       {websocket.MessageBinary, join([]byte("{"), []byte("x")), websocket.StatusUnsupportedData},
		"too large":             {websocket.MessageBinary, make([]byte, mostLook+1), websocket.StatusMessageTooBig},
		"too large in pieces":   {websocket.MessageBinary, join(partText, make([]byte, piece)), websocket.StatusMessageTooBig},
	} {
		v := c.dial(looks)
		v.type_("role")
		_ = v.socket.Write(context.Background(), try.kind, try.bytes) // it may be refused half way
		if name == "too large in pieces" {
			for range mostLook / piece {
				_ = v.socket.Write(context.Background(), try.kind, try.bytes)
			}
		}
		if code := v.code(); code != try.code && !(strings.HasPrefix(name, "too large") && code == -1) { // whoever still writes may only see the end
			t.Errorf("%s: the code is %d", name, code)
		}
	}
	v := c.dial(looks)
	for text, says := range map[string]string{`{"type":"none","id":7}`: "no command", `{"type":"generate","count":"x","id":7}`: "unreadable", `[1]`: "unreadable", `{"type":"follow","id":7}`: "only looks"} {
		v.say(text)
		if s := v.type_(wire.Answered); !strings.Contains(s.Error, says) {
			t.Errorf("%s is answered by %q", text, s.Error)
		}
	}
	at := a.type_(wire.Stepped).Step
	a.until(func(s seen) bool { return s.Type == wire.Stepped && s.Step > at })
}

// A gigabyte in one message is refused while it comes, and not kept.
func TestGigabyte(t *testing.T) {
	c := carry(t, About{}, Keys{}, "100000")
	a := c.dial(drives)
	a.must(&session.Resume{})
	v := c.dial(looks)
	v.type_("role")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	w, err := v.socket.Writer(ctx, websocket.MessageBinary)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	block := bytes.Repeat([]byte{1}, 1<<20)
	for sent := 0; sent < 1<<30; sent += len(block) { // what comes after the refusal is read and thrown away, or nobody reads it
		if _, err := w.Write(block); err != nil {
			break
		}
	}
	if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 256<<20 {
		t.Errorf("%d MB were allocated for it", (after.TotalAlloc-before.TotalAlloc)>>20)
	}
	if code := v.code(); code != websocket.StatusMessageTooBig && code != -1 { // whoever still writes may only see the end
		t.Errorf("it was answered with the code %d", code)
	}
	at := a.type_(wire.Stepped).Step
	a.until(func(s seen) bool { return s.Type == wire.Stepped && s.Step > at })
}

// Commands beyond those that anybody could mean are refused, and messages without end are read slowly.
func TestTooMany(t *testing.T) {
	c := carry(t, About{}, Keys{}, "100000")
	a := c.dial(drives)
	a.must(&session.Resume{})
	v := c.dial(looks)
	v.type_("role")
	const n = 60
	for i := range n {
		v.say(`{"type":"history","id":` + string(rune('1'+i%9)) + `}`)
	}
	refused := 0
	for range n {
		if s := v.type_(wire.Answered); strings.Contains(s.Error, "too many commands") {
			refused++
		} else if s.Error != "" {
			t.Fatal(s.Error)
		}
	}
	if refused == 0 || refused == n {
		t.Errorf("of %d commands at once %d are refused", n, refused)
	}
	rate := allowance{left: 2 * perSecond, at: time.Now()}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 3 * perSecond {
		rate.wait(ctx)
	}
	if rate.left > -perSecond/2 {
		t.Errorf("after %d messages at once %v more may be read", 3*perSecond, rate.left)
	}
}
