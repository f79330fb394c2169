package gen

import "ganvas/wasm/kernel/asm"

// Blocks: k is cut into equal parts of at most blockK. A packed block of A has at most blockA floats and stays in the second-level
// cache while B passes it, packed blockB floats at a time right before they are multiplied: a Worker's rows of a batch are
// one block, so each weight is packed once and read again while it is near.
const (
	blockK = 512
	blockB = 32 << 10
	blockA = 128 << 10
)

// ScratchBytes is the size of the working area that gemm needs, aligned to 64 bytes by its owner.
const ScratchBytes = 4 * (tileFloats + blockA + blockB)

// tileFloats is a tile and a row of bias, rounded up to cache lines.
const tileFloats = (maxRows*tileCols + tileCols + 15) / 16 * 16

// gemm writes C (m, n) = α·op(A)·op(B) + β·C, then C = leaky(C + bias) where join isn't zero. tA and tB are 1 for a
// transposed operand; k > 0; lda, ldb, ldc count elements; bias has n elements. β other than 0 and 1 scales C first.
// Parameters: tA, tB, m, n, k, a, lda, b, ldb, c, ldc, join, bias, scratch, α, β, leak.
func (g *generator) gemm() {
	full, pick := g.tiles()
	edge := g.edge(pick)
	scaleRows := g.scaleRows()
	packRowsA, packRowsB := g.packRows(g.rows), g.packRows(tileCols)
	packColsA, packColsB := g.packCols(g.rows), g.packCols(tileCols)

	f := g.m.Func("gemm")
	p := f.IntParams(14)
	tA, tB, m, n, k, a, lda, b, ldb := p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8]
	c, ldc, join, bias, scratch := p[9], p[10], p[11], p[12], p[13]
	alpha, beta, leak := f.FloatParam(), f.FloatParam(), f.FloatParam()

	for _, ld := range []asm.IntVar{lda, ldb, ldc} {
		ld.Set(ld.Shl(2))
	}
	f.If(beta.Ne(asm.Float(0)).And(beta.Ne(asm.Float(1))), func() {
		f.Call(scaleRows, c, ldc, m, n, beta)
	})
	mode := f.Let(beta.Ne(asm.Float(0)))
	panelA := f.Let(scratch.Add(asm.Int(4 * tileFloats)))
	panelB := f.Let(panelA.Add(asm.Int(4 * blockA)))

	parts := f.Let(k.Add(asm.Int(blockK - 1)).DivU(asm.Int(blockK)))
	kMost := f.Let(k.Add(parts.I32).Sub(asm.Int(1)).DivU(parts.I32))
	nMost := f.Let(multipleBelow(asm.Int(blockB).DivU(kMost.I32), tileCols))
	mMost := f.Let(multipleBelow(asm.Int(blockA).DivU(kMost.I32), int32(g.rows)))
	ks, ns, ms := f.Int(), f.Int(), f.Int() // the block's size
	p0, j0, i0 := f.Int(), f.Int(), f.Int() // its place

	f.While(p0.Less(k.I32), func() {
		ks.Set(asm.Min(kMost.I32, k.Sub(p0.I32)))
		f.If(join.I32.And(p0.Add(ks.I32).Eq(k.I32)), func() { mode.Set(mode.Or(asm.Int(modeJoin))) })
		i0.Set(asm.Int(0))
		f.While(i0.Less(m.I32), func() {
			ms.Set(asm.Min(mMost.I32, m.Sub(i0.I32)))
			g.inTiles(f, ms, func(first, tile, count asm.IntVar) {
				i := f.Let(i0.Add(first.I32))
				to := panelA.Add(tile.Mul(ks.I32).Mul(asm.Int(int32(4 * g.rows))))
				f.IfElse(tA.I32, func() {
					f.Call(packRowsA, to, element(a, lda, p0, i), lda, count, ks, alpha)
				}, func() {
					f.Call(packColsA, to, element(a, lda, i, p0), lda, count, ks, alpha)
				})
			})
			j0.Set(asm.Int(0))
			f.While(j0.Less(n.I32), func() {
				ns.Set(asm.Min(nMost.I32, n.Sub(j0.I32)))
				f.IfElse(tB.I32, func() {
					f.Call(packColsB, panelB, element(b, ldb, j0, p0), ldb, ns, ks, asm.Float(1))
				}, func() {
					f.Call(packRowsB, panelB, element(b, ldb, p0, j0), ldb, ns, ks, asm.Float(1))
				})
				g.block(f, blockVars{
					m: ms, n: ns, k: ks, a: panelA, b: panelB, ldc: ldc, mode: mode, room: scratch, leak: leak,
					c: element(c, ldc, i0, j0), bias: bias.Add(j0.Shl(2)),
				}, full, pick, edge)
				j0.Set(j0.Add(nMost.I32))
			})
			i0.Set(i0.Add(mMost.I32))
		})
		mode.Set(asm.Int(modeAdd))
		p0.Set(p0.Add(kMost.I32))
	})
}

// blockVars are the operands of a block of C: packed a (m, k) and b (k, n).
type blockVars struct {
	m, n, k, a, b, ldc, mode, room asm.IntVar
	c, bias                        asm.I32
	leak                           asm.FloatVar
}

// height is how many of the rows that are left the next tile has. What would leave the last tile thin, so that its
// few sums wait for each other, is halved between the last two.
func (g *generator) height(left asm.IntVar) asm.I32 {
	rows := asm.Int(int32(g.rows))
	two := rows.Less(left.I32).And(left.Less(asm.Int(int32(2 * g.rows))))
	return asm.Choose(two, left.Add(asm.Int(1)).Shr(1), asm.Min(left.I32, rows))
}

// inTiles calls pack, once or several times, for the first of some rows, the number of the tile that they begin, and their count.
func (g *generator) inTiles(f *asm.Func, rows asm.IntVar, pack func(first, tile, count asm.IntVar)) {
	first, tile, left := f.Let(asm.Int(0)), f.Let(asm.Int(0)), f.Let(rows.I32)
	count := f.Int()
	f.While(left.I32, func() {
		whole := left.DivU(asm.Int(int32(g.rows))).Sub(asm.Int(1)) // tiles that are not among the last two
		f.IfElse(asm.Int(0).Less(whole), func() {
			count.Set(whole.Mul(asm.Int(int32(g.rows))))
		}, func() {
			count.Set(g.height(left))
		})
		pack(first, tile, count)
		first.Set(first.Add(count.I32))
		tile.Set(tile.Add(count.Add(asm.Int(int32(g.rows - 1))).DivU(asm.Int(int32(g.rows)))))
		left.Set(left.Sub(count.I32))
	})
}

// block runs the tiles of a block.
func (g *generator) block(f *asm.Func, v blockVars, full, pick, edge *asm.Func) {
	a, b, c, bias, at := f.Int(), f.Int(), f.Int(), f.Int(), f.Int()
	rows, cols, height := f.Int(), f.Int(), f.Int()
	stepB := f.Let(v.k.Mul(asm.Int(4 * tileCols)))
	rows.Set(v.m.I32)
	a.Set(v.a.I32)
	c.Set(v.c)
	// across runs over a row of tiles, whole ones and the edge.
	across := func(whole func()) {
		f.While(asm.Int(tileCols-1).Less(cols.I32), func() {
			whole()
			b.Set(b.Add(stepB.I32))
			at.Inc(4 * tileCols)
			bias.Inc(4 * tileCols)
			cols.Inc(-tileCols)
		})
	}
	f.While(asm.Int(0).Less(rows.I32), func() {
		cols.Set(v.n.I32)
		b.Set(v.b.I32)
		at.Set(c.I32)
		bias.Set(v.bias)
		height.Set(g.height(rows))
		f.IfElse(height.Less(asm.Int(int32(g.rows))), func() {
			across(func() { f.Call(pick, height, v.k, a, b, at, v.ldc, v.mode, bias, v.leak) })
		}, func() {
			across(func() { f.Call(full, v.k, a, b, at, v.ldc, v.mode, bias, v.leak) })
		})
		f.If(cols.I32, func() {
			f.Call(edge, height, v.k, a, b, at, v.ldc, v.mode, bias, cols, v.room, v.leak)
		})
		a.Set(a.Add(v.k.Mul(asm.Int(int32(4 * g.rows)))))
		c.Set(c.Add(v.ldc.Mul(height.I32)))
		rows.Set(rows.Sub(height.I32))
	})
}

// element is the address of x[i, j], ld in bytes.
func element(x, ld, i, j asm.IntVar) asm.I32 { return x.Add(ld.Mul(i.I32)).Add(j.Shl(2)) }

func multipleBelow(x asm.I32, of int32) asm.I32 { return x.Sub(x.RemU(asm.Int(of))) }

// scaleRows multiplies C (m, n) by β. Parameters: c, ldc in bytes, m, n, β.
func (g *generator) scaleRows() *asm.Func {
	f := g.m.Func("scaleRows")
	p := f.IntParams(4)
	c, ldc, m, n := p[0], p[1], p[2], p[3]
	beta := f.FloatParam()
	s := f.LetVector(beta.Splat())
	at, end := f.Int(), f.Int()
	f.While(asm.Int(0).Less(m.I32), func() {
		at.Set(c.I32)
		end.Set(c.Add(n.Shl(2)))
		f.While(at.LessU(end.I32), func() {
			f.StoreWord(g.mem.At(at.I32, 0), g.mem.At(at.I32, 0).Word().Mul(s.V128))
			at.Inc(4)
		})
		c.Set(c.Add(ldc.I32))
		m.Inc(-1)
	})
	return f
}
