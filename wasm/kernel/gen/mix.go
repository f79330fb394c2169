package gen

import "ganvas/wasm/kernel/asm"

// mix applies a stencil, as f32.Mapper says. Eight vectors of a run stay in registers while an output's terms pass, then
// four, one and at last single numbers. Parameters: to, from, out, end, in, by, outputs, rows, toStep, fromStep, unit, run.
func (g *generator) mix() {
	f := g.m.Func("mix")
	p := f.IntParams(12)
	to, from, out, end, in, by := p[0], p[1], p[2], p[3], p[4], p[5]
	outputs, rows, toStep, fromStep, unit, run := p[6], p[7], p[8], p[9], p[10], p[11]
	unit.Set(unit.Shl(2)) // bytes
	toStep.Set(toStep.Mul(unit.I32))
	fromStep.Set(fromStep.Mul(unit.I32))
	o, t, first, last := f.Int(), f.Int(), f.Int(), f.Int() // numbers of outputs and terms, in bytes
	dst, src, at, left := f.Int(), f.Int(), f.Int(), f.Int()
	sums, factor := f.Vectors(8), f.Vector()

	// chunk forms size numbers of the output from all its terms.
	chunk := func(size int) {
		vectors := max(1, size/4)
		for _, s := range sums[:vectors] {
			s.Set(asm.Floats(0))
		}
		t.Set(first.I32)
		f.While(t.LessU(last.I32), func() {
			factor.Set(g.mem.At(by.Add(t.I32), 0).Splat())
			src.Set(from.Add(at.I32).Add(g.mem.At(in.Add(t.I32), 0).Int().Mul(unit.I32)))
			for v, s := range sums[:vectors] {
				x := g.mem.At(src.I32, 16*v).Vector
				if size == 1 {
					x = g.mem.At(src.I32, 0).Word
				}
				s.Set(g.madd(factor.V128, x(), s.V128))
			}
			t.Inc(4)
		})
		for v, s := range sums[:vectors] {
			if size == 1 {
				f.StoreWord(g.mem.At(dst.I32, 0), s.V128)
			} else {
				f.StoreVector(g.mem.At(dst.I32, 16*v), s.V128)
			}
		}
		dst.Inc(4 * size)
		at.Inc(4 * size)
		left.Inc(-size)
	}
	f.While(rows.I32, func() {
		o.Set(asm.Int(0))
		first.Set(asm.Int(0))
		f.While(o.LessU(outputs.Shl(2)), func() {
			dst.Set(to.Add(g.mem.At(out.Add(o.I32), 0).Int().Mul(unit.I32)))
			last.Set(g.mem.At(end.Add(o.I32), 0).Int().Shl(2))
			at.Set(asm.Int(0))
			left.Set(run.I32)
			for _, size := range []int{32, 16, 4, 1} {
				f.While(asm.Int(int32(size-1)).Less(left.I32), func() { chunk(size) })
			}
			first.Set(last.I32)
			o.Inc(4)
		})
		to.Set(to.Add(toStep.I32))
		from.Set(from.Add(fromStep.I32))
		rows.Inc(-1)
	})
}
