// Package program is what the authors' own programs have in common: a command line, the Go engine with SIMD, the digits,
// and files that are written whole or not at all.
package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"

	"ganvas/core/data"
	"ganvas/core/data/folder"
	"ganvas/core/data/mnist"
	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
	"ganvas/native/endings"
	"ganvas/native/kernels"
	"ganvas/native/rerun"

	"github.com/alecthomas/kong"
)

// Command is what one of the programs does; its fields are its flags, in kong's form.
type Command interface {
	// Run writes results to out and what it has to say on the way to errs. It ends early when ctx does.
	Run(ctx context.Context, out, errs io.Writer) error
}

// Main runs a program with this process's arguments, built with SIMD instructions where those can be had, and returns the
// exit code: 0, 1 after an error, which is one sentence, 130 after Ctrl-C and 128 plus its number after another signal.
func Main(name, what string, c Command) int {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, endings.Signals()...)
	defer signal.Stop(signals)
	ctx, end := context.WithCancelCause(context.Background())
	defer end(nil)
	k, err := kong.New(c, kong.Name("go run ./native/lab/"+name), kong.Description(what))
	if err == nil {
		_, err = k.Parse(os.Args[1:])
	}
	if err != nil {
		return failed(name, err)
	}
	done := make(chan int, 1)
	go func() { done <- run(ctx, name, c) }()
	select {
	case code := <-done:
		return code
	case s := <-signals:
		end(endings.By{Signal: s})
	}
	select {
	case code := <-done:
		return code
	case <-time.After(endings.Promptly): // what does not listen is left to itself, since the process ends
		return failed(name, context.Cause(ctx))
	}
}

// run runs the program in the way in which it computes fastest and says how it has ended.
func run(ctx context.Context, name string, c Command) (code int) {
	switch code, err := rerun.Self(ctx, rerun.Build{Env: []string{"CGO_ENABLED=0"}}, os.Stderr); {
	case err == nil:
		return code
	case ctx.Err() != nil:
		return failed(name, context.Cause(ctx))
	case !errors.Is(err, rerun.ErrStay):
		fmt.Fprintf(os.Stderr, "on the Go engine as it is: %v\n", err)
	}
	err := c.Run(ctx, os.Stdout, os.Stderr)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		return failed(name, err)
	}
	return 0
}

// failed says why a program ends, and is its exit code.
func failed(name string, err error) (code int) {
	fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
	var by endings.By
	if errors.As(err, &by) {
		return by.Code()
	}
	return 1
}

// Flags choose the threads and the digits.
type Flags struct {
	Threads int    `help:"Threads to use; 0 takes one for each core." placeholder:"N"`
	Data    string `help:"Folder with IDX files of digits in place of MNIST." placeholder:"DIR"`
}

// Engine is the Go engine with the fastest kernels of this machine.
func (f Flags) Engine() (engine.Engine, error) {
	if f.Threads < 0 || f.Threads > 1024 {
		return nil, fmt.Errorf("threads is %d: it must be from 0 to 1024", f.Threads)
	}
	chosen, err := kernels.Named("")
	if err != nil {
		return nil, err
	}
	n := f.Threads
	if n == 0 {
		n = runtime.NumCPU()
	}
	f32.Use(chosen.Kernels)
	f32.Threads(n)
	e := cpu.New(nil)
	e.SetThreads(n)
	return e, nil
}

// Halves are the pictures to train on and the held-out ones; MNIST's digits are fetched once (11 MB).
func (f Flags) Halves(ctx context.Context) (train, held *data.Set, err error) {
	open := func(split data.Split) (*data.Set, error) {
		if f.Data != "" {
			return folder.Open(folder.Name(f.Data), f.Data, split)
		}
		return mnist.Open(ctx, split)
	}
	if train, err = open(data.TrainSplit); err != nil {
		return nil, nil, err
	}
	held, err = open(data.TestSplit)
	return train, held, err
}

// Write puts b under path whole or not at all.
func Write(path string, b []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return nil
}
