package cli

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"ganvas/native/live"
)

// heard is what a program says, while it goes on.
type heard struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (h *heard) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.Write(b)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.String()
}

// find waits until the program says what the pattern has in brackets.
func (h *heard) find(t *testing.T, pattern string) string {
	t.Helper()
	for late := time.Now().Add(2 * time.Minute); time.Now().Before(late); time.Sleep(5 * time.Millisecond) {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(h.String()); m != nil {
			return m[1]
		}
	}
	t.Fatalf("it never says %s: %q", pattern, h)
	return ""
}

// A run that pages may watch is the run that it is without: the same weights, pictures and log, whoever came and went.
func TestWatchedRunIsTheSame(t *testing.T) {
	data, dir := idxFolder(t, 200), t.TempDir()
	plain, watched := filepath.Join(dir, "plain"), filepath.Join(dir, "watched")
	flags := []string{"--epochs", "12", "--plain", "--checkpoint-minutes", "0"}
	must(t, tiny(data, plain, flags...)...)
	var out bytes.Buffer
	errs := new(heard)
	done := make(chan int, 1)
	go func() { done <- Main(tiny(data, watched, append(flags, "--watch", "127.0.0.1:0")...), &out, errs) }()
	at := errs.find(t, `Watch it at (http://\S+?)/,`)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	for _, hello := range []string{`{"type":"hello"}`, `{"type":"hello","view":true}`} {
		c, _, err := websocket.Dial(ctx, at+live.Socket, nil)
		if err != nil {
			break // it was over before
		}
		defer c.CloseNow()
		for _, text := range []string{hello, `{"type":"pause","id":1}`, `{"type":"generate","count":4,"digit":-1,"id":2}`, `{"type":"start","id":3}`, `{"type":"resume","id":4}`} {
			_ = c.Write(ctx, websocket.MessageText, []byte(text))
		}
		go func() {
			for {
				if _, _, err := c.Read(ctx); err != nil {
					return
				}
			}
		}()
	}
	if code := <-done; code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for _, name := range []string{generatorFile, checkpointFile, gifFile} {
		a, err := os.ReadFile(filepath.Join(plain, name))
		b, err2 := os.ReadFile(filepath.Join(watched, name))
		if err := errors.Join(err, err2); err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is another one (%v)", name, err)
		}
	}
}

// A studio saves its run where it ends, and goes on from there.
func TestStudioSavesAndGoesOn(t *testing.T) {
	data, dir := idxFolder(t, 200), t.TempDir()
	site := filepath.Join(dir, "site")
	if err := os.MkdirAll(site, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(site, "index.html"), []byte("<p>page"), 0o666); err != nil {
		t.Fatal(err)
	}
	runs, step := filepath.Join(dir, "runs"), "0"
	args := append([]string{"studio"}, tiny(data, runs, "--epochs", "100000", "--addr", "127.0.0.1:0", "--site", site, "--checkpoint-minutes", "0", "--checkpoint-every", "7")[1:]...)
	for round := range 2 {
		errs := new(heard)
		ctx, end := context.WithCancel(context.Background())
		w := &world{ctx: ctx, out: new(bytes.Buffer), err: errs, holds: new(holding)}
		done := make(chan error, 1)
		go func() { done <- execute(args, w) }()
		at := errs.find(t, `Watch it at (http://\S+?)/,`)
		r, err := http.Get(at + "/?lang=zh")
		if err != nil || r.StatusCode != 200 || !strings.Contains(r.Request.URL.RawQuery, "trainer=self&lang=zh") {
			t.Fatalf("the page: %v, %v", r, err)
		}
		r.Body.Close()
		c, _, err := websocket.Dial(ctx, at+live.Socket, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.SetReadLimit(-1)
		_ = c.Write(ctx, websocket.MessageText, []byte(`{"type":"hello"}`))
		_ = c.Write(ctx, websocket.MessageText, []byte(`{"type":"step","n":30,"id":1}`))
		for paused, begun := false, false; !paused; {
			_, b, err := c.Read(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(b, []byte(`"type":"started"`)) && !bytes.Contains(b, []byte(`"step":`+step+`,`)) {
				t.Errorf("round %d begins with %.200s, not at step %s", round, b, step)
			}
			begun = begun || bytes.Contains(b, []byte(`"type":"stepped"`)) && bytes.Contains(b, []byte(`"step":`+[]string{"30", "60"}[round]+`,`))
			paused = begun && bytes.Contains(b, []byte(`"type":"paused"`))
		}
		end()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		c.CloseNow()
		checkpoint := filepath.Join(runs, "quick", checkpointFile)
		if _, err := os.Stat(checkpoint); err != nil {
			t.Fatalf("%v; it says %q", err, errs)
		}
		if !strings.Contains(errs.String(), "studio --resume "+checkpoint) {
			t.Errorf("of the way on it says %q", errs)
		}
		step = "30"
		args = []string{"studio", "--engine", "go", "--data", data, "--resume", checkpoint, "--addr", "127.0.0.1:0", "--site", site}
	}
}

func TestWatchFlags(t *testing.T) {
	for line, says := range map[string]string{
		"train --watch=127.0.0.1:0 --tls-cert x": "--tls-key", "train --watch=127.0.0.1:0 --token short": "too short", "train --host a.example": "--watch",
		"train --watch=127.0.0.1:0 --allow-origin pages.example": "origin", "train --watch=127.0.0.1:0 --allow-origin https://pages.example/x": "origin",
		"studio --runs ftp://x --addr 127.0.0.1:0": "--runs", "studio --checkpoint-minutes=-1": "checkpoint-minutes",
	} {
		var errs bytes.Buffer
		if code := Main(strings.Fields(line), new(bytes.Buffer), &errs); code != 1 || !strings.Contains(errs.String(), says) {
			t.Errorf("%s: exit code %d, %q", line, code, errs.String())
		}
	}
	for _, c := range []struct{ given, want string }{
		{"train --watch", "train --watch=" + nearAddr}, {"train --watch --epochs 3", "train --watch=" + nearAddr + " --epochs 3"}, {"train --watch :9 --epochs 3", "train --watch :9 --epochs 3"},
	} {
		if got := strings.Join(joined(strings.Fields(c.given)), " "); got != c.want {
			t.Errorf("%s is read as %s", c.given, got)
		}
	}
}

// Tokens are asked for wherever others could come, and are another each time.
func TestKeysAndLinks(t *testing.T) {
	near, far := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}, &net.TCPAddr{IP: net.IPv4(192, 168, 1, 7), Port: 1}
	for _, c := range []struct {
		at    net.Addr
		token string
		asked bool
	}{{near, "", false}, {&net.TCPAddr{IP: net.IPv6loopback, Port: 1}, "", false}, {far, "", true}, {&net.TCPAddr{IP: net.IPv6unspecified, Port: 1}, "", true}, {near, "auto", true}, {near, "long enough", true}} {
		keys, err := watchFlags{Token: c.token}.keys(c.at)
		again, _ := watchFlags{Token: c.token}.keys(c.at)
		if err != nil || (keys.Drive != "") != c.asked || (keys.View != "") != c.asked || c.asked && (keys.View == again.View || keys.View == keys.Drive) {
			t.Errorf("at %v with token %q the keys are %+v (%v)", c.at, c.token, keys, err)
		}
		if c.token == "long enough" != (keys.Drive == "long enough") {
			t.Errorf("the token is %q", keys.Drive)
		}
	}
	drive, view := links("https", "[::]:9", live.Keys{Drive: "d", View: "v"})
	if drive != "https://"+hostname()+":9/#token=d" || view != "https://"+hostname()+":9/?view#token=v" {
		t.Errorf("the links are %s and %s", drive, view)
	}
}

// The usual address makes room where another run has it; one that somebody names does not.
func TestTakenAddresses(t *testing.T) {
	first, err := listen(nearAddr)
	if err != nil {
		t.Skip("the usual ports are all taken")
	}
	defer first.Close()
	second, err := listen(nearAddr)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if _, err := listen(second.Addr().String()); second.Addr().String() != nearAddr && (err == nil || !strings.Contains(err.Error(), "taken")) {
		t.Errorf("a taken address: %v", err)
	}
}
