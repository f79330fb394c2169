package live

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
	"ganvas/www/serve"
)

// patience is how long a test waits for what must come.
const patience = 2 * time.Minute

// carried is a run that a hub lets people look at.
type carried struct {
	t      testing.TB
	hub    *Hub
	server *httptest.Server
	over   chan error // once the session has ended
	rested atomic.Pointer[resting]

	mu     sync.Mutex
	points []wire.Point // what the steps measured
	sheets int          // Sampled events
}

// serveRun is a hub behind a server, for a run that is yet to come.
func serveRun(t testing.TB, about About, keys Keys, origins ...string) *carried {
	c := &carried{t: t, hub: New(about), over: make(chan error, 1)}
	s := Server{Hub: c.hub, Keys: keys, Names: serve.NamesOf("127.0.0.1:0"), Origins: origins}
	c.server = httptest.NewServer(s.HTTP().Handler)
	return c
}

// carry begins a small run of so many epochs of 20 steps, paused.
func carry(t *testing.T, about About, keys Keys, epochs string, origins ...string) *carried {
	t.Helper()
	set := runtest.Digits(t, 200)
	tr := runtest.Trainer(t, runtest.Small(t, "epochs="+epochs), set)
	c := serveRun(t, about, keys, origins...)
	ctx, cancel := context.WithCancel(context.Background())
	ended, begun := make(chan struct{}), make(chan struct{})
	began := sync.OnceFunc(func() { close(begun) })
	go func() {
		defer close(ended)
		carry := &session.Session{
			Engine: cpu.New(nil), Commands: c.hub.Commands(), Pictures: c.hub.Pictures(0.02), Begin: &session.Beginning{Trainer: tr, Paused: true},
			Emit: func(e wire.Event) {
				if e.Type == wire.Sampled {
					c.mu.Lock()
					c.sheets++
					c.mu.Unlock()
				}
				c.hub.Emit(e)
				if e.Type == wire.Started {
					began() // whoever comes from now on finds a run
				}
			},
			Heard: func(r run.Reported) {
				c.mu.Lock()
				defer c.mu.Unlock()
				c.points = append(c.points, r.Point)
			},
			Ended: func(err error) { c.over <- err },
		}
		_ = carry.Run(run.Cancel(ctx))
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
		c.hub.Close()
		c.server.Close()
	})
	select {
	case <-begun:
	case <-ended:
		t.Fatal("the session ended before there was a run")
	}
	return c
}

// resting is a step, when the last one was done, and a channel that is closed when the run rests there.
type resting struct {
	step    int
	stepped time.Time
	there   chan struct{}
}

// seen is a message as a viewer reads it.
type seen struct {
	wire.Event
	Drives  bool `json:"drives"`
	Driven  bool `json:"driven"`
	May     bool `json:"may"`
	Viewers int  `json:"viewers"`
	Fresh   bool `json:"fresh"`
	Run     bool `json:"run"`
	Most    int  `json:"most"`
	beside  []byte
}

// client is one viewer.
type client struct {
	t      testing.TB
	socket *websocket.Conn
	next   int
}

func (c *carried) dial(greeting string) *client {
	c.t.Helper()
	return c.dialAt(Socket, greeting)
}

func (c *carried) dialAt(path, greeting string) *client {
	c.t.Helper()
	socket, _, err := websocket.Dial(context.Background(), c.server.URL+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { socket.CloseNow() })
	socket.SetReadLimit(64 << 20)
	v := &client{t: c.t, socket: socket}
	v.say(greeting)
	return v
}

const (
	drives = `{"type":"hello"}`
	looks  = `{"type":"hello","view":true}`
)

func (v *client) say(text string) {
	v.t.Helper()
	if err := v.socket.Write(context.Background(), websocket.MessageText, []byte(text)); err != nil {
		v.t.Fatal(err)
	}
}

// read is the next message, or why there is none.
func (v *client) read() (s seen, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		kind, b, err := v.socket.Read(ctx)
		if err != nil {
			return s, err
		}
		if kind == websocket.MessageBinary {
			var beside []byte
			if b, beside, err = part(b); err != nil {
				return s, err
			}
			s.beside = append(s.beside, beside...)
		}
		if err := json.Unmarshal(b, &s); err != nil || s.Type != "part" {
			return s, err
		}
	}
}

// until reads until a message is as wanted.
func (v *client) until(is func(seen) bool) seen {
	v.t.Helper()
	for {
		s, err := v.read()
		if err != nil {
			v.t.Fatalf("what was waited for never came: %v", err)
		}
		if is(s) {
			return s
		}
	}
}

func (v *client) type_(kind wire.EventType) seen {
	v.t.Helper()
	return v.until(func(s seen) bool { return s.Type == kind })
}

// ask sends a command and waits for its answer.
func (v *client) ask(c session.Command) seen {
	v.t.Helper()
	v.next++
	text, beside := session.Encode(c)
	var fields map[string]any
	if err := json.Unmarshal([]byte(text), &fields); err != nil {
		v.t.Fatal(err)
	}
	fields["id"] = v.next
	b, _ := json.Marshal(fields)
	kind := websocket.MessageText
	if beside != nil {
		for ; len(beside) > piece; beside = beside[piece:] {
			if err := v.socket.Write(context.Background(), websocket.MessageBinary, join(partText, beside[:piece])); err != nil {
				v.t.Fatal(err)
			}
		}
		kind, b = websocket.MessageBinary, join(b, beside)
	}
	if err := v.socket.Write(context.Background(), kind, b); err != nil {
		v.t.Fatal(err)
	}
	id := v.next
	return v.until(func(s seen) bool { return s.Type == wire.Answered && s.ID == id })
}

func (v *client) must(c session.Command) seen {
	v.t.Helper()
	s := v.ask(c)
	if s.Error != "" {
		v.t.Fatalf("%s: %s", session.Name(c), s.Error)
	}
	return s
}

// code is the code with which the server closes the connection.
func (v *client) code() websocket.StatusCode {
	for {
		if _, err := v.read(); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

// One page drives at a time; the others look, and are told.
func TestOneDrives(t *testing.T) {
	c := carry(t, About{Where: "here"}, Keys{}, "100000")
	a := c.dial(drives)
	if s := a.type_("welcome"); !s.Run || !s.Fresh || !s.May {
		t.Errorf("the first is welcomed with %+v", s)
	}
	if s := a.type_("role"); !s.Drives || s.Viewers != 1 {
		t.Errorf("the first is told %+v", s)
	}
	b, only := c.dial(drives), c.dial(looks)
	if s := b.type_("role"); s.Drives || !s.Driven || !s.May {
		t.Errorf("the second is told %+v", s)
	}
	if s := only.type_("role"); s.Drives || s.May {
		t.Errorf("who only looks is told %+v", s)
	}
	a.must(&session.Step{N: 1})
	for name, c := range map[string]session.Command{"step": &session.Step{N: 1}, "save": &session.Save{}, "start": &session.Start{}} {
		if s := b.ask(c); !strings.Contains(s.Error, "drives it") {
			t.Errorf("%s of one that looks is answered by %q", name, s.Error)
		}
		if s := only.ask(c); !strings.Contains(s.Error, "only looks") {
			t.Errorf("%s behind a link that only looks is answered by %q", name, s.Error)
		}
	}
	for name, v := range map[string]*client{"one that drives": a, "one that could": b, "one that only looks": only} {
		if s := v.must(&session.Generate{Count: 2, Digit: -1}); len(s.beside) != 2*36 {
			t.Errorf("%s is given %d bytes of pictures", name, len(s.beside))
		}
	}
	only.say(`{"type":"drive"}`)
	b.say(`{"type":"drive"}`)
	b.until(func(s seen) bool { return s.Type == "role" && s.Drives })
	a.until(func(s seen) bool { return s.Type == "role" && !s.Drives })
	b.must(&session.Step{N: 1})
	_ = b.socket.CloseNow()
	a.until(func(s seen) bool { return s.Type == "role" && s.Drives }) // the oldest that may
	_ = a.socket.CloseNow()
	only.until(func(s seen) bool { return s.Type == "role" && !s.Driven })
}

// Whoever joins is told the run until now: how it began, every step, the newest pictures, and that it rests.
func TestJoinsWithThePast(t *testing.T) {
	c := carry(t, About{}, Keys{}, "100000")
	a := c.dial(drives)
	a.must(&session.Step{N: 30})
	a.until(func(s seen) bool { return s.Type == wire.Paused && s.Step == 30 })
	a.must(&session.Set{Field: "lr_g", Value: "0.001"})
	for range 2 {
		b := c.dial(drives)
		s := b.type_(wire.Started)
		if s.Recipe == nil || s.Recipe.LRG != 0.001 || len(s.beside) == 0 || s.Continues {
			t.Errorf("it is told of a start with %+v and %d bytes of noise", s.Recipe, len(s.beside))
		}
		var points []wire.Point
		rests := b.until(func(s seen) bool {
			if s.Type == wire.Stepped {
				points = append(points, s.Points...)
			}
			if s.Type == wire.Sampled && (s.Sheet == nil || len(s.beside) == 0) {
				t.Error("there are no pictures")
			}
			return s.Type == wire.Paused
		})
		if rests.Step != 30 || len(points) != 30 {
			t.Errorf("it is told of %d steps, and that it rests at %d", len(points), rests.Step)
		}
		for i, p := range points {
			if p != c.points[i] {
				t.Fatalf("step %d is told as %+v, and was %+v", i+1, p, c.points[i])
			}
		}
		_ = b.socket.Close(websocket.StatusNormalClosure, "") // a page that is reloaded
	}
}

// A run that the command line started goes on when whoever paused it has gone, and is not replaced.
func TestGivenRunGoesOn(t *testing.T) {
	c := carry(t, About{Given: true, Grace: time.Millisecond}, Keys{}, "100000")
	a := c.dial(drives)
	a.must(&session.Resume{})
	for name, command := range map[string]session.Command{"start": &session.Start{}, "load": &session.Load{}, "stop": &session.Stop{}, "branch": &session.Branch{}, "data": &session.Data{}} {
		if s := a.ask(command); !strings.Contains(s.Error, "command line") {
			t.Errorf("%s is answered by %q", name, s.Error)
		}
	}
	a.must(&session.Pause{})
	b := c.dial(looks)
	at := b.type_(wire.Paused).Step
	_ = a.socket.CloseNow()
	b.until(func(s seen) bool { return s.Type == wire.Stepped && s.Step > at })
}

// Pictures are made while somebody looks, and none while nobody does.
func TestNobodyLooks(t *testing.T) {
	c := carry(t, About{}, Keys{}, "100000")
	a := c.dial(drives)
	a.must(&session.Resume{})
	a.until(func(s seen) bool { return s.Type == wire.Sampled && s.Step > 0 })
	_ = a.socket.CloseNow()
	c.left(0)
	count := func() (sheets, steps int) {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.sheets, len(c.points)
	}
	_, at := count()
	for _, steps := count(); steps < at+2; _, steps = count() { // what was begun is over
		time.Sleep(time.Millisecond)
	}
	before, at := count()
	for began := time.Now(); time.Since(began) < time.Second; { // three times as long as pictures are apart at least
		time.Sleep(time.Millisecond)
	}
	if sheets, steps := count(); sheets != before || steps == at {
		t.Errorf("in %d steps nobody looked at there were %d sheets", steps-at, sheets-before)
	}
	b := c.dial(looks)
	at = b.type_(wire.Started).Step
	b.until(func(s seen) bool { return s.Type == wire.Sampled && s.Step > 0 })
	b.until(func(s seen) bool { return s.Type == wire.Sampled && s.Step > at })
}

// Whatever viewers do, ten that look, one that goes, one that never reads, garbage, what is too large, cut and half-closed connections,
// the run's losses are those of one that nobody looked at, bit for bit.
func TestLossesAreTheSame(t *testing.T) {
	const epochs = "40"
	alone := carry(t, About{}, Keys{}, epochs)
	alone.hub.commands <- session.Message{Command: &session.Resume{}}
	if err := wait(t, alone.over); err != nil {
		t.Fatal(err)
	}
	c := carry(t, About{}, Keys{}, epochs)
	a := c.dial(drives)
	a.must(&session.Step{N: 3})
	var gone sync.WaitGroup
	defer gone.Wait()
	for i := range 10 {
		v := c.dial([]string{drives, looks}[i%2])
		gone.Go(func() {
			for n := 0; ; n++ {
				if _, err := v.read(); err != nil {
					return
				}
				if i == 3 && n == 20 {
					_ = v.socket.CloseNow()
					return
				}
			}
		})
	}
	c.dial(drives) // which never reads
	for _, text := range []string{"no JSON", `{"type":"none","id":4}`, `{"type":"generate","id":"x"}`, `{"type":"resume","id":5}`, `{"type":"drive"}`} {
		c.dial(looks).say(text)
	}
	c.dial("who I am") // no hello
	_ = c.dial(looks).socket.Write(context.Background(), websocket.MessageBinary, make([]byte, mostLook+1))
	for _, header := range []http.Header{{"Origin": {"https://elsewhere.example"}}, {"Host": {"elsewhere.example"}}} {
		if _, _, err := websocket.Dial(context.Background(), c.server.URL+Socket, &websocket.DialOptions{HTTPHeader: header, Host: header.Get("Host")}); err == nil {
			t.Errorf("%v is let in", header)
		}
	}
	cuts := newProxy(t, c, 0, 0)
	for _, half := range []bool{true, false} {
		v := cuts.through(c).dial(looks)
		v.type_("role")
		if pair := <-cuts.conns; half {
			_ = pair[1].CloseWrite()
		} else {
			_ = pair[1].SetLinger(0)
			_ = pair[1].Close()
		}
	}
	v := c.dial(looks)
	for _, command := range []session.Command{&session.Generate{Count: 9, Digit: -1}, &session.Noise{}, &session.Inspect{}, &session.Wish{}, &session.History{}, &session.Game{Seed: 3}} {
		v.must(command)
	}
	for range 5 {
		a.must(&session.Step{Depth: "update"})
	}
	a.must(&session.Measure{})
	a.must(&session.Save{})
	a.must(&session.Resume{})
	gone.Go(func() {
		for {
			if _, err := a.read(); err != nil {
				return
			}
		}
	})
	if err := wait(t, c.over); err != nil {
		t.Fatal(err)
	}
	if len(alone.points) != 800 || len(c.points) != len(alone.points) {
		t.Fatalf("%d steps alone, %d with viewers", len(alone.points), len(c.points))
	}
	for i := range c.points {
		if c.points[i] != alone.points[i] {
			t.Fatalf("step %d is %+v with viewers, %+v without", i+1, c.points[i], alone.points[i])
		}
	}
	c.server.CloseClientConnections()
	for _, v := range c.hub.all() {
		_ = v.socket.CloseNow()
	}
}

func wait(t *testing.T, over chan error) error {
	t.Helper()
	select {
	case err := <-over:
		return err
	case <-time.After(patience):
		t.Fatal("the run never ends")
		return nil
	}
}

// A process that ends as it was to says so to everybody who listens.
func TestCloses(t *testing.T) {
	c := carry(t, About{}, Keys{}, "1")
	a := c.dial(drives)
	a.type_("role")
	go c.hub.Close()
	if code := a.code(); code != closeOver {
		t.Errorf("the code is %d", code)
	}
	if _, response, err := websocket.Dial(context.Background(), c.server.URL+Socket, nil); err == nil && response.StatusCode == http.StatusSwitchingProtocols {
		v := &client{t: t}
		v.socket, _, err = websocket.Dial(context.Background(), c.server.URL+Socket, nil)
		if err == nil {
			if _, err := v.read(); err == nil {
				t.Error("a hub that has closed takes viewers in")
			}
		} else if errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	}
}
