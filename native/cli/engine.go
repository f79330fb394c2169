package cli

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
	"ganvas/native/kernels"
	"ganvas/native/libtorch"
	"ganvas/native/rerun"
)

// engineFlags choose what computes.
type engineFlags struct {
	Engine    string `group:"engine" first:"" help:"What computes: libtorch on an NVIDIA GPU where setup has made it ready, else any GPU by Vulkan, Metal or Direct3D 12 or the core's own Go engine, whichever takes less time for a step (auto, torch, gpu, go)." enum:"auto,torch,gpu,go" default:"auto"`
	Device    string `group:"engine" help:"Where libtorch computes (auto, cpu, cuda)." enum:"auto,cpu,cuda" default:"auto"`
	Precision string `group:"engine" help:"Factors of products, whose sums and weights are float32 in any case: float32, bfloat16 in libtorch, or float16 by --engine gpu (f32, bf16, f16)." enum:"f32,bf16,f16" default:"f32"`
	Threads   int    `group:"engine" first:"" help:"Threads to use; 0 takes one for each core." placeholder:"N"`

	Until string `kong:"-"` // the engine that has computed the run until now, as its checkpoint names it
}

// open starts the engine that the flags ask for, in a program built for it.
func (f engineFlags) open(w *world) (engine.Engine, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	if f.Precision == "f16" {
		f.Engine = "gpu"
	}
	if torch != nil && (f.needsTorch() || f.Engine == "auto" && f.Device != "cpu" && gpu()) {
		return torch(f)
	}
	lib, err := f.library(w)
	if err != nil {
		return nil, err
	}
	if err := w.rebuilt(lib); err != nil {
		if ended := errExit(0); f.needsTorch() || errors.As(err, &ended) || w.ctx.Err() != nil {
			return nil, err
		}
		fmt.Fprintf(w.err, "on the Go engine as it is: %v\n", err)
	}
	if f.needsTorch() {
		return nil, errors.New("this program is built without libtorch: start it with go run ./native in the project's folder, or take --engine go")
	}
	if f.Engine == "gpu" {
		return f.onGPU(w)
	}
	return f.onCPU(w)
}

// check refuses flags that do not go together.
func (f engineFlags) check() error {
	switch {
	case f.Threads < 0 || f.Threads > 1024:
		return fmt.Errorf("threads is %d: it must be from 0 to 1024", f.Threads)
	case f.Engine == "gpu" && f.Device != "auto":
		return fmt.Errorf("--device %s is libtorch's: --engine gpu takes the fastest GPU that it finds, and the processor has --engine go", f.Device)
	case f.Engine == "gpu" && f.Precision == "bf16":
		return errors.New("--engine gpu has float16: --precision bf16 needs --engine torch")
	case f.Precision == "f16" && (f.Engine == "torch" || f.Engine == "go" || f.Device != "auto"):
		return errors.New("--precision f16 is of --engine gpu: libtorch has --precision bf16, and the Go engine computes in float32")
	case f.Engine == "go" && f.Device == "cuda":
		return errors.New("the Go engine computes on the CPU: a GPU needs --engine torch, which go run ./native setup --cuda makes ready")
	case f.Engine == "go" && f.Precision == "bf16":
		return errors.New("the Go engine computes in float32: --precision bf16 needs --engine torch")
	}
	return nil
}

// needsTorch reports whether the flags ask for what libtorch alone does.
func (f engineFlags) needsTorch() bool {
	return f.Engine == "torch" || f.Engine == "auto" && (f.Device == "cuda" || f.Precision == "bf16")
}

// library is the libtorch to compute with, nil where the Go engine does: without being asked for it, libtorch is taken on a
// GPU alone, since on a CPU the Go engine is faster, and only where setup has compiled it.
func (f engineFlags) library(w *world) (*libtorch.Lib, error) {
	if f.Engine == "go" || f.Engine == "gpu" || torch != nil || rerun.Done() { // whoever started this program has looked already
		return nil, nil
	}
	if !f.needsTorch() && (w.again == nil || f.Device == "cpu" || libtorch.Supported() != nil || !hasGPU()) {
		return nil, nil
	}
	lib, err := libtorch.Ready()
	if err == nil {
		err = f.ready(w, lib)
	}
	if err != nil && !f.needsTorch() {
		fmt.Fprintf(w.err, "without libtorch, though this machine has a GPU for it: %v\n", err)
		return nil, nil
	}
	return lib, err
}

// hasGPU is asked about the machine.
var hasGPU = libtorch.HasGPU

// ready says what is missing of a libtorch before it can compute as the flags ask.
func (f engineFlags) ready(w *world, lib *libtorch.Lib) error {
	if !lib.CUDA && (f.Device == "cuda" || !f.needsTorch()) {
		return errors.New("the libtorch that is set up is for the CPU: go run ./native setup --cuda makes one for GPUs ready")
	}
	b, err := withLibrary(lib)
	if err != nil {
		return err
	}
	if w.compiled == nil || !w.compiled(b) {
		return errors.New("libtorch is there, but not compiled into this program yet, which takes some minutes once: go run ./native setup does that")
	}
	return nil
}

// withLibrary is how the program is built with that libtorch.
func withLibrary(lib *libtorch.Lib) (rerun.Build, error) {
	env, err := lib.Environment()
	if err != nil {
		return rerun.Build{}, err
	}
	return rerun.Build{Tags: []string{"libtorch"}, Env: env, Long: "gotch, once, which takes about 4 minutes"}, nil
}

// rebuilt puts a program in this one's place that has that libtorch, or SIMD where it is nil. It returns nil where this
// program is to stay.
func (w *world) rebuilt(lib *libtorch.Lib) (err error) {
	if w.again == nil {
		return nil
	}
	b := rerun.Build{Env: []string{"CGO_ENABLED=0"}}
	if lib != nil {
		if b, err = withLibrary(lib); err != nil {
			return err
		}
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

// onCPU is the Go engine with the kernels that are chosen.
func (f engineFlags) onCPU(w *world) (engine.Engine, error) {
	chosen, err := kernels.Named(f.Until)
	if err != nil {
		return nil, err
	}
	w.computes = chosen.Says
	n := f.Threads
	if n == 0 {
		n = runtime.NumCPU()
	}
	f32.Use(chosen.Kernels)
	e := cpu.New(nil)
	f32.Threads(n)
	e.SetThreads(n)
	return e, nil
}
