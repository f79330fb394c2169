package main

import (
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"ganvas/www/serve"
)

func TestTakenPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	err = run(context.Background(), flags{Addr: l.Addr().String()})
	if err == nil || !strings.Contains(err.Error(), "taken") || !strings.Contains(err.Error(), "--addr") {
		t.Errorf("a taken port: %v", err)
	}
	if err := run(context.Background(), flags{Addr: "nonsense"}); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("an address that is none: %v", err)
	}
}

func TestServesUntilToldToStop(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serveUntil(ctx, serve.Server(t.TempDir()), l) }()
	r, err := http.Get("http://" + l.Addr().String() + "/")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it serves on")
	}
}
