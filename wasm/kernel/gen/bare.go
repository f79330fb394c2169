package gen

import "ganvas/wasm/kernel/asm"

// BareTurn is the number of floating-point operations of one turn of the kernel bare, a product and a sum counted as two.
const BareTurn = bareSums * bareUnroll * 4 * 2

const (
	bareSums   = 12
	bareUnroll = 4
)

// bare is the multiply-add loop that nothing holds up, to compare kernels with: independent sums in registers, x and y
// in registers. Parameters: turns, an address that holds x and y and takes the sums, 16·bareSums bytes. bareTurn tells
// whoever runs it how many operations a turn has.
func (g *generator) bare() {
	g.m.Func("bareTurn").ReturnInt(asm.Int(BareTurn))
	f := g.m.Func("bare")
	turns, out := f.IntParam(), f.IntParam()
	x, y := f.LetVector(g.mem.At(out.I32, 0).Vector()), f.LetVector(g.mem.At(out.I32, 16).Vector())
	sums := f.Vectors(bareSums)
	f.While(turns.I32, func() {
		for range bareUnroll {
			for _, s := range sums {
				s.Set(g.madd(x.V128, y.V128, s.V128))
			}
		}
		turns.Inc(-1)
	})
	for i, s := range sums {
		f.StoreVector(g.mem.At(out.I32, 16*i), s.V128)
	}
}
