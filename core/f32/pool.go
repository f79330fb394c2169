package f32

import (
	"sync"
	"sync/atomic"
)

// Task is work in parts that may run in any order and at once, each on a worker of which 0 is the caller. A part calls no
// function of this package that shares work out itself: only Mix, Transpose, Patches and AddPatches.
type Task interface{ Part(i, worker int) }

// pool shares the parts of one task at a time out to helper goroutines and the caller. One that waits looks for a while
// before it sleeps, as a step has hundreds of tasks of which many take less time than waking does. A helper that comes
// late finds nothing left to do: the caller never waits for it.
type pool struct {
	turn sync.Mutex // held by whoever has a task done

	mu   sync.Mutex // guards the next three
	work Task
	next int // the first part that nobody has taken
	all  int

	left    atomic.Int32  // parts that are not done
	count   atomic.Uint32 // tasks so far
	helpers []*helper
	caller  sleeper // waits for left to become 0
	gone    chan struct{}
}

type helper struct {
	sleeper
	end atomic.Bool
}

// sleeper is one that waits: awake, or asleep until a signal comes.
type sleeper struct {
	asleep atomic.Bool
	signal chan struct{} // with room for one
}

// looks is how often a condition is looked at before sleeping: some 20 µs.
const looks = 20000

// wait returns when ready. Whoever makes it ready calls wake afterwards, maybe so late that it wakes from a later wait.
func (s *sleeper) wait(ready func() bool) {
	for {
		for range looks {
			if ready() {
				return
			}
		}
		s.asleep.Store(true)
		if ready() && s.asleep.CompareAndSwap(true, false) {
			return // nobody has seen it asleep
		}
		<-s.signal
	}
}

func (s *sleeper) wake() {
	if s.asleep.CompareAndSwap(true, false) {
		s.signal <- struct{}{}
	}
}

func newSleeper() sleeper { return sleeper{signal: make(chan struct{}, 1)} }

// workers is the pool of the whole program: two sets never compete for the cores.
var workers = pool{gone: make(chan struct{}), caller: newSleeper()}

// size is the number of workers, the caller (number 0) included.
func (p *pool) size() int { return 1 + len(p.helpers) }

// resize makes p have n workers. A helper that is let go has ended before its number is given to another.
func (p *pool) resize(n int) {
	p.turn.Lock()
	defer p.turn.Unlock()
	for len(p.helpers) > max(0, n-1) {
		last := len(p.helpers) - 1
		h := p.helpers[last]
		h.end.Store(true)
		h.wake()
		<-p.gone
		p.helpers = p.helpers[:last]
	}
	for len(p.helpers) < n-1 {
		h := &helper{sleeper: newSleeper()}
		p.helpers = append(p.helpers, h)
		go p.help(h, len(p.helpers))
	}
}

func (p *pool) help(h *helper, worker int) {
	seen := p.count.Load()
	for !h.end.Load() {
		h.wait(func() bool { return p.count.Load() != seen || h.end.Load() })
		seen = p.count.Load()
		p.take(worker)
	}
	p.gone <- struct{}{}
}

// run does the parts 0 … n−1 of t and returns when all are done. The caller holds p.turn.
func (p *pool) run(t Task, n int) {
	if len(p.helpers) == 0 || n < 2 {
		alone(t, n)
		return
	}
	p.mu.Lock()
	p.work, p.next, p.all = t, 0, n
	p.left.Store(int32(n))
	p.mu.Unlock()
	p.count.Add(1)
	for _, h := range p.helpers[:min(len(p.helpers), n-1)] {
		h.wake()
	}
	p.take(0)
	p.caller.wait(p.finished)
}

func (p *pool) finished() bool { return p.left.Load() == 0 }

// take does parts until none is left to take.
func (p *pool) take(worker int) {
	for {
		p.mu.Lock()
		t, i := p.work, p.next
		if i >= p.all {
			p.mu.Unlock()
			return
		}
		p.next++
		p.mu.Unlock()
		t.Part(i, worker)
		if p.left.Add(-1) == 0 {
			p.caller.wake()
		}
	}
}
