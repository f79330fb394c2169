// Package cli is the command line of the native program.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"ganvas/native/endings"
	"ganvas/native/rerun"

	"github.com/alecthomas/kong"
)

// commands is the whole command line.
type commands struct {
	Train    trainCmd    `cmd:"" default:"withargs" help:"Train a GAN; without a preset the classic one."`
	Studio   studioCmd   `cmd:"" help:"Serve the page with this process as its trainer."`
	Generate generateCmd `cmd:"" help:"Make images with trained weights."`
	Eval     evalCmd     `cmd:"" help:"Say how good trained weights are."`
	Publish  publishCmd  `cmd:"" help:"Make of trained weights a small file that the page offers."`
	Export   exportCmd   `cmd:"" help:"Give a trained generator away: as ONNX, for PyTorch or for NumPy."`
	Verify   verifyCmd   `cmd:"" help:"Replay traces of PyTorch runs and compare."`
	Bench    benchCmd    `cmd:"" help:"Time training steps."`
	Setup    setupCmd    `cmd:"" help:"Make libtorch ready: find it or fetch it, compile with it, try it."`

	Completion completionCmd `cmd:"" help:"Print what makes a shell complete commands, flags and choices."`

	HelpAll helpAll     `name:"help-all" help:"Every flag, in groups, with what it allows."`
	Version versionFlag `help:"Say what this program is built from and with."`
}

// world is what a command may touch.
type world struct {
	ctx      context.Context
	out, err io.Writer
	// again puts this program, built anew as b says, in this one's place; nil where it must stay.
	again func(ctx context.Context, b rerun.Build, errs io.Writer) (code int, err error)
	// compiled reports whether building so takes seconds, since what takes minutes is compiled; nil where nothing is.
	compiled   func(b rerun.Build) bool
	holds      *holding             // there is something to save before the program may end
	afterwards *atomic.Value        // text to be said where a signal ends a command: what is safe, and the way on
	works      atomic.Pointer[busy] // what is under way and told of
	computes   string               // the Go engine's kernels and why those, once it is there
	given      []*kong.Flag         // on the command line
	found      string               // lines on somebody's own data that were read, to be said once a command goes on with them
}

// errExit ends the program with that code after everything has been said.
type errExit int

func (e errExit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// Program runs the command line of this process, which gives its place to a build with libtorch or SIMD where that is
// wanted and can be had, and returns the exit code.
func Program() int {
	return start(os.Args[1:], &world{out: os.Stdout, err: os.Stderr, again: rerun.Self, compiled: rerun.Compiled})
}

// Main runs the command line in this build and returns the exit code: 0 when all went well, 1 after an error, which is
// one sentence on stderr, 130 after Ctrl-C and 128 plus its number after another signal.
func Main(args []string, out, errs io.Writer) int { return start(args, &world{out: out, err: errs}) }

func start(args []string, w *world) int {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, endings.Signals()...)
	defer signal.Stop(signals)
	ctx, end := context.WithCancelCause(context.Background())
	defer end(nil)
	w.ctx, w.holds = ctx, new(holding)
	w.afterwards = new(atomic.Value)
	out := &results{to: w.out}
	w.out = out
	done := make(chan error, 1)
	go func() { done <- execute(args, w) }()
	code := w.untilDone(done, signals, end)
	if code == 0 && out.err != nil && !errors.Is(out.err, syscall.EPIPE) { // a reader that goes away is a signal's affair
		return w.outcome(fmt.Errorf("stdout cannot be written: %w", plainly(out.err)), endings.By{})
	}
	return code
}

// results is standard output, whose first failure is kept: what a command was for is lost with it, though it was done.
type results struct {
	to  io.Writer
	err error
}

func (k *results) Write(b []byte) (int, error) {
	n, err := k.to.Write(b)
	if k.err == nil {
		k.err = err
	}
	return n, err
}
