package cli

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
	"ganvas/native/libtorch"
	"ganvas/native/rerun"
)

// engineFlags choose what computes.
type engineFlags struct {
	Engine    string `group:"engine" first:"" help:"What computes: libtorch on an NVIDIA GPU where setup has made it ready, else the core's own Go engine (auto, torch, go)." enum:"auto,torch,go" default:"auto"`
	Device    string `group:"engine" help:"Where libtorch computes (auto, cpu, cuda)." enum:"auto,cpu,cuda" default:"auto"`
	Precision string `group:"engine" help:"Numbers in libtorch's products: float32, or bfloat16 with float32 weights and sums (f32, bf16)." enum:"f32,bf16" default:"f32"`
	Threads   int    `group:"engine" first:"" help:"Threads to use; 0 takes one for each core." placeholder:"N"`
}

// open starts the engine that the flags ask for, in a program built for it.
func (f engineFlags) open(w *world) (engine.Engine, error) {
	if f.Threads < 0 || f.Threads > 1024 {
		return nil, fmt.Errorf("threads is %d: it must be from 0 to 1024", f.Threads)
	}
	if f.Engine != "go" && torch != nil {
		return torch(f)
	}
	lib, err := f.library(w)
	if err != nil {
		return nil, err
	}
	if err := w.rebuilt(lib); err != nil {
		if ended := errExit(0); f.Engine == "torch" || errors.As(err, &ended) || w.ctx.Err() != nil {
			return nil, err
		}
		fmt.Fprintf(w.err, "on the Go engine as it is: %v\n", err)
	}
	if f.Engine == "torch" {
		return nil, errors.New("this program is built without libtorch: start it with go run ./native in the project's folder, or take --engine go")
	}
	if f.Precision == "bf16" {
		return nil, errors.New("--precision bf16 is for libtorch, which is not set up here: run go run ./native setup, or take --precision f32")
	}
	return f.onCPU(), nil
}

// library is the libtorch to compute with, nil where the Go engine does.
func (f engineFlags) library(w *world) (*libtorch.Lib, error) {
	if f.Engine == "go" && f.Device == "cuda" {
		return nil, errors.New("the Go engine computes on the CPU: a GPU needs --engine torch, which go run ./native setup --cuda makes ready")
	}
	if f.Engine == "go" && f.Precision == "bf16" {
		return nil, errors.New("the Go engine computes in float32: --precision bf16 needs --engine torch")
	}
	if f.Engine == "go" || rerun.Done() || w.again == nil && f.Engine == "auto" {
		return nil, nil // whoever started this program has looked already
	}
	lib, err := libtorch.Ready()
	switch {
	case err == nil:
		return lib, nil
	case f.Engine == "torch":
		return nil, err
	case f.Device == "cuda":
		return nil, fmt.Errorf("there is no GPU to compute on without libtorch: %w", err)
	case libtorch.Supported() == nil:
		fmt.Fprintf(w.err, "on the Go engine: %v\n", err)
	}
	return nil, nil
}

// rebuilt puts a program in this one's place that has that libtorch, or SIMD where it is nil. It returns nil where this
// program is to stay.
func (w *world) rebuilt(lib *libtorch.Lib) error {
	if w.again == nil {
		return nil
	}
	b := rerun.Build{Env: []string{"CGO_ENABLED=0"}}
	if lib != nil {
		env, err := lib.Environment()
		if err != nil {
			return err
		}
		b = rerun.Build{Tags: []string{"libtorch"}, Env: env, Long: "gotch, once, which takes about 4 minutes"}
	}
	code, err := w.again(w.ctx, b, w.err)
	switch {
	case errors.Is(err, rerun.ErrStay):
		return nil
	case err != nil && lib != nil:
		return cmp.Or(libtorch.CheckCompiler(), err) // only a program that had to be compiled needs one
	case err != nil:
		return err
	}
	return errExit(code)
}

func (f engineFlags) onCPU() engine.Engine {
	n := f.Threads
	if n == 0 {
		n = runtime.NumCPU()
	}
	f32.Use(f32.Best())
	e := cpu.New(nil)
	f32.Threads(n)
	e.SetThreads(n)
	return e
}
