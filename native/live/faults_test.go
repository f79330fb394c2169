package live

import (
	"bytes"
	"context"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"ganvas/core/sample"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// proxy carries bytes between viewers and the server until it cuts, one way or both; by itself it cuts what has been silent for long, if
// silence is not 0. It rests for pause after each 64 kB.
type proxy struct {
	net.Listener
	conns chan [2]*net.TCPConn
}

func newProxy(t *testing.T, c *carried, silence, pause time.Duration) *proxy {
	to := strings.TrimPrefix(c.server.URL, "http://")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p := &proxy{Listener: l, conns: make(chan [2]*net.TCPConn, 8)}
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
			go carryBytes(out, in, silence, pause)
			go carryBytes(in, out, silence, pause)
			p.conns <- [2]*net.TCPConn{in.(*net.TCPConn), out.(*net.TCPConn)}
		}
	}()
	return p
}

// carryBytes carries bytes one way until that side ends, or has been silent for so long.
func carryBytes(to, from net.Conn, silence, pause time.Duration) {
	for b := make([]byte, 64<<10); ; {
		if silence > 0 {
			_ = from.SetReadDeadline(time.Now().Add(silence))
		}
		n, err := from.Read(b)
		time.Sleep(pause)
		if _, err := to.Write(b[:n]); err != nil {
			return
		}
		if ne, is := err.(net.Error); is && ne.Timeout() {
			from.Close()
			to.Close()
		}
		if err != nil {
			return
		}
	}
}

// through is the server as viewers find it behind the proxy.
func (p *proxy) through(c *carried) *carried {
	return &carried{t: c.t, hub: c.hub, server: &httptest.Server{URL: "http://" + p.Addr().String()}}
}

// left waits until no more than so many are there.
func (c *carried) left(n int) {
	c.t.Helper()
	for late := time.Now().Add(patience); len(c.hub.all()) > n; time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			c.t.Fatalf("%d viewers stay", len(c.hub.all()))
		}
	}
}

// A proxy that cuts a connection, or closes one half of it, costs the viewer its place, and it comes back to a run that went on.
func TestCutConnections(t *testing.T) {
	c := carry(t, About{}, Keys{}, "100000")
	p := newProxy(t, c, 0, 0)
	behind := p.through(c)
	steps := 0
	for name, cut := range map[string]func(in, out *net.TCPConn) error{
		"both ways": func(in, out *net.TCPConn) error { return out.Close() },
		"half":      func(in, out *net.TCPConn) error { return out.CloseWrite() },
		"reset":     func(in, out *net.TCPConn) error { _ = out.SetLinger(0); return out.Close() },
	} {
		v := behind.dial(drives)
		v.until(func(s seen) bool { return s.Type == "role" && s.Drives })
		v.must(&session.Resume{})
		s := v.until(func(s seen) bool { return s.Type == wire.Stepped && s.Step > steps })
		if pair := <-p.conns; cut(pair[0], pair[1]) != nil {
			t.Fatalf("%s: the connection cannot be cut", name)
		}
		steps = s.Step
		c.left(0)
		w := c.dial(looks)
		if s := w.type_(wire.Started); s.Error != "" {
			t.Errorf("%s: %s", name, s.Error)
		}
		w.until(func(s seen) bool { return s.Type == wire.Stepped && s.Step > steps })
		_ = w.socket.CloseNow()
		c.left(0)
	}
}

// A proxy that cuts what has been silent for half a minute does not cut a viewer of a run that rests: there are signs of life both ways.
func TestProxyThatCutsSilence(t *testing.T) {
	const silence = time.Second
	if usual.beat > 15*time.Second {
		t.Errorf("signs of life are %v apart", usual.beat)
	}
	for name, beat := range map[string]time.Duration{"with signs of life": silence / 20, "without": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := carry(t, About{}, Keys{}, "100000")
			c.hub.waits.beat = beat
			v := newProxy(t, c, silence, 0).through(c).dial(drives)
			v.type_(wire.Paused)
			began := time.Now()
			for {
				_, err := v.read()
				if after := time.Since(began); err == nil && after > 2*silence {
					return
				} else if err != nil {
					if beat < silence || after < silence/2 {
						t.Errorf("it is cut after %v: %v", after, err)
					}
					return
				}
			}
		})
	}
}

// A viewer that takes nothing, though its connection stands, is cut off: where too much waits for it, and where it answers no sign of
// life. Whatever is told meanwhile, telling never waits for it.
func TestNeverReads(t *testing.T) {
	for name, size := range map[string]int{"large pictures": 4 << 20, "hardly anything": 10} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := serveRun(t, About{}, Keys{})
			defer c.server.Close()
			c.hub.waits = waits{greeting: time.Minute, stalled: 2 * time.Second, beat: time.Hour, flushing: time.Millisecond}
			if size < 1000 {
				c.hub.waits.beat = 100 * time.Millisecond
			}
			defer c.hub.Close()
			asleep, awake := c.dial(looks), c.dial(looks)
			seen := make(chan int)
			go func() {
				n := 0
				for {
					s, err := awake.read()
					if err != nil {
						seen <- n
						return
					}
					if s.Type == wire.Sampled {
						n++
					}
				}
			}()
			for len(c.hub.all()) < 2 {
				time.Sleep(time.Millisecond)
			}
			longest, picture := time.Duration(0), make([]byte, size)
			for late := time.Now().Add(patience); len(c.hub.all()) > 1; time.Sleep(10 * time.Millisecond) {
				began := time.Now()
				c.hub.Emit(wire.Event{Type: wire.Sampled, Sheet: &wire.Sheet{}, Bytes: picture})
				longest = max(longest, time.Since(began))
				if began.After(late) {
					t.Fatal("it is never cut off")
				}
			}
			if longest > c.hub.waits.stalled {
				t.Errorf("telling took %v", longest)
			}
			if v := c.hub.all(); len(v) != 1 {
				t.Errorf("%d viewers are left", len(v))
			}
			_ = asleep.socket.CloseNow()
			_ = awake.socket.CloseNow()
			if n := <-seen; n < 3 {
				t.Errorf("the other one saw %d pictures", n)
			}
		})
	}
}

// What is long arrives whole over a slow connection, both ways, though it takes longer than a viewer may take nothing.
func TestSlowConnection(t *testing.T) {
	c := carry(t, About{}, Keys{}, "100000")
	c.hub.waits.stalled = 300 * time.Millisecond
	v := newProxy(t, c, 0, 4*time.Millisecond).through(c).dial(drives)
	v.type_("role")
	const side, n = 64, 3 << 20 / (64 * 64)
	began := time.Now()
	v.must(&session.Data{Name: "long", Format: "pixels", Count: n, Sample: sample.Shape{Channels: 1, Height: side, Width: side}, Files: varied(n * side * side)})
	b := varied(16<<20 + 7)
	c.hub.Emit(wire.Event{Type: wire.Sampled, Sheet: &wire.Sheet{}, Bytes: b})
	s := v.until(func(s seen) bool { return s.Type == wire.Sampled && len(s.beside) > 1<<20 })
	if !bytes.Equal(s.beside, b) {
		t.Errorf("%d of %d bytes come, or others", len(s.beside), len(b))
	}
	if took := time.Since(began); took < 2*c.hub.waits.stalled {
		t.Errorf("it took %v: the connection is not slow", took)
	}
}

// varied is n bytes that are not all alike.
func varied(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i % 251)
	}
	return b
}

// Who does not say who it is goes again.
func TestSaysNothing(t *testing.T) {
	c := serveRun(t, About{}, Keys{})
	defer c.server.Close()
	defer c.hub.Close()
	c.hub.waits.greeting = 50 * time.Millisecond
	socket, _, err := websocket.Dial(context.Background(), c.server.URL+Socket, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer socket.CloseNow()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, _, err := socket.Read(ctx); err == nil || ctx.Err() != nil {
		t.Errorf("it is answered, or kept: %v", err)
	}
}
