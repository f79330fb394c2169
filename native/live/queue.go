package live

import (
	"slices"
	"sync"

	"ganvas/core/wire"
)

// queue is what is on its way to one viewer. What grows old is dropped: of pictures and of what is told anew each time only
// the newest waits, and steps that wait are told together. Adding never blocks.
type queue struct {
	mu     sync.Mutex
	items  []*message
	filled chan struct{} // holds one token while there are items
	over   bool          // nothing more will come
}

func newQueue() *queue { return &queue{filled: make(chan struct{}, 1)} }

// newest are the events of which only the newest matters.
var newest = []wire.EventType{wire.Sampled, wire.Remembered, wire.Measured, wire.Diagnosed, wire.Loading}

// push adds a message; false means that the viewer has fallen too far behind.
func (q *queue) push(m *message) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.over {
		return true
	}
	kind := m.event.Type
	switch {
	case kind == wire.Stepped && q.joined(m):
		return len(q.items) == 0 || q.points() <= mostPoints
	case slices.Contains(newest, kind):
		q.items = slices.DeleteFunc(q.items, func(o *message) bool { return o.event.Type == kind })
	}
	q.items = append(q.items, m)
	select {
	case q.filled <- struct{}{}:
	default:
	}
	return len(q.items) <= mostQueued
}

// joined adds steps to those that wait, if no more than pictures and the like has come after them.
func (q *queue) joined(m *message) bool {
	for i, o := range slices.Backward(q.items) {
		switch {
		case o.event.Type == wire.Stepped && o.event.Each == m.event.Each:
			e := m.event
			if o.own {
				e.Points = append(o.event.Points, e.Points...)
			} else { // the old one is other viewers', too
				e.Points = slices.Concat(o.event.Points, e.Points)
			}
			q.items[i] = &message{event: e, own: true}
			return true
		case !slices.Contains(newest, o.event.Type):
			return false
		}
	}
	return false
}

func (q *queue) points() (n int) {
	for _, m := range q.items {
		n += len(m.event.Points)
	}
	return n
}

// pop takes the oldest message; nil where there is none.
func (q *queue) pop() *message {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		return nil
	}
	m := q.items[0]
	q.items = slices.Delete(q.items, 0, 1)
	return m
}

// end lets what waits be the last.
func (q *queue) end() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.over {
		q.over = true
		close(q.filled)
	}
}
