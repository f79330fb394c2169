package live

import (
	"bytes"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ganvas/core/longtest"
	"ganvas/core/weights"
	"ganvas/www/pagetest"
)

// given is a run of the command line.
func given(epochs int, more ...string) []string {
	return append([]string{"train", "--preset", "ring-2d", "--epochs", strconv.Itoa(epochs), "--plain", "--checkpoint-minutes", "0", "--out", "run"}, more...)
}

// A run of the command line goes on and ends whatever its viewers do: one page drives, one looks, one may only look. It ends as the same
// run without viewers, to the byte.
func TestWatchedRun(t *testing.T) {
	s := start(t, t.TempDir(), given(100_000, "--watch", "127.0.0.1:0", "--token", "auto")...)
	if s.key == "" {
		t.Fatal("no token is printed")
	}
	a := s.visit("")
	a.Started()
	a.Click("play")
	a.Until("ganvas.status().state === 'paused'")
	b, only := s.visit(""), s.visit("view")
	b.Started()
	only.Started()
	for name, p := range map[string]*pagetest.Visit{"the second": b, "who only looks": only} {
		p.Until("ganvas.status().state === 'paused' && document.getElementById('play').disabled && document.getElementById('step').disabled")
		if words := p.Text("remote"); !strings.Contains(words, "Another page drives") {
			t.Errorf("%s is told %q", name, words)
		}
		if n := pagetest.Eval[int](p, "ganvas.generate({count: 4, seed: 2}).then((b) => b.length)"); n == 0 {
			t.Errorf("%s sees nothing", name)
		}
		if hash := pagetest.Eval[string](p, "location.hash"); hash != "" {
			t.Errorf("the token stays in the address of %s: %s", name, hash)
		}
	}
	if pagetest.Eval[bool](only, "document.getElementById('remote-drive').checkVisibility()") {
		t.Error("who only looks is offered to drive")
	}
	for _, id := range []string{"reset", "load", "own-files"} {
		if !pagetest.Eval[bool](a, "document.getElementById('"+id+"').disabled") {
			t.Errorf("%s is offered of a run that belongs to the command line", id)
		}
	}
	b.Click("remote-drive")
	a.Until("document.getElementById('play').disabled && !document.getElementById('remote-drive').hidden")
	b.Until("!document.getElementById('play').disabled")
	if why := pagetest.Eval[string](b, "ganvas.start('quick').then(() => '', (e) => e.message)"); !strings.Contains(why, "command line") {
		t.Errorf("another run is refused with %q", why)
	}
	for p, says := range map[*pagetest.Visit]string{a: "another one drives it", b: "belongs to the command line", only: "only looks"} {
		p.DropFiles(`[new File([new Uint8Array([0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 8, 0, 0, 0, 8]), Uint8Array.from({length: 20 * 64}, (_, i) => i * 7)], "images")]`)
		p.Until("document.getElementById('notices').innerText.includes(" + strconv.Quote(says) + ")")
	}
	epochs := pagetest.Eval[int](b, "ganvas.status().epoch + 1")
	pagetest.Eval[bool](b, "ganvas.set('epochs', ganvas.status().epoch + 1).then(() => true)")
	b.Click("play")
	if code := s.ended(); code != 0 {
		t.Fatalf("exit code %d: %s", code, s.words())
	}
	for _, p := range []*pagetest.Visit{a, b, only} {
		p.Until("ganvas.status().state === 'finished'")
	}
	alone := start(t, t.TempDir(), given(epochs, "--watch", "127.0.0.1:0")...)
	if code := alone.ended(); code != 0 {
		t.Fatalf("exit code %d: %s", code, alone.words())
	}
	for _, name := range []string{"generator.safetensors", "checkpoint.safetensors"} {
		x, err1 := os.ReadFile(filepath.Join(alone.dir, "run", name))
		y, err2 := os.ReadFile(filepath.Join(s.dir, "run", name))
		if err1 != nil || err2 != nil || !bytes.Equal(x, y) {
			t.Errorf("%s is another one with viewers (%v, %v)", name, err1, err2)
		}
	}
}

// A process that was killed and started again from its checkpoint has its page back, where the checkpoint is; a connection that is
// cut is made again with the run's past.
func TestLongComesBack(t *testing.T) {
	longtest.Test(t)
	dir := t.TempDir()
	s := start(t, dir, append([]string{"studio", "--checkpoint-every", "10", "--checkpoint-minutes", "0"}, small...)...)
	between := newProxy(t, strings.TrimPrefix(s.link, "http://"))
	p := pagetest.Beside(t, pagetest.Desktop, "http://"+between.Addr().String())
	p.Goto("")
	p.Started()
	p.Until("ganvas.status().step > 30")
	pagetest.Eval[bool](p, `(window.lost = 0, new MutationObserver(() => (window.lost += document.getElementById("remote").classList.contains("lost"))).observe(document.getElementById("remote"), {attributes: true}), true)`)
	if n := between.cut(); n == 0 {
		t.Fatal("there was no connection to cut")
	}
	p.Until("lost > 0 && !document.getElementById('remote').classList.contains('lost')")
	at := p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(at+10))
	if rows := pagetest.Eval[int](p, "ganvas.export('json').then((b) => JSON.parse(new TextDecoder().decode(b)).rows.length)"); rows < at {
		t.Errorf("of %d steps %d are in the table", at, rows)
	}
	s.kill()
	p.Until("document.getElementById('remote').classList.contains('lost')")
	if words := p.Text("remote"); !strings.Contains(words, "No connection") {
		t.Errorf("a process that is gone is told of by %q", words)
	}
	checkpoints, _ := filepath.Glob(filepath.Join(dir, "runs", "*", "checkpoint.safetensors"))
	if len(checkpoints) != 1 {
		t.Fatalf("the checkpoints are %v", checkpoints)
	}
	saved, err := os.ReadFile(checkpoints[0])
	if err != nil {
		t.Fatal(err)
	}
	checkpoint, err := weights.Decode(saved)
	if err != nil {
		t.Fatal(err)
	}
	again := start(t, dir, "studio", "--resume", checkpoints[0], "--addr", strings.TrimPrefix(s.link, "http://"))
	if again.link != s.link {
		t.Fatalf("it is at %s, not at %s", again.link, s.link)
	}
	p.Until("!document.getElementById('remote').classList.contains('lost') && ganvas.status().state === 'running'")
	at = p.Step()
	p.Until("ganvas.status().step > " + strconv.Itoa(at+10))
	first := pagetest.Eval[int](p, "ganvas.export('json').then((b) => JSON.parse(new TextDecoder().decode(b)).rows[0][0])")
	if strconv.Itoa(first-1) != checkpoint.Meta["step"] {
		t.Errorf("it goes on with step %d, and the checkpoint is of step %s", first, checkpoint.Meta["step"])
	}
}

// proxy carries connections between a page and a process until it cuts them all.
type proxy struct {
	net.Listener
	mu    sync.Mutex
	conns []*net.TCPConn
}

func newProxy(t *testing.T, to string) *proxy {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{Listener: l}
	t.Cleanup(func() { l.Close(); p.cut() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				in.Close()
				continue
			}
			p.mu.Lock()
			p.conns = append(p.conns, in.(*net.TCPConn), out.(*net.TCPConn))
			p.mu.Unlock()
			pass := func(to, from net.Conn) {
				_, _ = io.Copy(to, from)
				to.Close()
			}
			go pass(out, in)
			go pass(in, out)
		}
	}()
	return p
}

// cut resets all connections, and reports how many there were.
func (p *proxy) cut() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.conns)
	for _, c := range p.conns {
		_ = c.SetLinger(0)
		c.Close()
	}
	p.conns = nil
	return n
}

// A wrong token opens nothing, and the page says what is missing.
func TestToken(t *testing.T) {
	s := start(t, t.TempDir(), append([]string{"studio", "--token", "a-long-token"}, small...)...)
	p := pagetest.Beside(t, pagetest.Desktop, s.link)
	p.Goto("")
	p.Until("/token/.test(document.getElementById('notices').innerText)")
	if state := p.State(); state != "failed" {
		t.Errorf("the page is %s", state)
	}
	p.Goto("lang=en#token=a-long-token")
	p.Until("window.ganvas && ganvas.status().recipe")
	p.Goto("lang=zh") // the tab knows it by now
	p.Until("window.ganvas && ganvas.status().recipe && document.documentElement.lang === 'zh'")
}

// The page of a static host opens a run elsewhere where that allows it, and says so where it does not.
func TestFromElsewhere(t *testing.T) {
	p := pagetest.Open(t, pagetest.Desktop, "autostart=0&"+pagetest.Plain)
	p.Started()
	s := start(t, t.TempDir(), append([]string{"studio", "--allow-origin", p.Server}, small...)...)
	p.Goto("trainer=" + strings.Replace(s.link, "http", "ws", 1))
	p.Started()
	p.Until("ganvas.status().step > 5")
	other := start(t, t.TempDir(), append([]string{"studio"}, small...)...)
	q := pagetest.Open(t, pagetest.Desktop, "trainer="+strings.Replace(other.link, "http", "ws", 1))
	q.Until("/--allow-origin/.test(document.getElementById('notices').innerText)")
}
