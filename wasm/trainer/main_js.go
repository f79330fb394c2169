// The trainer runs in a Web Worker: it trains and generates with the core and talks to the page in events and commands.
// Where the page has entered several trainers in a group they share every batch: the first leads, the others follow.
package main

import (
	"errors"
	"runtime/debug"

	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
	"ganvas/core/session"
	"ganvas/wasm/bridge"
	"ganvas/wasm/kernel"
)

// spare is how much garbage Go's memory may hold before it is collected, in hundredths of what lives: WebAssembly memory never shrinks, and
// collecting costs little where a step allocates nothing.
const spare = 25

func main() {
	debug.SetGCPercent(spare)
	f32.Use(kernels(bridge.Flag("ganvasKernels")))
	commands := make(chan session.Message, 256)
	bridge.Receive(into(commands))
	loader, peers := &loader{}, kernel.Peers()
	if peers.Rank() > 0 {
		f := &session.Follower{Engine: cpu.New(peers), Data: loader.open, Unpack: bridge.Unpack, Memory: ownData, Commands: commands, Yield: bridge.Yield, Peak: kernel.Peak, Doing: tellDoing}
		bridge.Fail(f.Run(unending{}))
		return
	}
	s := &session.Session{
		Engine: cpu.New(nil), Data: loader.open, Unpack: bridge.Unpack, Memory: ownData, Emit: bridge.Emit, Commands: commands,
		Yield: bridge.Yield, Peak: kernel.Peak, Doing: tellDoing, JudgeFile: fetchJudge, Note: bridge.Flag("ganvasNote"),
		OpenGPU: openGPU, Wanted: bridge.Flag("ganvasEngine"),
	}
	if peers.Size() > 1 {
		s.Shared, s.Tell = cpu.New(peers), func(c session.Command) { bridge.Tell(session.Encode(c)) }
	}
	_ = s.Run(unending{})
}

// into puts what the page asks into a channel. No generic function of the bridge does it: the linker would keep all methods of every
// type that a session is made of.
func into(commands chan<- session.Message) func(text string, bytes []byte) (id int, err error) {
	return func(text string, bytes []byte) (int, error) {
		m, id, err := session.Decode(text, bytes)
		if err != nil {
			return id, err
		}
		select {
		case commands <- m:
			return id, nil
		default:
			return id, errors.New("There are too many commands at once; try again.")
		}
	}
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
