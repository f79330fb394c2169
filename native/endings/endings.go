// Package endings knows the signals that end a program, what is said of them, and the exit codes that they lead to.
package endings

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Promptly is what a program without anything to save has to end in after a signal.
const Promptly = time.Second

// Signals are those that end a program: Ctrl-C, what service managers and shutdowns send, a closed terminal, and an
// output that nobody reads any more. What nohup has switched off stays off.
func Signals() []os.Signal {
	s := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE}
	if !signal.Ignored(syscall.SIGHUP) {
		s = append(s, syscall.SIGHUP)
	}
	return s
}

// By is the cause of a context that a signal has ended; its zero value is of no signal.
type By struct{ Signal os.Signal }

func (b By) Error() string {
	switch b.Signal {
	case os.Interrupt:
		return "stopped by Ctrl-C before it was done"
	case syscall.SIGHUP:
		return "stopped before it was done, since the terminal was closed"
	case syscall.SIGPIPE:
		return "stopped before it was done, since nobody reads what it says any more"
	}
	return "stopped before it was done by a signal to end"
}

// Code is the exit code that shells give to programs that a signal ends.
func (b By) Code() int {
	if n, ok := b.Signal.(syscall.Signal); ok {
		return 128 + int(n)
	}
	return 130 // Interrupt, on systems whose signals have no numbers
}

// Code is the exit code of a program whose context has ended.
func Code(ctx context.Context) int {
	var b By
	if errors.As(context.Cause(ctx), &b) {
		return b.Code()
	}
	return 130
}
