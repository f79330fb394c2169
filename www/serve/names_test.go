package serve

import (
	"net"
	"os"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	machine, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		addr   string
		more   []string
		mine   []string
		others []string
	}{
		{addr: "127.0.0.1:8080",
			mine:   []string{"localhost", "localhost:8080", "LocalHost:9000", "localhost.", "127.0.0.1", "127.0.0.1:8080", "127.8.8.8:1", "[::1]:8080", "[::1]", "[::ffff:127.0.0.1]:8080"},
			others: []string{"", ":8080", "elsewhere.example", "elsewhere.example:8080", "localhost.elsewhere.example", "elsewhere.localhost.example:8080", "127.0.0.1.elsewhere.example", "192.168.1.7:8080", "0.0.0.0:8080", "[::]:8080", "localhost:8080:8080", "localhost@elsewhere.example", "2130706433", "0x7f.1", "[::1", "x\x00localhost"}},
		{addr: "[::1]:8080", mine: []string{"localhost:8080", "[::1]:8080", "127.0.0.1:8080"}, others: []string{"elsewhere.example:8080", "[2001:db8::1]:8080"}},
		{addr: "192.168.1.7:8080", mine: []string{"192.168.1.7:8080", "192.168.1.7", "localhost:8080"}, others: []string{"192.168.1.8:8080", "elsewhere.example"}},
		{addr: "studio.example:8080", mine: []string{"studio.example", "Studio.Example:8080", "127.0.0.1:8080"}, others: []string{"elsewhere.example", "a.studio.example"}},
		{addr: "0.0.0.0:8080", mine: []string{"192.168.1.7:8080", "[2001:db8::1]:8080", "localhost:8080", machine + ":8080", machine + ".local"}, others: []string{"elsewhere.example:8080", "", machine + ".elsewhere.example"}},
		{addr: ":8080", mine: []string{"10.0.0.1:8080"}, others: []string{"elsewhere.example:8080"}},
		{addr: "127.0.0.1:8080", more: []string{"Forwarded.example", "other.example:443"}, mine: []string{"forwarded.example", "forwarded.example:443", "other.example", "localhost:8080"}, others: []string{"elsewhere.example", "x.forwarded.example"}},
	} {
		n := NamesOf(c.addr, c.more...)
		for _, host := range c.mine {
			if !n.Has(host) {
				t.Errorf("on %s with %v: it does not know itself as %q", c.addr, c.more, host)
			}
		}
		for _, host := range c.others {
			if n.Has(host) {
				t.Errorf("on %s with %v: it answers to %q", c.addr, c.more, host)
			}
		}
	}
}

// A name that another page has made lead here gets no content, no redirection and a sentence of how to allow it.
func TestForeignNamesGetNothing(t *testing.T) {
	s := start(t)
	_, port, err := net.SplitHostPort(s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"elsewhere.example:" + port, "elsewhere.example", "localhost.elsewhere.example:" + port, ""} {
		for _, path := range []string{"/", "/index.html", "/js/app.js", "/nothing.html"} {
			r := raw(t, s, "GET "+path+" HTTP/1.1\r\nHost: "+host+"\r\nX-Forwarded-Host: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\r\n")
			text := body(t, r)
			if r.StatusCode != 421 || strings.Contains(text, "page") || strings.Contains(text, "code") || r.Header.Get("ETag") != "" || r.Header.Get("Location") != "" {
				t.Errorf("%s for %q: %d, %q", path, host, r.StatusCode, text)
			}
			if strings.Count(strings.TrimSpace(text), "\n") != 0 || !strings.Contains(text, "--host") {
				t.Errorf("%s for %q: it says %q", path, host, text)
			}
			for name, value := range headers {
				if r.Header.Get(name) != value {
					t.Errorf("%s for %q: the header %s is %q", path, host, name, r.Header.Get(name))
				}
			}
		}
	}
	if r := raw(t, s, "GET / HTTP/1.1\r\nHost: 127.0.0.1:"+port+"\r\nConnection: close\r\n\r\n"); r.StatusCode != 200 || body(t, r) != "<p>page</p>" {
		t.Errorf("its own name: %d", r.StatusCode)
	}
}
