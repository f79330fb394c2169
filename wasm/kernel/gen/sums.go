package gen

import "ganvas/wasm/kernel/asm"

// columnSums writes s[j] += Σᵢ x[i, j], x (m, n) contiguous; the sum is formed before it is added. Parameters: s, x, m, n.
func (g *generator) columnSums() {
	f := g.m.Func("columnSums")
	p := f.IntParams(4)
	s, x, m, n := p[0], p[1], p[2], p[3]
	stride := f.Let(n.Shl(2))
	bytes := f.Let(stride.Mul(m.I32))
	at, end := f.Int(), f.Int()
	columns := func(floats int, load func(at asm.I32, v int) asm.V128, store func(at asm.I32, v int, x asm.V128)) {
		sums := f.Vectors((floats + 3) / 4)
		f.While(asm.Int(int32(floats-1)).Less(n.I32), func() {
			for v := range sums {
				sums[v].Set(asm.Floats(0))
			}
			at.Set(x.I32)
			end.Set(x.Add(bytes.I32))
			f.While(at.LessU(end.I32), func() {
				for v := range sums {
					sums[v].Set(sums[v].Add(load(at.I32, v)))
				}
				at.Set(at.Add(stride.I32))
			})
			for v := range sums {
				store(s.I32, v, load(s.I32, v).Add(sums[v].V128))
			}
			s.Inc(4 * floats)
			x.Inc(4 * floats)
			n.Inc(-floats)
		})
	}
	columns(32,
		func(at asm.I32, v int) asm.V128 { return g.mem.At(at, 16*v).Vector() },
		func(at asm.I32, v int, x asm.V128) { f.StoreVector(g.mem.At(at, 16*v), x) })
	columns(1,
		func(at asm.I32, _ int) asm.V128 { return g.mem.At(at, 0).Word() },
		func(at asm.I32, _ int, x asm.V128) { f.StoreWord(g.mem.At(at, 0), x) })
}
