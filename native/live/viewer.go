package live

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/coder/websocket"

	"ganvas/core/session"
)

// viewer is one connection of somebody who looks.
type viewer struct {
	may     bool // drive
	socket  *websocket.Conn
	waits   waits
	queue   *queue
	done    chan struct{} // closed once everything has been written or nothing more can be
	waiting int           // commands that are not answered yet; the hub's
	parts   []byte        // of what goes beside its next command
	behind  context.CancelCauseFunc
}

// hello is the first message from a viewer.
type hello struct {
	Type  string `json:"type"`
	Token string `json:"token"`
	View  bool   `json:"view"` // it only wants to look
}

var (
	errBehind = errors.New("the viewer does not take what is sent")
	errLarge  = errors.New("the message is too large")
)

// send puts a message on its way; whoever has fallen too far behind is cut off, and can come back to how the run is then.
func (v *viewer) send(m *message) {
	if !v.queue.push(m) {
		v.behind(errBehind)
	}
}

// serve talks to one connection until either side ends it.
func (h *Hub) serve(ctx context.Context, c *websocket.Conn, keys Keys) {
	defer c.CloseNow()
	c.SetReadLimit(mostHello)
	may, err := greet(ctx, c, keys, h.waits.greeting)
	if err != nil {
		code := websocket.StatusPolicyViolation
		if errors.Is(err, errToken) {
			code = closeToken
		}
		_ = c.Close(code, err.Error())
		return
	}
	ctx, cut := context.WithCancelCause(ctx)
	defer cut(nil)
	v := &viewer{may: may, socket: c, waits: h.waits, queue: newQueue(), done: make(chan struct{}), behind: cut}
	if !h.join(v) {
		_ = c.Close(closeFull, "there are too many viewers")
		return
	}
	defer h.leave(v)
	go v.write(ctx)
	go v.beat(ctx)
	c.SetReadLimit(most(v.may))
	err = v.read(ctx, h)
	if errors.Is(context.Cause(ctx), errBehind) {
		_ = c.Close(closeBehind, errBehind.Error())
	} else if errors.Is(err, errFrame) {
		_ = c.Close(websocket.StatusUnsupportedData, err.Error())
	} else if errors.Is(err, errLarge) {
		_ = c.Close(websocket.StatusMessageTooBig, err.Error())
	}
	cut(nil)
	<-v.done
}

var (
	errToken = errors.New("the token is wrong")
	errHello = errors.New("the connection did not say who it is")
)

// greet reads who a connection is, which it has so long to say, and whether it may drive.
func greet(ctx context.Context, c *websocket.Conn, keys Keys, within time.Duration) (may bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	_, b, err := c.Read(ctx)
	if err != nil {
		return false, err
	}
	var m hello
	if json.Unmarshal(b, &m) != nil || m.Type != "hello" {
		return false, errHello
	}
	return keys.let(m)
}

// Keys are the tokens that open the hub.
type Keys struct {
	Drive string // "" where none is asked for
	View  string // that only looks
}

// let says whether a token opens the hub, and for what. How long that takes tells nothing of how much of it is right.
func (k Keys) let(m hello) (may bool, err error) {
	if k.Drive == "" {
		return !m.View, nil
	}
	drives := subtle.ConstantTimeCompare([]byte(m.Token), []byte(k.Drive)) == 1
	views := k.View != "" && subtle.ConstantTimeCompare([]byte(m.Token), []byte(k.View)) == 1
	if !drives && !views {
		return false, errToken
	}
	return drives && !m.View, nil
}

// write sends what waits, until nothing more will come.
func (v *viewer) write(ctx context.Context) {
	defer close(v.done)
	for {
		m := v.queue.pop()
		if m == nil {
			select {
			case <-ctx.Done():
				return
			case _, more := <-v.queue.filled:
				if m = v.queue.pop(); m == nil {
					if !more {
						_ = v.socket.Close(closeOver, "the process has ended")
						return
					}
					continue
				}
			}
		}
		if err := v.put(ctx, m); err != nil {
			v.behind(errBehind)
			return
		}
	}
}

func (v *viewer) put(ctx context.Context, m *message) error {
	if m.event.Bytes == nil {
		return v.say(ctx, websocket.MessageText, m.json())
	}
	rest := m.event.Bytes
	for ; len(rest) > piece; rest = rest[piece:] {
		if err := v.say(ctx, websocket.MessageBinary, join(partText, rest[:piece])); err != nil {
			return err
		}
	}
	return v.say(ctx, websocket.MessageBinary, join(m.json(), rest))
}

func (v *viewer) say(ctx context.Context, kind websocket.MessageType, b []byte) error {
	ctx, cancel := context.WithTimeout(ctx, v.waits.stalled)
	defer cancel()
	return v.socket.Write(ctx, kind, b)
}

// beat gives signs of life, which tell the page that the connection stands, and hears whether the viewer lives: a connection whose
// other end has gone without a word is cut.
func (v *viewer) beat(ctx context.Context) {
	t := time.NewTicker(v.waits.beat)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		v.send(plain(struct {
			Type string `json:"type"`
		}{"alive"}))
		heard, cancel := context.WithTimeout(ctx, v.waits.stalled)
		err := v.socket.Ping(heard)
		cancel()
		if err != nil {
			v.behind(errBehind)
			return
		}
	}
}

// read takes commands, no more of them than anybody could mean.
func (v *viewer) read(ctx context.Context, h *Hub) error {
	rate := allowance{left: 2 * perSecond, at: time.Now()}
	for {
		rate.wait(ctx)
		kind, r, err := v.socket.Reader(ctx)
		if err != nil {
			return err
		}
		b, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		text, beside := b, []byte(nil)
		if kind == websocket.MessageBinary {
			if text, beside, err = part(b); err != nil {
				return err
			}
		}
		if err := v.hear(h, text, beside); err != nil {
			return err
		}
	}
}

// hear takes one message. One that is no JSON at all ends the conversation; a command that cannot be is answered.
func (v *viewer) hear(h *Hub, text, beside []byte) error {
	if !json.Valid(text) {
		return errFrame
	}
	var m struct {
		Type string `json:"type"`
	}
	switch _ = json.Unmarshal(text, &m); m.Type {
	case "drive":
		h.drive(v)
		return nil
	case "part":
		if v.parts = append(v.parts, beside...); int64(len(v.parts)) > most(v.may) {
			return errLarge
		}
		return nil
	}
	if v.parts != nil {
		beside, v.parts = append(v.parts, beside...), nil
	}
	command, id, err := session.Decode(string(text), beside)
	if err == nil {
		err = h.take(v, command)
	}
	if err != nil {
		v.send(refusal(id, err))
	}
	return nil
}

// allowance is how many messages may still be read now.
type allowance struct {
	left float64
	at   time.Time
}

// wait waits until the next one may be.
func (a *allowance) wait(ctx context.Context) {
	now := time.Now()
	a.left = min(2*perSecond, a.left+perSecond*now.Sub(a.at).Seconds())
	a.at = now
	if a.left--; a.left >= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(-a.left / perSecond * float64(time.Second))):
	}
}
