package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"ganvas/native/endings"
)

// twice is within which two equal signals are one: some programs send them to a process and to its group.
const twice = 100 * time.Millisecond

// holding is set while a command has something to save that it saves by itself once its context ends.
type holding = atomic.Bool

// untilDone waits for a command that is under way. A signal ends its context; one that does not end then, and has nothing to
// save, is left to itself, since the process ends. A second Ctrl-C is obeyed at once.
func (w *world) untilDone(done <-chan error, signals <-chan os.Signal, end context.CancelCauseFunc) (code int) {
	var why endings.By
	var at time.Time
	var look <-chan time.Time
	said := false
	for {
		select {
		case err := <-done:
			return w.outcome(err, why)
		case s := <-signals:
			if why.Signal == nil {
				why, at = endings.By{Signal: s}, time.Now()
				end(why)
				t := time.NewTicker(endings.Promptly / 10)
				defer t.Stop()
				look = t.C
			} else if s == os.Interrupt && time.Since(at) > twice {
				removeParts()
				return why.Code()
			}
		case <-look:
			switch over := time.Since(at) > endings.Promptly; {
			case over && !w.holds.Load():
				removeParts()
				return w.saidStopped(why)
			case over && !said:
				said = true
				fmt.Fprintln(w.err, "Saving first; another Ctrl-C ends at once.")
			}
		}
	}
}

// outcome says how a command has ended, in one sentence where it is not as planned, and is the exit code.
func (w *world) outcome(err error, why endings.By) int {
	var code errExit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case why.Signal != nil && (!w.holds.Load() || errors.Is(err, context.Canceled)):
		return w.saidStopped(why)
	}
	fmt.Fprintf(w.err, "ganvas: %s\n", printable(strings.TrimSpace(err.Error()), "\n"))
	return 1
}

// saidStopped says that a signal has ended the command.
func (w *world) saidStopped(why endings.By) int {
	if b := w.works.Load(); b != nil {
		b.end()
	}
	after, _ := w.afterwards.Load().(string)
	fmt.Fprintf(w.err, "ganvas: %v%s\n", why, after)
	return why.Code()
}
