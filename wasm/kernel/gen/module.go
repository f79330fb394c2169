// Package gen writes the kernel module: float32 arithmetic over a memory that another program owns. One generator
// writes two twins: relaxed, which joins multiply and add into one instruction, and strict, which rounds both.
//
// Addresses and sizes are i32, sizes count elements. Every kernel has the meaning that f32.Kernels gives it.
package gen

import "ganvas/wasm/kernel/asm"

// Module returns the kernel module's bytes. It imports the memory it works on as env.memory and exports one function
// per kernel.
func Module(relaxed bool) []byte {
	g := newGenerator(relaxed)
	g.gemm()
	g.passes()
	g.columnSums()
	return g.m.Bytes()
}

// generator holds what kernels share while they are written.
type generator struct {
	m       *asm.Module
	mem     asm.Memory
	relaxed bool
}

func newGenerator(relaxed bool) *generator {
	m := &asm.Module{}
	return &generator{m: m, mem: m.ImportMemory("env", "memory", 1), relaxed: relaxed}
}

// madd is x·y + z.
func (g *generator) madd(x, y, z asm.V128) asm.V128 {
	if g.relaxed {
		return x.RelaxedMadd(y, z)
	}
	return x.Mul(y).Add(z)
}
