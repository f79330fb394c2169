package gen

import (
	"fmt"

	"ganvas/wasm/kernel/asm"
)

// A tile of C is held in registers: generator.rows × tileCols floats.
const (
	maxRows  = 6
	tileCols = 8
	vectors  = tileCols / 4
	unroll   = 4 // steps of k per turn of the inner loop
)

// Bits of a tile's mode.
const (
	modeAdd  = 1 // C is added to, not overwritten
	modeJoin = 2 // bias and activation follow
)

// tile writes C (rows, 8) = or += A·B, then C = leaky(C + bias) if asked. A is a panel (k, 6), B a panel (k, 8), both
// contiguous; ldc is in bytes. Parameters: k, a, b, c, ldc, mode, bias, leak.
func (g *generator) tile(rows int) *asm.Func {
	f := g.m.Func(fmt.Sprintf("tile%d", rows))
	p := f.IntParams(7)
	k, a, b, c, ldc, mode, bias := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	leak := f.FloatParam()

	sums := f.Vectors(rows * vectors)
	row := f.Vectors(vectors)
	elem := f.Vector()
	step := func(u int) {
		for v := range row {
			row[v].Set(g.mem.At(b.I32, 4*(u*tileCols+4*v)).Vector())
		}
		for i := range rows {
			elem.Set(g.mem.At(a.I32, 4*(u*g.rows+i)).Splat())
			for v := range row {
				s := sums[i*vectors+v]
				s.Set(g.madd(elem.V128, row[v].V128, s.V128))
			}
		}
	}
	turn := func(end asm.IntVar, steps int) {
		f.While(a.LessU(end.I32), func() {
			for u := range steps {
				step(u)
			}
			a.Inc(4 * g.rows * steps)
			b.Inc(4 * tileCols * steps)
		})
	}
	end := f.Let(a.Add(k.And(asm.Int(-unroll)).Mul(asm.Int(int32(4 * g.rows)))))
	rest := f.Let(a.Add(k.Mul(asm.Int(int32(4 * g.rows)))))
	turn(end, unroll)
	turn(rest, 1)

	each := func(do func(at asm.Place, v int, s asm.VectorVar)) {
		at := f.Let(c.I32)
		for i := range rows {
			for v := range vectors {
				do(g.mem.At(at.I32, 16*v), v, sums[i*vectors+v])
			}
			if i < rows-1 {
				at.Set(at.Add(ldc.I32))
			}
		}
	}
	f.If(mode.And(asm.Int(modeAdd)), func() {
		each(func(at asm.Place, _ int, s asm.VectorVar) { s.Set(s.Add(at.Vector())) })
	})
	f.If(mode.And(asm.Int(modeJoin)), func() {
		for v := range row {
			row[v].Set(g.mem.At(bias.I32, 16*v).Vector())
		}
		elem.Set(leak.Splat())
		for i, s := range sums {
			s.Set(s.Add(row[i%vectors].V128))
			s.Set(leaky(s.V128, elem.V128))
		}
	})
	each(func(at asm.Place, _ int, s asm.VectorVar) { f.StoreVector(at, s.V128) })
	return f
}

// leaky is x where x > 0, else leak·x.
func leaky(x, leak asm.V128) asm.V128 {
	return x.Greater(asm.Floats(0)).Select(x, x.Mul(leak))
}

// tiles writes a tile kernel for every number of rows and one that picks among them; its first parameter is rows, the
// others are tile's.
func (g *generator) tiles() (full, pick *asm.Func) {
	all := make([]*asm.Func, g.rows+1)
	for rows := 1; rows <= g.rows; rows++ {
		all[rows] = g.tile(rows)
	}
	f := g.m.Func("tile")
	p := f.IntParams(8)
	leak := f.FloatParam()
	args := []asm.Arg{p[1], p[2], p[3], p[4], p[5], p[6], p[7], leak}
	for rows := 1; rows <= g.rows; rows++ {
		f.If(p[0].Eq(asm.Int(int32(rows))), func() {
			f.Call(all[rows], args...)
			f.Return()
		})
	}
	return all[g.rows], f
}

// edge computes a tile of rows × cols, cols < 8, through a whole tile in scratch. Parameters: rows, k, a, b, c, ldc,
// mode, bias, cols, room, leak; room holds a tile and a row.
func (g *generator) edge(pick *asm.Func) *asm.Func {
	f := g.m.Func("edge")
	p := f.IntParams(10)
	rows, k, a, b, c, ldc, mode, bias, cols, room := p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9]
	leak := f.FloatParam()

	const ld = 4 * tileCols
	i, at, from, j := f.Int(), f.Int(), f.Int(), f.Int()
	words := func(dst, src asm.I32) {
		j.Set(asm.Int(0))
		f.While(j.Less(cols.I32), func() {
			f.StoreInt(g.mem.At(dst.Add(j.Shl(2)), 0), g.mem.At(src.Add(j.Shl(2)), 0).Int())
			j.Inc(1)
		})
	}
	copyRows := func(in bool) {
		i.Set(asm.Int(0))
		at.Set(room.I32)
		from.Set(c.I32)
		f.While(i.Less(rows.I32), func() {
			if in {
				words(at.I32, from.I32)
			} else {
				words(from.I32, at.I32)
			}
			at.Inc(ld)
			from.Set(from.Add(ldc.I32))
			i.Inc(1)
		})
	}
	f.If(mode.And(asm.Int(modeAdd)), func() { copyRows(true) })
	f.If(mode.And(asm.Int(modeJoin)), func() { words(room.Add(asm.Int(maxRows*ld)), bias.I32) })
	f.Call(pick, rows, k, a, b, room, asm.Int(ld), mode, room.Add(asm.Int(maxRows*ld)), leak)
	copyRows(false)
	return f
}
