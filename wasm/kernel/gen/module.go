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
	g.bare()
	g.passes()
	g.columnSums()
	g.maps()
	return g.m.Bytes()
}

// generator holds what kernels share while they are written.
type generator struct {
	m       *asm.Module
	mem     asm.Memory
	shared  asm.Memory // of the exchange module
	relaxed bool
	rows    int // of a tile
}

// newGenerator picks the tile by the vector registers that engines give a function on x86, 15. 6 × 8 takes 12 for sums, 2 for
// a row of B and 1 for an element of A; a product that is rounded before it is added takes one more, and 4 × 8 was
// measured fastest then.
func newGenerator(relaxed bool) *generator {
	m := &asm.Module{}
	g := &generator{m: m, mem: m.ImportMemory("env", "memory", 1), relaxed: relaxed, rows: 4}
	if relaxed {
		g.rows = 6
	}
	return g
}

// madd is x·y + z.
func (g *generator) madd(x, y, z asm.V128) asm.V128 {
	if g.relaxed {
		return x.RelaxedMadd(y, z)
	}
	return x.Mul(y).Add(z)
}
