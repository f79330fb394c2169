package cli

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"syscall"
	"time"

	"ganvas/native/live"
	"ganvas/www/serve"
	"ganvas/www/site"
)

// nearAddr is where pages connect to where nobody says otherwise: this machine's own.
const nearAddr = "127.0.0.1:8081"

// watchFlags say who may look at the run.
type watchFlags struct {
	Host   []string `group:"watch" help:"Answer to this name as well, as a proxy or a forwarded port gives it: gpu-box.example. Other names get no answer." placeholder:"NAME"`
	Token  string   `group:"watch" env:"GANVAS_TOKEN" help:"What a page must know to connect. Without it none is asked for on this machine's own addresses, and a random one elsewhere; auto is a random one in any case." placeholder:"TEXT|auto"`
	Origin []string `group:"watch" name:"allow-origin" help:"Let a page from there connect, such as https://pages.example; pages that this process serves may in any case." placeholder:"URL"`
	Cert   string   `group:"watch" name:"tls-cert" help:"Certificate to serve with TLS." placeholder:"FILE"`
	Key    string   `group:"watch" name:"tls-key" help:"Its key." placeholder:"FILE"`
	Site   string   `group:"watch" help:"Folder with the page, as go run . --build makes it; without it the page is built from this project." placeholder:"DIR"`
}

// check refuses flags that do not go together, an address at which nobody can be let in, and certificates that cannot be read; addr is ""
// where nobody is let in.
func (f watchFlags) check(addr string) error {
	switch {
	case addr == "" && (len(f.Host) > 0 || len(f.Origin) > 0 || f.Cert != "" || f.Key != "" || f.Site != ""):
		return errors.New("--host, --allow-origin, --tls-cert, --tls-key and --site are for pages that watch: add --watch")
	case (f.Cert == "") != (f.Key == ""):
		return errors.New("--tls-cert and --tls-key go together: a certificate and its key")
	case f.Token != "" && f.Token != "auto" && len(f.Token) < 8:
		return errors.New("--token is too short to keep anybody out: take 8 letters at least, or auto")
	}
	for _, o := range f.Origin {
		if u, err := url.Parse(o); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" && u.Path != "/" {
			return fmt.Errorf("--allow-origin %s: an origin is a scheme and a host, such as https://pages.example or http://localhost:8080", o)
		}
	}
	if addr == "" {
		return nil
	}
	l, err := listen(addr) // now, while no folder is made yet and no run that lies in one removed
	if err != nil {
		return err
	}
	_ = l.Close()
	if f.Cert != "" {
		if _, err := tls.LoadX509KeyPair(f.Cert, f.Key); err != nil {
			return fmt.Errorf("--tls-cert and --tls-key are of no use: %w", plainly(err))
		}
	}
	return nil
}

// watched is the hub and the server through which pages look at a run.
type watched struct {
	hub      *live.Hub
	server   *http.Server
	link     string // for whoever may drive
	viewLink string
}

// letIn lets pages in at an address, to a hub or, where that is nil, to the runs of other processes, and says how.
func (f watchFlags) letIn(say func(string), addr string, hub *live.Hub, page func() (string, error), relays ...live.Relay) (*watched, error) {
	l, err := listen(addr)
	if err != nil {
		return nil, err
	}
	keys, err := f.keys(l.Addr())
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	x := &watched{hub: hub}
	s := live.Server{Hub: x.hub, Keys: keys, Names: serve.NamesOf(addr, f.Host...), Origins: f.Origin, Site: page, Relays: relays}
	x.server = s.HTTP()
	scheme := "http"
	if f.Cert != "" {
		scheme = "https"
	}
	x.link, x.viewLink = links(scheme, l.Addr().String(), keys)
	serving := func() error { return x.server.Serve(l) }
	if f.Cert != "" {
		serving = func() error { return x.server.ServeTLS(l, f.Cert, f.Key) }
	}
	failed := make(chan error, 1)
	go func() { failed <- serving() }()
	select {
	case err := <-failed:
		return nil, fmt.Errorf("pages cannot be let in at %s: %w", addr, err)
	case <-time.After(50 * time.Millisecond): // a certificate that cannot be read is told by then
	}
	say(fmt.Sprintf("Watch it at %s, or without a hand in it at %s", x.link, x.viewLink))
	return x, nil
}

// close tells those who look that the process ends, and lets nobody in any more.
func (x *watched) close() {
	_ = x.server.Close()
	if x.hub != nil {
		x.hub.Close()
	}
}

// listen opens an address; where it is the usual one, which another run may have, one of the next ports does as well.
func listen(addr string) (net.Listener, error) {
	if _, err := strconv.Atoi(addr); err == nil {
		addr = net.JoinHostPort("127.0.0.1", addr)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil && errors.Is(err, syscall.EADDRINUSE) && addr == nearAddr {
		for port := 8082; port < 8182 && err != nil; port++ {
			l, err = net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		}
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is taken by another program: choose another address", addr)
	}
	if err != nil {
		return nil, fmt.Errorf("pages cannot be let in at %s: %w", addr, err)
	}
	return l, nil
}

// line says something in a line of its own.
func (w *world) line(text string) { fmt.Fprintln(w.err, text) }

// keys are the tokens for a server at an address.
func (f watchFlags) keys(at net.Addr) (live.Keys, error) {
	token := f.Token
	if token == "" {
		if a, err := netip.ParseAddrPort(at.String()); err == nil && a.Addr().Unmap().IsLoopback() {
			return live.Keys{}, nil
		}
	}
	if token == "" || token == "auto" {
		token = secret()
	}
	return live.Keys{Drive: token, View: secret()}, nil
}

// secret is a random token.
func secret() string {
	b := make([]byte, 18)
	_, _ = rand.Read(b) // it never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// links are the addresses of the page: to drive, and to look only.
func links(scheme, addr string, keys live.Keys) (drive, view string) {
	base := url.URL{Scheme: scheme, Host: reachable(addr), Path: "/"}
	looks := base
	looks.RawQuery = "view"
	if keys.Drive != "" {
		base.Fragment, looks.Fragment = "token="+keys.Drive, "token="+keys.View
	}
	return base.String(), looks.String()
}

// reachable is an address as others call it: one that stands for all of the machine's has its name.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort(hostname(), port)
	}
	return addr
}

// hostname is the machine's name.
func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "localhost"
	}
	return name
}

// page is the folder of the page, which is built when it is asked for.
func (f watchFlags) page(ctx context.Context, say func(string)) func() (string, error) {
	return func() (string, error) {
		if f.Site != "" {
			if _, err := os.Stat(f.Site + "/index.html"); err != nil {
				return "", fmt.Errorf("--site %s holds no page: go run . --build DIR makes one", f.Site)
			}
			return f.Site, nil
		}
		dir, err := site.CacheDir()
		if err != nil {
			return "", err
		}
		b := site.Builder{Dir: dir, Say: func(format string, args ...any) { say(fmt.Sprintf(format, args...)) }}
		if err := b.Make(ctx); err != nil {
			return "", fmt.Errorf("%w; --site DIR takes one that go run . --build DIR has made", err)
		}
		return dir, nil
	}
}

// over is why a session ended: the run has.
type over struct{ err error }

func (over) Error() string { return "the run is over" }

// ending is a context for a session that ends with its run.
func ending(ctx context.Context) (context.Context, func(error)) {
	ctx, end := context.WithCancelCause(ctx)
	return ctx, func(err error) { end(over{err}) }
}
