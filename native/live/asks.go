package live

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"ganvas/core/session"
	"ganvas/core/wire"
)

// ask is a command of a viewer.
type ask struct {
	from    *viewer // nil where nobody waits for the answer any more
	id      int     // by which it knows it
	command session.Command
	turn    chan struct{} // closed once it is answered, where others wait for that
}

// Reasons why a command is not carried out.
var (
	errMany  = errors.New("There are too many commands at once; try again.")
	errGiven = errors.New("This run belongs to the command line that started it: it can be paused, stepped and looked into, but no other takes its place.")
	errLooks = errors.New("This page only looks at the run: another one drives it.")
	errView  = errors.New("This link only looks at the run.")
)

// restFor is how long the run is left alone after a command of somebody who only looks, in times of what that took.
const restFor = 4

// take passes a viewer's command on, or says why not.
func (h *Hub) take(v *viewer, m session.Message) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	effect, drives := session.EffectOf(m.Command), v == h.driver
	switch {
	case effect != session.Looks && !v.may:
		return errView
	case effect != session.Looks && !drives:
		return errLooks
	case effect == session.Replaces && h.about.Given:
		return errGiven
	}
	most := mostWaiting
	if !drives {
		most = mostLooking
	}
	if v.waiting >= most {
		return errMany
	}
	a := ask{from: v, id: m.ID, command: m.Command}
	if drives {
		h.driven = h.driven || effect != session.Looks
		if !h.pass(a, m.Command) {
			return errMany
		}
		v.waiting++
		return nil
	}
	select {
	case h.line <- a:
		v.waiting++
		return nil
	default:
		return errMany
	}
}

// pass gives the session a command.
func (h *Hub) pass(a ask, c session.Command) bool {
	h.next++
	select {
	case h.commands <- session.Message{ID: h.next, Command: c}:
		h.asked[h.next] = a
		return true
	default:
		return false
	}
}

// serveLine has the commands of those who only look carried out one after the other, so that all of them together take no more
// than a part of the run's time.
func (h *Hub) serveLine() {
	for {
		var a ask
		select {
		case <-h.ctx.Done():
			return
		case a = <-h.line:
		}
		a.turn = make(chan struct{})
		began := time.Now()
		h.mu.Lock()
		passed := h.pass(a, a.command)
		if !passed {
			h.refuse(a, errMany)
		}
		h.mu.Unlock()
		if !passed {
			continue
		}
		select {
		case <-h.ctx.Done():
			return
		case <-a.turn:
		}
		if h.rests() {
			continue
		}
		select {
		case <-h.ctx.Done():
			return
		case <-time.After(min(restFor*time.Since(began), 10*time.Second)):
		}
	}
}

// rests reports whether the run waits, so that looking costs it nothing.
func (h *Hub) rests() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.memory.state == wire.Paused || h.memory.state == wire.Stopped
}

// answer brings an answer to whoever asked.
func (h *Hub) answer(e wire.Event) {
	a, is := h.asked[e.ID]
	if !is {
		return
	}
	delete(h.asked, e.ID)
	if c, is := a.command.(*session.Step); is && c.Depth != "update" && e.Error == "" && h.memory.state == wire.Paused {
		h.memory.state = wire.Resumed // no event says so
		h.rested()
	}
	if a.turn != nil {
		close(a.turn)
	}
	if a.from == nil {
		return
	}
	a.from.waiting--
	e.ID, e.Bytes = a.id, bytes.Clone(e.Bytes)
	m := &message{event: e}
	m.json() // now: the data may be the run's own
	a.from.send(m)
}

// refuse answers a command that was not carried out.
func (h *Hub) refuse(a ask, why error) {
	if a.from != nil {
		a.from.waiting--
		a.from.send(refusal(a.id, why))
	}
}

func refusal(id int, why error) *message {
	return &message{event: wire.Event{Type: wire.Answered, ID: id, Error: fmt.Sprint(why)}}
}
