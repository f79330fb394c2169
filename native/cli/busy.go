package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// busy tells that work goes on that takes more than a moment, and how far it is: on a terminal in one line that is written
// over, elsewhere in a line now and then.
type busy struct {
	w     io.Writer
	over  bool // lines are written over
	began time.Time
	ended chan struct{}
	gone  sync.WaitGroup
	once  sync.Once

	mu          sync.Mutex // of what follows, and of lines that are written
	what        string
	done, total int
}

// quiet is how long nothing is said.
var quiet = 2 * time.Second

// How often something is said then.
const (
	busyLines = 10 * time.Second
	busyOver  = 200 * time.Millisecond
)

// busy begins to tell of work; its end is to be told.
func (w *world) busy(what string) *busy {
	f, file := w.err.(*os.File)
	b := &busy{w: w.err, over: file && terminal(f), began: time.Now(), ended: make(chan struct{}), what: what}
	b.gone.Go(b.tell)
	w.works.Store(b)
	return b
}

// at says how much is done of all that there is to do; 0 of 0 where that is not known.
func (b *busy) at(what string, done, total int) {
	b.mu.Lock()
	b.what, b.done, b.total = what, done, total
	b.mu.Unlock()
}

// say writes a line that stays.
func (b *busy) say(to io.Writer, line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.over {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
	fmt.Fprintln(to, line)
}

// end ends it, once.
func (b *busy) end() {
	b.once.Do(func() { close(b.ended) })
	b.gone.Wait()
}

func (b *busy) tell() {
	select {
	case <-b.ended:
		return
	case <-time.After(quiet):
	}
	every, before, after := busyLines, "", "\n"
	if b.over {
		every, before, after = busyOver, "\r\x1b[K", ""
		defer fmt.Fprint(b.w, before)
	}
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		b.mu.Lock()
		fmt.Fprint(b.w, before, b, after)
		b.mu.Unlock()
		select {
		case <-b.ended:
			return
		case <-t.C:
		}
	}
}

// String is how far the work is, such as "measuring: 31 % (12s)".
func (b *busy) String() string {
	took := time.Since(b.began).Round(time.Second)
	if b.total == 0 {
		return fmt.Sprintf("%s (%v)", b.what, took)
	}
	return fmt.Sprintf("%s: %d %% (%v)", b.what, 100*b.done/b.total, took)
}
