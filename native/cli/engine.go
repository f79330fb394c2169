package cli

import (
	"errors"
	"fmt"
	"runtime"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
)

// engineFlags choose what computes.
type engineFlags struct {
	Engine  string `help:"What computes: libtorch where it is set up, or the core's own Go engine (auto, torch, go)." enum:"auto,torch,go" default:"auto"`
	Device  string `help:"Where libtorch computes (auto, cpu, cuda)." enum:"auto,cpu,cuda" default:"auto"`
	Threads int    `help:"Threads to use; 0 takes one for each core." placeholder:"N"`
}

// torch opens the libtorch engine; nil in programs built without it.
var torch func(device string, threads int) (engine.Engine, error)

var errNoTorch = errors.New("this program is built without libtorch: run go run ./native setup once, or take --engine go")

// open starts the engine that the flags ask for.
func (f engineFlags) open(w *world) (engine.Engine, error) {
	if f.Threads < 0 || f.Threads > 1024 {
		return nil, fmt.Errorf("threads is %d: it must be from 0 to 1024", f.Threads)
	}
	if f.Engine == "torch" || f.Engine == "auto" && torch != nil {
		if torch == nil {
			return nil, errNoTorch
		}
		return torch(f.Device, f.Threads)
	}
	if f.Device == "cuda" {
		return nil, errors.New("the Go engine computes on the CPU: a GPU needs libtorch, which go run ./native setup --cuda brings")
	}
	n := f.Threads
	if n == 0 {
		n = runtime.NumCPU()
	}
	f32.Use(f32.Best())
	e := cpu.New(nil)
	f32.Threads(n)
	e.SetThreads(n)
	return e, nil
}
