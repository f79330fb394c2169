package f32

import "sync"

// pool shares the parts of one task at a time out to helper goroutines and the caller. Helpers sleep between tasks, and
// one that wakes late finds nothing left to do: the caller never waits for it.
type pool struct {
	turn sync.Mutex // held by whoever has a task done

	mu   sync.Mutex // guards the fields below
	work Task
	next int // the first part that nobody has taken
	all  int
	left int // parts that are not done

	wake []chan struct{} // one a helper, each with room for one signal
	gone chan struct{}   // a helper has ended
	done chan struct{}   // the last part is done
}

// workers is the pool of the whole program: two sets never compete for the cores.
var workers = pool{gone: make(chan struct{}), done: make(chan struct{}, 1)}

// size is the number of workers, the caller (number 0) included.
func (p *pool) size() int { return 1 + len(p.wake) }

// resize makes p have n workers. A helper that is let go has ended before its number is given to another.
func (p *pool) resize(n int) {
	p.turn.Lock()
	defer p.turn.Unlock()
	for len(p.wake) > n-1 && len(p.wake) > 0 {
		last := len(p.wake) - 1
		close(p.wake[last])
		<-p.gone
		p.wake = p.wake[:last]
	}
	for len(p.wake) < n-1 {
		wake := make(chan struct{}, 1)
		p.wake = append(p.wake, wake)
		go p.help(wake, len(p.wake))
	}
}

func (p *pool) help(wake chan struct{}, worker int) {
	for range wake {
		p.take(worker)
	}
	p.gone <- struct{}{}
}

// run does the parts 0 … n−1 of t and returns when all are done. The caller holds p.turn.
func (p *pool) run(t Task, n int) {
	if len(p.wake) == 0 || n < 2 {
		alone(t, n)
		return
	}
	p.mu.Lock()
	p.work, p.next, p.all, p.left = t, 0, n, n
	p.mu.Unlock()
	for i := range min(len(p.wake), n-1) {
		select {
		case p.wake[i] <- struct{}{}:
		default: // it has not yet seen the signal of an earlier task
		}
	}
	p.take(0)
	<-p.done
}

// take does parts until none is left to take.
func (p *pool) take(worker int) {
	p.mu.Lock()
	for p.next < p.all {
		t, i := p.work, p.next
		p.next++
		p.mu.Unlock()
		t.Part(i, worker)
		p.mu.Lock()
		if p.left--; p.left == 0 {
			p.done <- struct{}{}
		}
	}
	p.mu.Unlock()
}
