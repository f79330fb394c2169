// The trainer runs in a Web Worker: it trains and generates with the core and talks to the page in events and commands.
// Where the page has entered several trainers in a group they share every batch: the first leads, the others follow.
package main

import (
	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
	"ganvas/core/session"
	"ganvas/wasm/bridge"
	"ganvas/wasm/kernel"
)

func main() {
	f32.Use(kernels(bridge.Flag("ganvasKernels")))
	loader, peers := &loader{}, kernel.Peers()
	if peers.Rank() > 0 {
		f := &session.Follower{Engine: cpu.New(peers), Data: loader.open, Unpack: bridge.Unpack, Commands: bridge.Commands(), Yield: bridge.Yield, Peak: kernel.Peak, Doing: tellDoing}
		bridge.Fail(f.Run(unending{}))
		return
	}
	s := &session.Session{
		Engine: cpu.New(nil), Data: loader.open, Unpack: bridge.Unpack, Emit: bridge.Emit, Commands: bridge.Commands(),
		Yield: bridge.Yield, Peak: kernel.Peak, Doing: tellDoing, JudgeFile: fetchJudge, Note: bridge.Flag("ganvasNote"),
	}
	if peers.Size() > 1 {
		s.Shared, s.Tell = cpu.New(peers), bridge.Tell
	}
	_ = s.Run(unending{})
}

// kernels is the set of that name, or the best where none is named or there is none such.
func kernels(name string) f32.Kernels {
	if k, err := f32.Named(name); err == nil && name != "" {
		return k
	}
	return kernel.Best()
}

// unending is the run of a program that ends with its Worker.
type unending struct{}

func (unending) Done() <-chan struct{} { return nil }
func (unending) Err() error            { return nil }
