// The trainer runs in a Web Worker: it trains and generates with the core and talks to the page in events and commands.
package main

import (
	"context"

	"ganvas/core/engine/cpu"
	"ganvas/core/f32"
	"ganvas/core/train"
	"ganvas/wasm/bridge"
	"ganvas/wasm/kernel"
)

func main() {
	f32.Use(kernel.Best())
	loader := &loader{}
	s := &train.Session{
		Engine: cpu.New(nil), Data: loader.open, Emit: bridge.Emit, Commands: bridge.Commands(),
		Yield: bridge.Yield, Now: bridge.Now, Note: bridge.Flag("ganvasNote"),
	}
	_ = s.Run(context.Background()) // ends with the Worker
}
