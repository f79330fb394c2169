package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// endings are the signals that end a command: Ctrl-C, what service managers and shutdowns send, a closed terminal, and an
// output that nobody reads any more. What nohup has switched off stays off.
func endings() []os.Signal {
	s := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE}
	if !signal.Ignored(syscall.SIGHUP) {
		s = append(s, syscall.SIGHUP)
	}
	return s
}

// stopped is the cause of a context that a signal has ended.
type stopped struct{ by os.Signal }

func (s stopped) Error() string {
	switch s.by {
	case os.Interrupt:
		return "stopped by Ctrl-C before it was done"
	case syscall.SIGHUP:
		return "stopped before it was done, since the terminal was closed"
	case syscall.SIGPIPE:
		return "stopped before it was done, since nobody reads what it says any more"
	}
	return "stopped before it was done by a signal to end"
}

// code is the exit code that shells give to programs that a signal ends.
func (s stopped) code() int {
	if n, ok := s.by.(syscall.Signal); ok {
		return 128 + int(n)
	}
	return 130 // Interrupt, on systems whose signals have no numbers
}

// stopCode is the exit code of a command whose context has ended.
func stopCode(ctx context.Context) int {
	var s stopped
	if errors.As(context.Cause(ctx), &s) {
		return s.code()
	}
	return 130
}

const (
	promptly = time.Second            // what a command without anything to save has to end in after a signal
	twice    = 100 * time.Millisecond // within which two equal signals are one: some programs send them to a process and to its group
)

// holding is set while a command has something to save that it saves by itself once its context ends.
type holding = atomic.Bool

// untilDone waits for a command that is under way. A signal ends its context; one that does not end then, and has nothing to
// save, is left to itself, since the process ends. A second Ctrl-C is obeyed at once.
func (w *world) untilDone(done <-chan error, signals <-chan os.Signal, end context.CancelCauseFunc) (code int) {
	var why stopped
	var at time.Time
	var look <-chan time.Time
	said := false
	for {
		select {
		case err := <-done:
			return w.outcome(err, why)
		case s := <-signals:
			if why.by == nil {
				why, at = stopped{s}, time.Now()
				end(why)
				t := time.NewTicker(promptly / 10)
				defer t.Stop()
				look = t.C
			} else if s == os.Interrupt && time.Since(at) > twice {
				removeParts()
				return why.code()
			}
		case <-look:
			switch over := time.Since(at) > promptly; {
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
func (w *world) outcome(err error, why stopped) int {
	var code errExit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case why.by != nil && (!w.holds.Load() || errors.Is(err, context.Canceled)):
		return w.saidStopped(why)
	}
	fmt.Fprintf(w.err, "ganvas: %s\n", strings.TrimSpace(err.Error()))
	return 1
}

// saidStopped says that a signal has ended the command.
func (w *world) saidStopped(why stopped) int {
	if b := w.works.Load(); b != nil {
		b.end()
	}
	after, _ := w.afterwards.Load().(string)
	fmt.Fprintf(w.err, "ganvas: %v%s\n", why, after)
	return why.code()
}
