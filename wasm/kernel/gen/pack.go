package gen

import (
	"fmt"

	"ganvas/wasm/kernel/asm"
)

// Panels are what tiles read: panel q of width w holds columns q·w … q·w+w−1 of a (k, count) matrix, (k, w)
// contiguous. Lanes of the last panel beyond count hold anything: what they lead to is never stored.

// packRows writes panels of a matrix whose rows are contiguous along the panel: src[p·ld + j]. ld is in bytes. Parameters: dst,
// src, ld, count, k, scale.
func (g *generator) packRows(width int) *asm.Func {
	f := g.m.Func(fmt.Sprintf("packRows%d", width))
	p := f.IntParams(5)
	dst, src, ld, count, k := p[0], p[1], p[2], p[3], p[4]
	scale := f.FloatParam()
	s := f.LetVector(scale.Splat())
	panel := f.Let(k.Mul(asm.Int(int32(4 * width)))) // bytes
	from, to, end, j := f.Int(), f.Int(), f.Int(), f.Int()

	// rows walks k, copying what move copies of each row.
	rows := func(move func()) {
		from.Set(src.I32)
		to.Set(dst.I32)
		end.Set(dst.Add(panel.I32))
		f.While(to.LessU(end.I32), func() {
			move()
			from.Set(from.Add(ld.I32))
			to.Inc(4 * width)
		})
	}
	// several panels at a time use whole cache lines of src
	together := func(n int) {
		ats := make([]asm.IntVar, n)
		for q := range ats {
			ats[q] = f.Int()
		}
		f.While(asm.Int(int32(n*width-1)).Less(count.I32), func() {
			for q := range ats {
				ats[q].Set(panel.Mul(asm.Int(int32(q))))
			}
			rows(func() {
				for q := range ats {
					at := to.I32
					if q > 0 {
						at = to.Add(ats[q].I32)
					}
					g.copyScaled(f, at, from.I32, 4*q*width, width, s)
				}
			})
			dst.Set(dst.Add(panel.Mul(asm.Int(int32(n)))))
			src.Inc(4 * n * width)
			count.Inc(-n * width)
		})
	}
	together(4)
	together(1)
	f.If(count.I32, func() {
		rows(func() {
			j.Set(asm.Int(0))
			f.While(j.Less(count.I32), func() {
				f.StoreWord(g.mem.At(to.Add(j.Shl(2)), 0), g.mem.At(from.Add(j.Shl(2)), 0).Word().Mul(s.V128))
				j.Inc(1)
			})
		})
	})
	return f
}

// copyScaled copies n floats from src + offset to dst.
func (g *generator) copyScaled(f *asm.Func, dst, src asm.I32, offset, n int, s asm.VectorVar) {
	i := 0
	for ; i+4 <= n; i += 4 {
		f.StoreVector(g.mem.At(dst, 4*i), g.mem.At(src, offset+4*i).Vector().Mul(s.V128))
	}
	if i+2 <= n {
		f.StoreWords2(g.mem.At(dst, 4*i), g.mem.At(src, offset+4*i).Words2().Mul(s.V128))
		i += 2
	}
	if i < n {
		f.StoreWord(g.mem.At(dst, 4*i), g.mem.At(src, offset+4*i).Word().Mul(s.V128))
	}
}

// packCols writes panels of a matrix whose rows are contiguous along k: src[j·ld + p]. ld is in bytes. Parameters: dst,
// src, ld, count, k, scale.
func (g *generator) packCols(width int) *asm.Func {
	f := g.m.Func(fmt.Sprintf("packCols%d", width))
	p := f.IntParams(5)
	dst, src, ld, count, k := p[0], p[1], p[2], p[3], p[4]
	scale := f.FloatParam()
	s := f.LetVector(scale.Splat())
	row := make([]asm.IntVar, width)
	for j := range row {
		row[j] = f.Int()
	}
	ends, last := []asm.IntVar{f.Int(), f.Int()}, f.Int()
	turns := []int{16, 4} // steps of k at a time
	x, y := f.Vectors(4), f.Vectors(4)
	f.While(asm.Int(0).Less(count.I32), func() {
		row[0].Set(src.I32)
		for j := 1; j < width; j++ {
			// Rows beyond the last repeat it.
			row[j].Set(asm.Choose(asm.Int(int32(j)).Less(count.I32), row[j-1].Add(ld.I32), row[j-1].I32))
		}
		for i, turn := range turns {
			ends[i].Set(row[0].Add(k.And(asm.Int(int32(-turn))).Shl(2)))
		}
		last.Set(row[0].Add(k.Shl(2)))
		for i, turn := range turns {
			f.While(row[0].LessU(ends[i].I32), func() {
				for at := 0; at < width; at += 4 {
					for p := 0; p < turn; p += 4 {
						lanes := min(4, width-at)
						for j := range 4 {
							x[j].Set(g.mem.At(row[at+min(j, lanes-1)].I32, 4*p).Vector().Mul(s.V128))
						}
						transpose(x, y)
						for q := range 4 {
							to := g.mem.At(dst.I32, 4*((p+q)*width+at))
							switch lanes {
							case 4:
								f.StoreVector(to, x[q].V128)
							case 2:
								f.StoreWords2(to, x[q].V128)
							default:
								f.StoreWord(to, x[q].V128)
							}
						}
					}
				}
				for j := range row {
					row[j].Inc(4 * turn)
				}
				dst.Inc(4 * turn * width)
			})
		}
		f.While(row[0].LessU(last.I32), func() {
			for j := range row {
				f.StoreWord(g.mem.At(dst.I32, 4*j), g.mem.At(row[j].I32, 0).Word().Mul(s.V128))
				row[j].Inc(4)
			}
			dst.Inc(4 * width)
		})
		src.Set(src.Add(ld.Mul(asm.Int(int32(width)))))
		count.Inc(-width)
	})
	return f
}

// transpose replaces the 4 × 4 matrix with rows x by its transpose; y is room.
func transpose(x, y []asm.VectorVar) {
	y[0].Set(x[0].Shuffle(x[1].V128, 0, 4, 1, 5))
	y[1].Set(x[0].Shuffle(x[1].V128, 2, 6, 3, 7))
	y[2].Set(x[2].Shuffle(x[3].V128, 0, 4, 1, 5))
	y[3].Set(x[2].Shuffle(x[3].V128, 2, 6, 3, 7))
	x[0].Set(y[0].Shuffle(y[2].V128, 0, 1, 4, 5))
	x[1].Set(y[0].Shuffle(y[2].V128, 2, 3, 6, 7))
	x[2].Set(y[1].Shuffle(y[3].V128, 0, 1, 4, 5))
	x[3].Set(y[1].Shuffle(y[3].V128, 2, 3, 6, 7))
}
