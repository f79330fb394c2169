package serve

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// Names are the hosts that a server answers to. A page elsewhere can make its own name lead to this machine, and a browser
// then takes what is served here for that page's; such requests carry the foreign name in their Host header. Ports are not
// looked at: forwarding changes them, and a name that leads here is what the attack needs.
type Names struct {
	open  bool     // any address is its own: it listens on all that the machine has
	hosts []string // in small letters
}

// NamesOf are the names of a server that was told to listen on addr, a host and a port: loopback addresses and localhost,
// the host itself, and more. Where the host is empty or 0.0.0.0 or ::, every numeric address is (no other page can have
// one as its name, and ports are often forwarded from addresses that the machine does not know), and the machine's name.
func NamesOf(addr string, more ...string) Names {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		host = addr
	}
	n := Names{hosts: []string{"localhost"}}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		n.open = true
		if name, err := os.Hostname(); err == nil {
			n.hosts = append(n.hosts, plainHost(name), plainHost(name)+".local")
		}
	} else if err != nil || !ip.IsLoopback() {
		n.hosts = append(n.hosts, plainHost(host))
	}
	for _, m := range more {
		n.hosts = append(n.hosts, plainHost(m))
	}
	return n
}

// Has reports whether a Host header, with a port or without, is one of the names.
func (n Names) Has(host string) bool {
	host = plainHost(host)
	if slices.Contains(n.hosts, host) {
		return host != ""
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || n.open)
}

func (n Names) String() string {
	all := append(slices.Clone(n.hosts), "127.0.0.1", "[::1]")
	if n.open {
		all = append(slices.Clone(n.hosts), "any numeric address")
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), ", ")
}

// plainHost is a host without port, brackets and the dot at its end, in small letters.
func plainHost(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if inner, open := strings.CutPrefix(host, "["); open {
		if ip, closed := strings.CutSuffix(inner, "]"); closed {
			host = ip
		}
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// Only answers with h where the request's Host is one of the names, and with one sentence elsewhere.
func Only(n Names, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Has(r.Host) {
			h.ServeHTTP(w, r)
			return
		}
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		http.Error(w, fmt.Sprintf("This server does not answer to the name %q: whoever started it can allow that with --host.", r.Host), http.StatusMisdirectedRequest)
	})
}
