package live

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"time"

	"ganvas/core/session"
	"ganvas/core/wire"
)

// Hub stands between one run and those who look at it. Its Emit is the session's; nobody who looks can make it wait.
type Hub struct {
	about About
	waits waits
	ctx   context.Context
	over  context.CancelFunc
	gone  sync.WaitGroup // connections and what else goes on beside the run

	commands chan session.Message
	line     chan ask // of those who only look: carried out in turn, within a share of the time

	mu      sync.Mutex
	memory  memory
	viewers []*viewer // oldest first
	driver  *viewer   // nil while nobody drives
	asked   map[int]ask
	next    int    // ID of the last command that was passed on
	driven  bool   // somebody has given a command that changes how the run goes
	resting *timer // lets a run go on that nobody is there to go on with
}

// About is what the hub says of its process.
type About struct {
	Where string // the machine's name
	Given bool   // the run is the command line's: nobody may put another in its place, and it goes on when nobody is there

	// Grace is how long a given run rests after whoever paused it has gone; 0 for 15 seconds.
	Grace time.Duration
}

// New is a hub without viewers.
func New(about About) *Hub {
	if about.Grace == 0 {
		about.Grace = 15 * time.Second
	}
	h := &Hub{about: about, waits: usual, commands: make(chan session.Message, 256), line: make(chan ask, mostViewers*mostLooking), asked: map[int]ask{}}
	h.ctx, h.over = context.WithCancel(context.Background())
	h.resting = newTimer(h.goOn)
	h.gone.Go(h.serveLine)
	return h
}

// Commands is what the session is to carry out.
func (h *Hub) Commands() <-chan session.Message { return h.commands }

// Pictures is the session's of that name: share while somebody looks, and nothing while nobody does.
func (h *Hub) Pictures(share float64) func() float64 {
	return func() float64 {
		h.mu.Lock()
		defer h.mu.Unlock()
		if len(h.viewers) == 0 {
			return 0
		}
		return share
	}
}

// Emit tells everybody of an event, or one of them the answer to its command.
func (h *Hub) Emit(e wire.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if e.Type == wire.Answered {
		h.answer(e)
		return
	}
	if len(h.viewers) > 0 || e.Type == wire.Started {
		e.Bytes = bytes.Clone(e.Bytes)
	}
	h.memory.take(e)
	m := &message{event: e}
	for _, v := range h.viewers {
		v.send(m)
	}
	h.rested()
}

// join takes a viewer in and tells it of the run until now; it drives where it may and nobody does.
func (h *Hub) join(v *viewer) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.viewers) >= mostViewers || h.ctx.Err() != nil {
		return false
	}
	h.viewers = append(h.viewers, v)
	if h.driver == nil && v.may {
		h.driver = v
	}
	v.send(plain(h.welcome(v)))
	h.memory.tell(v.send)
	h.tellRoles()
	h.rested()
	return true
}

// welcome is the first message to a viewer.
func (h *Hub) welcome(v *viewer) any {
	return struct {
		Type    string `json:"type"`
		Version int    `json:"version"`
		Where   string `json:"where"`
		Given   bool   `json:"given"`
		Run     bool   `json:"run"`   // there is one
		Fresh   bool   `json:"fresh"` // which nobody has done anything with
		May     bool   `json:"may"`   // the viewer may drive
		Most    int64  `json:"most"`  // bytes that a message of its may have
	}{"welcome", version, h.about.Where, h.about.Given, h.memory.began(), !h.driven, v.may, most(v.may)}
}

// leave takes a viewer out. Where it drove, the oldest of the others that may does now.
func (h *Hub) leave(v *viewer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := slices.Index(h.viewers, v)
	if i < 0 {
		return
	}
	h.viewers = slices.Delete(h.viewers, i, i+1)
	for id, a := range h.asked {
		if a.from == v {
			h.asked[id] = ask{command: a.command, turn: a.turn} // its answer is nobody's
		}
	}
	if h.driver == v {
		h.driver = nil
		if i := slices.IndexFunc(h.viewers, func(o *viewer) bool { return o.may }); i >= 0 {
			h.driver = h.viewers[i]
		}
	}
	h.tellRoles()
	h.rested()
}

// drive makes a viewer the one that drives, if it may.
func (h *Hub) drive(v *viewer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if v.may && slices.Contains(h.viewers, v) {
		h.driver = v
		h.tellRoles()
	}
}

// tellRoles tells each viewer whether it drives, and who else is there.
func (h *Hub) tellRoles() {
	for _, v := range h.viewers {
		v.send(plain(struct {
			Type    string `json:"type"`
			Drives  bool   `json:"drives"`
			Driven  bool   `json:"driven"` // by whomever
			May     bool   `json:"may"`
			Viewers int    `json:"viewers"`
		}{"role", v == h.driver, h.driver != nil, v.may, len(h.viewers)}))
	}
}

// rested looks whether a given run rests while nobody is there who could let it go on.
func (h *Hub) rested() {
	if h.about.Given && h.driver == nil && h.memory.state == wire.Paused {
		h.resting.start(h.about.Grace)
	} else {
		h.resting.stop()
	}
}

// goOn lets a given run go on, if there is still nobody to do so.
func (h *Hub) goOn() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.driver == nil && h.memory.state == wire.Paused {
		h.pass(ask{}, &session.Resume{})
	}
}

// Close tells everybody that the process ends, as it was to, and waits a moment for them to hear it.
func (h *Hub) Close() {
	h.mu.Lock()
	for _, v := range h.viewers {
		v.queue.end()
	}
	h.mu.Unlock()
	heard := make(chan struct{})
	go func() {
		for _, v := range h.all() {
			<-v.done
		}
		close(heard)
	}()
	select {
	case <-heard:
	case <-time.After(h.waits.flushing):
	}
	h.over()
	h.resting.stop()
	h.gone.Wait()
}

func (h *Hub) all() []*viewer {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.viewers)
}

// timer calls a function after a while, unless it is stopped before. All calls to it are made one at a time.
type timer struct {
	f func()
	t *time.Timer
}

func newTimer(f func()) *timer { return &timer{f: f} }

func (t *timer) start(after time.Duration) {
	if t.t == nil {
		t.t = time.AfterFunc(after, t.f)
	}
}

func (t *timer) stop() {
	if t.t != nil {
		t.t.Stop()
		t.t = nil
	}
}
