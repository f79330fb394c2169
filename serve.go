// Ganvas trains GANs in a web page. This program builds the page and serves it: go run .
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"ganvas/www/serve"
	"ganvas/www/site"
)

// flags is the command line.
type flags struct {
	Addr  string   `help:"Address to serve on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Host  []string `help:"Answer to this name as well, as a proxy or a forwarded port gives it: studio.example. Other names get no answer." placeholder:"NAME"`
	Open  *bool    `help:"Open the page in a browser; by default where there is a screen." negatable:""`
	Peers bool     `help:"Fetch TensorFlow.js and jax-js with npm, for the benchmark page to compare with."`
	Build string   `help:"Write a static site into this folder instead of serving." placeholder:"DIR" xor:"site"`
	Site  string   `help:"Serve this folder, which --build has written, instead of building the page: this needs neither Go nor the project's source." placeholder:"DIR" xor:"site"`
}

func main() {
	f, err := parse(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "ganvas: %v\n", err)
		os.Exit(1)
	}
	ctx, end := context.WithCancel(context.Background())
	code := 1
	go func() {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
		s := <-signals
		signal.Stop(signals) // another one ends the program at once
		code = 130
		if n, ok := s.(syscall.Signal); ok {
			code = 128 + int(n)
		}
		end()
	}()
	switch err := run(ctx, f); {
	case err != nil && ctx.Err() != nil: // serving is meant to be ended so, and building is not
		fmt.Fprintln(os.Stderr, "ganvas: stopped before the page was built")
		os.Exit(code)
	case err != nil:
		fmt.Fprintf(os.Stderr, "ganvas: %v\n", err)
		os.Exit(1)
	}
}

// parse reads the command line.
func parse(args []string) (f flags, err error) {
	parser := kong.Must(&f, kong.Name("go run ."), kong.Description("Builds the page in which a GAN learns to draw digits, and serves it. Training from the command line: go run ./native"))
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		return f, fmt.Errorf("this program serves the page and has no command %s: go run ./native %s is the command line", args[0], args[0])
	}
	_, err = parser.Parse(args)
	return f, err
}

func run(ctx context.Context, f flags) error {
	if f.Build != "" {
		return build(ctx, site.Builder{Dir: f.Build, Peers: f.Peers, Small: true})
	}
	listener, err := net.Listen("tcp", f.Addr) // first, so that a taken port is known before the build
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return fmt.Errorf("%s is taken by another program: choose another with --addr 127.0.0.1:8081", f.Addr)
		}
		return fmt.Errorf("cannot serve on %s: %w", f.Addr, err)
	}
	defer listener.Close()
	dir, err := page(ctx, f)
	if err != nil {
		return err
	}
	address, names := "http://"+reachable(listener.Addr().String()), serve.NamesOf(f.Addr, f.Host...)
	fmt.Printf("Ganvas is at %s — Ctrl-C ends it.\n", address)
	if said := names.String(); said != serve.NamesOf("localhost").String() {
		fmt.Printf("It answers to %s; --host NAME adds a name.\n", said)
	}
	if f.Open == nil && screen() || f.Open != nil && *f.Open {
		open(address)
	}
	return serveUntil(ctx, serve.Server(dir, names), listener)
}

// page is the folder of the page, built unless it has been.
func page(ctx context.Context, f flags) (string, error) {
	if f.Site != "" {
		if _, err := os.Stat(filepath.Join(f.Site, "trainer.wasm")); err != nil {
			return "", fmt.Errorf("--site %s holds no page: go run . --build DIR makes one", f.Site)
		}
		return f.Site, nil
	}
	dir, err := site.CacheDir()
	if err != nil {
		return "", err
	}
	return dir, build(ctx, site.Builder{Dir: dir, Peers: f.Peers})
}

// reachable is an address for a browser on this machine: an address that stands for all of the machine's is none.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	return addr
}

// build builds b's site and says how.
func build(ctx context.Context, b site.Builder) error {
	b.Say = func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
	return b.Make(ctx)
}

// serveUntil serves until ctx ends, then lets answers that are on their way finish.
func serveUntil(ctx context.Context, s *http.Server, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving ended: %w", err)
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := s.Shutdown(end); err != nil {
		return s.Close()
	}
	return nil
}

// screen reports whether a browser could show itself.
func screen() bool {
	switch runtime.GOOS {
	case "darwin", "windows":
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// open shows the address in the user's browser; where that fails the printed address is there.
func open(address string) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	if cmd := exec.Command(name, args...); cmd.Start() == nil {
		go cmd.Wait()
	}
}
